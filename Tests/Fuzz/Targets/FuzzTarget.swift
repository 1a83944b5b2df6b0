import Failures

/// One way into the code for bytes that others made. Whatever the bytes are, `run` returns: within the limits and without a trap.
///
/// Run by libFuzzer (`make fuzz`), and over the stored corpus and mutations of it by the tests (`FuzzTests`).
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// A Parquet file: footer, indexes, all pages.
  case parquet
  /// A Parquet footer without its frame: Thrift's compact protocol and what is made of it.
  case thrift
  /// An Avro object container file.
  case avro
  /// An Iceberg manifest.
  case manifest
  /// An Iceberg manifest list.
  case manifestList = "manifest-list"
  /// An Iceberg table's metadata, plain or gzip.
  case metadata
  /// All files of an Iceberg table, scanned: Parquet and Avro data, position and equality deletes, bloom filters, a filter in words.
  case scan
  /// The metadata files of an Iceberg table, whose metadata tables are read.
  case metadataTables = "metadata-tables"
  /// A stream of server-sent events.
  case sse
  /// Recentchange events, one a line.
  case recentchange

  /// Reads everything that there is in `bytes`. Ends the process where the code breaks a promise.
  package func run(_ bytes: [UInt8]) {
    let body: ([UInt8]) throws -> Void =
      switch self {
      case .parquet: ParquetFuzzing.readFile
      case .thrift: ParquetFuzzing.readFooter
      case .avro: AvroFuzzing.read
      case .manifest: IcebergFuzzing.readManifest
      case .manifestList: IcebergFuzzing.readManifestList
      case .metadata: IcebergFuzzing.readMetadata
      case .scan: TableFuzzing.scan
      case .metadataTables: TableFuzzing.readMetadataTables
      case .sse: StreamFuzzing.readServerSentEvents
      case .recentchange: StreamFuzzing.readRecentChanges
      }
    attempt { try body(bytes) }
  }
}

/// Failures that blame the bytes are fine; any other error is a mistake of ours.
func attempt(_ body: () throws -> Void) {
  do {
    try body()
  } catch let failure as Failure {
    promise(failure.kind != .internalError, failure.description)
  } catch {
    fatalError("not a Failure: \(error)")
  }
}

/// Ends the process, and says why in release builds too, unless `condition` holds.
func promise(_ condition: Bool, _ what: @autoclosure () -> String) {
  if !condition { fatalError(what()) }
}
