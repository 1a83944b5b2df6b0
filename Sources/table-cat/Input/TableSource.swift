import Columns
import Failures
import Iceberg
import JSON
import ObjectStore

/// The rows of one snapshot of an Iceberg table.
struct TableSource: RowSource {
  private let table: Table
  private let snapshotID: Int64?
  private let schema: Schema
  private let names: [String]?

  init(_ file: InputFile, columns names: [String]?, snapshotID: Int64?) throws {
    table = try Table(metadataFile: file.location, store: file.store)
    self.snapshotID = snapshotID
    self.names = names
    let schema = try within(file.location) { [table] in
      guard let snapshotID, snapshotID != table.metadata.currentSnapshotID else { return table.metadata.currentSchema }
      guard let snapshot = try table.metadata.snapshot(snapshotID) else {
        throw Failure.notFound("snapshot \(snapshotID) does not exist")
      }
      return table.metadata.schema(of: snapshot)
    }
    self.schema = schema
    for name in names ?? [] where schema.field(named: name) == nil {
      let hint = hint(for: name, among: schema.fields.map(\.name))
      throw Failure.invalidArgument("\(file.location) has no column \(name)\(hint)")
    }
  }

  private var fields: [NestedField] { names?.compactMap { schema.field(named: $0) } ?? schema.fields }

  var columns: [RowColumn] { fields.map { RowColumn(name: $0.name, form: ValueForm($0.type.columnType)) } }

  var schemaLines: [JSONValue] { fields.map(\.line) }

  func fileLines() throws -> [JSONValue] {
    try TableScan(table, snapshotID: snapshotID, columns: []).plan().files.map { $0.line(of: table.metadata) }
  }

  func read(limit: Int, _ body: (RowChunk) throws -> Bool) throws {
    guard limit > 0 else { return }
    let scan = try TableScan(table, snapshotID: snapshotID, columns: names)
    do {
      try scan.readAll { batch in
        let chunk = RowChunk(columns: batch.rows.columns, rowCount: batch.positions.count)
        if try !body(chunk) { throw Enough() }
      }
    } catch let failure as Failure where failure.underlying is Enough {
      return
    }
  }

  /// Ends a scan early.
  private struct Enough: Error {}
}
