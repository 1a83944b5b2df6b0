import Columns
import Failures
import ObjectStore

/// The rows of one file as a table's columns, some thousand at a time.
enum StoredColumns {
  /// A Parquet file.
  case parquet(ParquetRows)
  /// An Avro file.
  case avro(AvroRows)

  /// The columns of top-level fields. Throws `.unsupported` for a file of a format that is not read.
  init(_ fields: [NestedField], of file: DataFile, _ store: any ObjectStore, _ metadata: TableMetadata) throws {
    switch file.format {
    case .parquet: self = .parquet(try ParquetRows(fields, of: file, store, metadata))
    case .avro: self = .avro(try AvroRows(fields, of: file, store, metadata))
    case .orc, .other: throw Failure.unsupported("data files of format \(file.format.name) are not read")
    }
  }

  /// Calls `body` with the numbers of some rows in the file and their columns, one a field. Rows that cannot match `filter` may be left
  /// out; those outside of `wanted` are.
  func read(
    matching filter: BoundExpression = .alwaysTrue, rows wanted: Range<Int64>? = nil,
    _ body: ([Int64], [Column]) throws -> Void
  ) throws {
    switch self {
    case .parquet(let file): try file.read(matching: filter, rows: wanted, body)
    case .avro(let file):
      try file.read { positions, columns in
        let kept = positions.indices.filter { wanted?.contains(positions[$0]) ?? true }
        if kept.count == positions.count { return try body(positions, columns) }
        if !kept.isEmpty { try body(kept.map { positions[$0] }, columns.map { $0.gathering(kept) }) }
      }
    }
  }
}
