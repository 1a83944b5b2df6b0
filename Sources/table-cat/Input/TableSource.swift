import Columns
import Failures
import Iceberg
import JSON
import ObjectStore

/// The rows of one snapshot of an Iceberg table.
struct TableSource: RowSource {
  private let table: Table
  private let state: TableState
  private let schema: Schema
  private let names: [String]?
  private let filter: Expression

  init(_ file: InputFile, columns names: [String]?, filter: String?, state: TableState) throws {
    table = try Table(metadataFile: file.location, store: file.store)
    self.state = state
    self.names = names
    schema = try within(file.location) { [table] in try table.metadata.schema(at: state) }
    for name in names ?? [] where schema.field(named: name) == nil {
      let hint = hint(for: name, among: schema.fields.map(\.name))
      throw Failure.invalidArgument("\(file.location) has no column \(name)\(hint)")
    }
    self.filter =
      try filter.map { [schema] text in
        try within("--where") { try Expression(parsing: text, schema: schema) }
      } ?? .alwaysTrue
  }

  private func scan(_ columns: [String]?) throws -> TableScan {
    switch state {
    case .current: try TableScan(table, filter: filter, columns: columns)
    case .snapshot(let id): try TableScan(table, snapshotID: id, filter: filter, columns: columns)
    case .ref(let name): try TableScan(table, ref: name, filter: filter, columns: columns)
    case .asOf(let time): try TableScan(table, asOfMilliseconds: time, filter: filter, columns: columns)
    }
  }

  private var fields: [NestedField] { names?.compactMap { schema.field(named: $0) } ?? schema.fields }

  var columns: [RowColumn] { fields.map { RowColumn(name: $0.name, form: ValueForm($0.type.columnType)) } }

  var schemaLines: [JSONValue] { fields.map(\.line) }

  func fileLines() throws -> [JSONValue] {
    try scan([]).plan().files.map { $0.line(of: table.metadata) }
  }

  func statisticsLines() throws -> [JSONValue] {
    let scan = try scan([])
    return TableStatistics(table.metadata, scan.snapshot, fields: fields).lines(try scan.plan())
  }

  func read(limit: Int, _ body: (RowChunk) throws -> Bool) throws {
    guard limit > 0 else { return }
    let scan = try scan(names)
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

/// Which state of a table is read.
enum TableState {
  /// What it holds now.
  case current
  /// A snapshot of this id.
  case snapshot(Int64)
  /// The snapshot that was current at a time, milliseconds since 1970-01-01 UTC.
  case asOf(milliseconds: Int64)
  /// The snapshot that a branch or tag points to.
  case ref(String)
}

extension TableMetadata {
  /// The schema by which a state is read. Throws `.notFound` for one that is not there.
  fileprivate func schema(at state: TableState) throws -> Schema {
    switch state {
    case .current: return currentSchema
    case .snapshot(let id): return try schema(ofSnapshot: id)
    case .asOf(let time):
      guard let id = try snapshotID(asOfMilliseconds: time) else {
        throw Failure.notFound("the table has no snapshot from before \(time) ms")
      }
      return try schema(ofSnapshot: id)
    case .ref(let name):
      guard let ref = refs[name], let snapshot = try snapshot(ref.snapshotID) else {
        throw Failure.notFound("there is no branch or tag \(name)\(hint(for: name, among: refs.keys.sorted()))")
      }
      return ref.kind == .branch ? currentSchema : schema(of: snapshot)
    }
  }

  private func schema(ofSnapshot id: Int64) throws -> Schema {
    guard let snapshot = try snapshot(id) else { throw Failure.notFound("snapshot \(id) does not exist") }
    return id == currentSnapshotID ? currentSchema : schema(of: snapshot)
  }
}
