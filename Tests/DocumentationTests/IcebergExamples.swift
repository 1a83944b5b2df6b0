import Columns
import Failures
import Fixtures
import Hashing
import Iceberg
import ObjectStore
import Parquet
import Synchronization
import Testing

/// The code of Iceberg's articles.
@Suite struct IcebergExamples {
  private let folder = TemporaryDirectory()

  /// In place of the standard output.
  private func print(_ items: Any...) {}

  private static let effects = Mutex(SplitMix64(seed: 1))
  private let random: @Sendable () -> UInt64 = { effects.withLock { $0.next() } }
  private let millisecondsNow: @Sendable () -> Int64 = { 1_700_000_000_000 }

  private func batch() throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("sensor", .string, isRequired: true), ColumnField("time", .timestamptz, isRequired: true),
        ColumnField("celsius", .float),
      ]),
      columns: [
        .binary(BinaryColumn(["attic", "cellar"])), .int64(PrimitiveColumn([0, 86_400_000_000])),
        .float(PrimitiveColumn([21.5, 12])),
      ])
  }

  /// A table of two rows.
  private func readings() throws -> Table {
    let directory = folder.file("lake")
    try LocalObjectStore().write([], to: directory + "/made", mode: .replace)
    let catalog = try SQLCatalog(
      path: directory + "/catalog.sqlite", name: "lake", warehouse: "file://" + directory + "/warehouse",
      store: LocalObjectStore(), clock: millisecondsNow, random: random)
    try catalog.createNamespace(["weather"])

    let schema = try Schema(
      columns: ColumnSchema([
        ColumnField("sensor", .string, isRequired: true), ColumnField("time", .timestamptz, isRequired: true),
        ColumnField("celsius", .float),
      ]))
    let spec = try PartitionSpec(schema: schema, by: [(name: "time", transform: .day)])
    var table = try catalog.createTable(
      TableIdentifier(namespace: ["weather"], name: "readings"), TableCreation(schema: schema, spec: spec))

    let batch = try batch()
    let writer = try DataFileWriter(table: table, random: random)
    try writer.write(batch)
    let files = try writer.finish()
    table = try table.commit(clock: millisecondsNow, random: random) { base, attempt in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    .table
    return table
  }

  private func changed() throws -> Table {
    var table = try readings()
    table = try table.commit(clock: millisecondsNow, random: random) { base, attempt in
      .update(
        MetadataUpdate(schemaChanges: [
          .renameColumn(from: "sensor", to: "station"),
          .widen("celsius", to: .double),
          .addColumn(name: "humidity", type: .double, doc: "0 to 1"),
        ]))
    }
    .table
    return table
  }

  @Test func changingASchema() throws {
    #expect(try changed().metadata.currentSchema.fields.map(\.name) == ["station", "time", "celsius", "humidity"])
  }

  @Test func committingUnderConcurrency() throws {
    var table = try readings()
    let (files, batchID) = ([DataFile](), "7")
    for attempt in 0..<2 {
      let result = try table.commit(clock: millisecondsNow, random: random) { base, attempt in
        if let done = try base.newestSnapshot(where: { $0.summary["batch"] == batchID }) {
          return .alreadyDone(snapshotID: done.id)
        }
        var change = SnapshotChange(.append)
        change.added = files
        change.summary = [("batch", batchID)]
        return .proceed(change)
      }
      #expect(result.wasAlreadyDone == (attempt == 1))
      table = result.table
    }
  }

  @Test func readingATable() throws {
    let table = try changed()
    let scan = try TableScan(
      table, filter: .greater("celsius", .double(20)) && .notNull("station"), columns: ["station", "celsius"])
    try scan.readAll { batch in
      print(batch.rows.rowCount, "rows of", batch.filePath)
    }
    #expect(try scan.plan().files.count == 1, "the other day's file cannot hold any")
  }

  @Test func aFilterInWords() throws {
    let table = try changed()
    let filter = try Expression(
      parsing: "celsius > 20 AND station LIKE 'att%' AND time < '2024-01-31'", schema: table.metadata.currentSchema)
    let scan = try TableScan(table, filter: filter)
    #expect(try scan.plan().files.count == 1)
  }

  @Test func anOlderState() throws {
    let table = try readings()
    let before = try table.metadata.currentSnapshot()?.parentID
    let scan = try TableScan(table, snapshotID: before)
    #expect(scan.snapshot?.id == table.metadata.currentSnapshotID, "the first has no parent")
  }

  @Test func aFileAlone() throws {
    let table = try readings()
    let path = try TableScan(table).plan().files[0].dataFile.path
    let reader = try ParquetReader(source: LocalObjectStore().open(path, length: nil))
    let columns = try Schema(reader.schema)
    let filter = try Expression(parsing: "celsius > 20", schema: columns)
    var count = 0
    try ParquetFileScan(reader, schema: columns, filter: filter).read(columns: [0, 2]) { columns, rowCount in
      count += rowCount
      return count < 1000
    }
    #expect(count == 1)
  }

  @Test func branches() throws {
    var table = try readings()
    let files = [DataFile]()
    table = try table.commit(clock: millisecondsNow, random: random) { base, attempt in
      var change = SnapshotChange(.append)
      change.added = files
      change.branch = "audit"
      return .proceed(change)
    }
    .table
    let audited = try TableScan(table, ref: "audit")
    table = try table.commit(clock: millisecondsNow, random: random) { base, attempt in
      .update(MetadataUpdate(refChanges: [.fastForward("main", to: "audit"), .remove("audit")]))
    }
    .table
    #expect(audited.snapshot?.id == table.metadata.currentSnapshotID)
  }
}
