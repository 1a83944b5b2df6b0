import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Parquet

/// The rows of one Parquet file.
struct ParquetSource: RowSource {
  /// At most so many rows are decoded at a time where the file's index allows to read parts of a row group.
  private static let rowsAtOnce = 1 << 16

  private let reader: ParquetReader
  private let location: String
  private let positions: [Int]
  /// Nil for all rows.
  private let scan: ParquetFileScan?

  init(_ file: InputFile, columns names: [String]?, filter: String?) throws {
    location = file.location
    reader = try within(file.location) { try ParquetReader(source: file.store.open(file.location, length: nil)) }
    let schema = reader.schema
    let all = schema.fields.map(\.name)
    positions =
      try names?.map { name in
        guard let position = schema.position(named: name) else {
          throw Failure.invalidArgument("\(file.location) has no column \(name)\(hint(for: name, among: all))")
        }
        return position
      } ?? Array(schema.fields.indices)
    scan = try filter.map { [reader] text in
      let columns = try within(file.location) { try Schema(schema) }
      let filter = try within("--where") { try Expression(parsing: text, schema: columns) }
      return try ParquetFileScan(reader, schema: columns, filter: filter)
    }
  }

  var columns: [RowColumn] {
    positions.map { position in
      let field = reader.schema.fields[position]
      return RowColumn(name: field.name, form: ValueForm(field))
    }
  }

  var schemaLines: [JSONValue] { positions.map { reader.schema.fields[$0].line } }

  func fileLines() throws -> [JSONValue] { [] }

  func statisticsLines() throws -> [JSONValue] {
    try within(location) { try ParquetStatistics(reader, columns: positions).lines() }
  }

  func read(limit: Int, _ body: (RowChunk) throws -> Bool) throws {
    guard limit > 0 else { return }
    try within(location) {
      guard let scan else { return try readAll(limit: limit, body) }
      try scan.read(columns: positions) { columns, rowCount in
        try body(RowChunk(columns: columns, rowCount: rowCount))
      }
    }
  }

  private func readAll(limit: Int, _ body: (RowChunk) throws -> Bool) throws {
    var left = limit
    for (group, metadata) in reader.metadata.rowGroups.enumerated() where left > 0 {
      let wanted = min(left, Int(clamping: metadata.rowCount))
      for rows in parts(of: group, rowCount: wanted) {
        let chunk = try reader.read(rowGroup: group, columns: positions, rows: [rows])
        guard try body(RowChunk(columns: chunk, rowCount: rows.count)) else { return }
      }
      left -= wanted
    }
  }

  /// Divides a row group where its pages can be found alone; else it is decoded whole.
  private func parts(of group: Int, rowCount: Int) -> [Range<Int>] {
    guard rowCount > Self.rowsAtOnce else { return rowCount > 0 ? [0..<rowCount] : [] }
    let isIndexed = positions.flatMap { reader.schema.leafRanges[$0] }.allSatisfy {
      reader.metadata.rowGroups[group].columns[$0].offsetIndex != nil
    }
    guard isIndexed else { return [0..<rowCount] }
    return stride(from: 0, to: rowCount, by: Self.rowsAtOnce).map { $0..<min($0 + Self.rowsAtOnce, rowCount) }
  }
}
