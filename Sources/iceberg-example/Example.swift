import Columns
import Failures
import Glibc
import Iceberg
import ObjectStore

/// A table from nothing: created, appended to, its schema changed, and read, now and as it was.
struct Example {
  private let directory: String
  private let catalog: SQLCatalog

  /// Opens a catalog in `directory`: one SQLite file for the names of tables, a folder for everything else.
  init(directory: String) throws {
    self.directory = directory
    catalog = try SQLCatalog(
      path: directory + "/catalog.sqlite", name: "example", warehouse: "file://" + directory + "/warehouse",
      store: LocalObjectStore(), clock: Self.now, random: Self.random)
  }

  func run() throws {
    var table = try create()
    let first = try append(Readings.first(), to: table)
    table = try evolve(first)
    table = try append(Readings.later(), to: table)
    try scan(table, "all rows")
    try scan(table, "where celsius > 20", filter: .greater("celsius", .double(20)), columns: ["station", "celsius"])
    try scan(table, "as of the first snapshot", snapshotID: first.metadata.currentSnapshotID)
    print("any engine reads it: \(table.metadataLocation)")
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func random() -> UInt64 { UInt64.random(in: .min ... .max) }
}

extension Example {
  /// A table of sensor readings, one folder a day. Field ids are given out by the schema.
  private func create() throws -> Table {
    let schema = try Schema(
      columns: ColumnSchema([
        ColumnField("sensor", .string, isRequired: true), ColumnField("day", .date, isRequired: true),
        ColumnField("celsius", .float),
      ]))
    let spec = try PartitionSpec(schema: schema, by: [(name: "day", transform: .identity)])
    try catalog.createNamespace(["lake"])
    let table = try catalog.createTable(
      TableIdentifier(namespace: ["lake"], name: "readings"), TableCreation(schema: schema, spec: spec))
    print("created \(table.identifier) in \(directory), partitioned by day")
    return table
  }

  /// Writes data files, then commits them. `decide` is called again on fresh metadata when another commit was first.
  private func append(_ rows: ColumnBatch, to table: Table) throws -> Table {
    let writer = try DataFileWriter(table: table, random: Self.random)
    try writer.write(rows)
    let files = try writer.finish()
    let result = try table.commit(clock: Self.now, random: Self.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    print("appended \(rows.rowCount) rows in \(files.count) files: snapshot \(result.snapshot?.sequenceNumber ?? 0)")
    return result.table
  }

  /// Three changes in one commit. No file is rewritten: columns are found by their ids.
  private func evolve(_ table: Table) throws -> Table {
    let evolved = try table.commit(clock: Self.now, random: Self.random) { _, _ in
      .update(
        MetadataUpdate(schemaChanges: [
          .renameColumn(from: "sensor", to: "station"), .widen("celsius", to: .double),
          .addColumn(name: "humidity", type: .double, doc: "0 to 1"),
        ]))
    }.table
    print("evolved the schema: sensor is called station, celsius is a double, humidity is new")
    return evolved
  }

  private func scan(
    _ table: Table, _ what: String, filter: Expression = .alwaysTrue, columns: [String]? = nil,
    snapshotID: Int64? = nil
  ) throws {
    let scan = try TableScan(table, snapshotID: snapshotID, filter: filter, columns: columns)
    let plan = try scan.plan()
    print("\(what): \(plan.files.count) files to read, \(plan.filesSkipped) skipped by their bounds")
    for file in plan.files {
      try scan.read(file) { batch in
        for row in 0..<batch.rows.rowCount { print("  " + batch.rows.text(row)) }
      }
    }
  }
}
