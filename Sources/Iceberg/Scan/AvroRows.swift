import Avro
import Columns
import Failures
import ObjectStore

/// The rows of an Avro file as a table's columns (specification, Appendix A, "Avro": <https://iceberg.apache.org/spec/#avro>).
struct AvroRows {
  /// So many rows are made into columns at a time.
  private static let batchRows = 1 << 13

  private let reader: AvroFileReader
  private let fields: [NestedField]
  private let projection: AvroProjection

  private let names: NameMapping?

  /// The columns of top-level fields. Throws `.unsupported` for a file without field ids of a table without name mapping.
  init(_ fields: [NestedField], of file: DataFile, _ store: any ObjectStore, _ metadata: TableMetadata) throws {
    self.fields = fields
    reader = try AvroFileReader(store.read(file.path))
    let stored = reader.schema[reader.schema.root].fields
    let hasIDs = stored.isEmpty || stored.contains { $0.fieldID != nil }
    names = hasIDs ? nil : try NameMapping(ofTable: metadata.properties)
    projection = AvroProjection(schema: reader.schema, constants: IdentityValues(file, metadata))
  }

  func read(_ body: ([Int64], [Column]) throws -> Void) throws {
    var first: Int64 = 0
    var records: [AvroValue] = []
    func flush() throws {
      guard !records.isEmpty else { return }
      let columns = try projection.columns(of: records, reader.schema.root, StructType(fields), names, validity: nil)
      try body((0..<Int64(records.count)).map { first + $0 }, columns)
      first += Int64(records.count)
      records = []
    }
    try reader.forEachRecord { decoder in
      records.append(try decoder.readValue(reader.schema.root))
      if records.count == Self.batchRows { try flush() }
    }
    try flush()
  }
}
