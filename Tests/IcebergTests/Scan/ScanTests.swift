import Columns
import Compression
import Failures
import Iceberg
import ObjectStore
import Parquet
import Testing

@Suite struct ScanTests {
  @Test func planningSkipsManifestsAndFiles() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for day in 0..<5 {
      table = try table.appending(Rows.batch(Int64(day * 100)..<Int64(day * 100 + 100)), test.effects)
    }
    let plan = try TableScan(table, filter: .equal("day", .date(Rows.day(250)))).plan()
    #expect(plan.files.count == 1 && plan.manifestsRead == 1 && plan.manifestsSkipped == 4 && plan.filesSkipped == 0)
    table = try table.appending(Rows.batch(0..<500), test.effects)
    let byDay = try TableScan(table, filter: .isIn("day", [.date(Rows.day(0)), .date(1)])).plan()
    #expect(byDay.files.count == 2 && byDay.manifestsSkipped == 4 && byDay.filesSkipped == 4)
    let byBounds = try TableScan(table, filter: .greater("id", .long(450))).plan()
    #expect(byBounds.files.count == 2 && byBounds.manifestsSkipped == 0 && byBounds.filesSkipped == 8)
    let byName = try TableScan(table, filter: .equal("name", .text("nobody"))).plan()
    #expect(byName.files.isEmpty)
    let all = try TableScan(table).plan()
    #expect(all.files.map(\.sequenceNumber) == [1, 2, 3, 4, 5, 6, 6, 6, 6, 6])
  }

  @Test func rowsAreFilteredExactly() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<300), test.effects)
    #expect(try table.ids(.greaterOrEqual("id", .long(95)) && .less("id", .long(105))) == Array(95..<105))
    #expect(try table.ids(.isNull("name")) == (0..<300).filter { $0 % 7 == 0 })
    #expect(try table.ids(.equal("name", .text("name 8"))) == [8])
    #expect(try table.rows(.equal("name", .text("name 8")), columns: ["day"]).int32s("day").values == [Rows.day(8)])
  }

  /// A table of one file with 200 rows in five row groups of four pages.
  private static func fiveRowGroups(_ test: TestCatalog) throws -> (Table, LiveFile) {
    var options = DataFileOptions()
    options.parquet.rowGroupRows = 40
    options.parquet.pageRows = 10
    let base = try test.makeTable("t", by: [])
    let writer = try DataFileWriter(table: base, options: options, random: test.effects.random)
    try writer.write(Rows.batch(0..<200))
    let files = try writer.finish()
    let table = try base.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    .table
    return (table, try #require(try TableScan(table).plan().files.first))
  }

  @Test func positionsAreRowsOfTheFile() throws {
    let (table, file) = try Self.fiveRowGroups(TestCatalog())
    var found: [Int64] = []
    var batches = 0
    let scan = try TableScan(table, filter: .isIn("id", [.long(3), .long(55), .long(56), .long(199)]), columns: ["id"])
    try scan.readAll { batch in
      batches += 1
      let ids = try batch.rows.int64s("id").values
      #expect(batch.positions == ids && batch.filePath == file.dataFile.path)
      found += batch.positions
    }
    #expect(found == [3, 55, 56, 199])
    #expect(batches == 3, "row groups without a match are not read")
    #expect(file.dataFile.splitOffsets?.count == 5)
  }

  /// A range of rows, in all row groups that it touches, with and without a filter; and none outside of the file.
  @Test func onlyTheRowsAskedForAreRead() throws {
    let (table, file) = try Self.fiveRowGroups(TestCatalog())
    func ids(_ filter: Expression, _ rows: Range<Int64>) throws -> [Int64] {
      var found: [Int64] = []
      try TableScan(table, filter: filter, columns: ["id"]).read(file, rows: rows) { batch in
        let ids = try batch.rows.int64s("id").values
        #expect(batch.positions == ids)
        found += ids
      }
      return found
    }
    for rows: Range<Int64> in [0..<200, 0..<40, 35..<47, 39..<121, 199..<200, 120..<500] {
      #expect(try ids(.alwaysTrue, rows) == Array(rows.clamped(to: 0..<200)))
    }
    #expect(try ids(.greater("id", .long(50)), 30..<60) == Array(51..<60))
    for rows: Range<Int64> in [7..<7, 200..<300, .max..<(.max), -5..<0] { #expect(try ids(.alwaysTrue, rows).isEmpty) }
  }

  /// Reads of a store, to see that pages without a match are not fetched.
  @Test func onlyPagesThatMayMatchAreFetched() throws {
    let store = CountingStore()
    let test = try TestCatalog(store: store)
    var options = DataFileOptions()
    options.parquet.pageRows = 1000
    options.parquet.codec = .uncompressed
    options.parquet.useDictionary = false
    let base = try test.makeTable("t", by: [])
    let writer = try DataFileWriter(table: base, options: options, random: test.effects.random)
    try writer.write(Rows.batch(0..<50_000))
    let files = try writer.finish()
    let table = try base.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    .table
    store.reset()
    #expect(try table.ids(.equal("id", .long(31_234))) == [31_234])
    #expect(store.bytesRead < Int(files[0].fileSize) / 5, "\(store.bytesRead) of \(files[0].fileSize)")
  }

  @Test func oldSnapshotsAreReadByTheirOwnSchema() throws {
    let test = try TestCatalog()
    let first = try test.makeTable().appending(Rows.batch(0..<3), test.effects)
    let second = try first.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(
        MetadataUpdate(schemaChanges: [
          .renameColumn(from: "name", to: "label"), .addColumn(name: "extra", type: .double),
        ]))
    }
    .table
    let now = try second.rows()
    #expect(
      now.schema.fields.map(\.name) == ["id", "label", "day", "extra"], "the current snapshot has the current schema")
    let third = try second.appending(Rows.renamed(5..<6), test.effects)
    #expect(
      try third.rows(snapshotID: first.metadata.currentSnapshotID).schema.fields.map(\.name) == ["id", "name", "day"])
    let failure = #expect(throws: Failure.self) { try TableScan(third, snapshotID: 42) }
    #expect(failure?.kind == .notFound)
  }

  @Test func evolvedColumns() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([
      ColumnField("id", .long, isRequired: true), ColumnField("n", .int), ColumnField("f", .float),
      ColumnField("gone", .string),
    ])
    let table = try test.makeTable(columns: columns, by: [])
    let rows = try ColumnBatch(
      schema: columns,
      columns: [
        .int64(PrimitiveColumn([1, 2])), .int32(PrimitiveColumn([7, 0], validity: [true, false])),
        .float(PrimitiveColumn([0.5, 1.5])), .binary(BinaryColumn(["old", "older"])),
      ])
    let evolved = try table.appending(rows, test.effects).commit(clock: test.effects.now, random: test.effects.random) {
      _, _ in
      .update(
        MetadataUpdate(schemaChanges: [
          .widen("n", to: .long), .widen("f", to: .double), .dropColumn("gone"),
          .addColumn(name: "gone", type: .string),
          .renameColumn(from: "id", to: "key"),
          .addColumn(name: "tags", type: .list(ListType(elementID: 0, element: .string))),
        ]))
    }
    .table
    let read = try evolved.rows()
    #expect(try read.int64s("key").values == [1, 2])
    #expect(try read.int64s("n") == PrimitiveColumn([7, 0], validity: [true, false]))
    #expect(try read.doubles("f").values == [0.5, 1.5])
    #expect(try read.binaries("gone").nullCount == 2, "a new column under an old name is another column")
    #expect(try !read.column("tags").isValid(0))
    #expect(try evolved.rows(.equal("n", .long(7))).rowCount == 1, "old bounds of four bytes are longs too")
    #expect(try evolved.rows(.greater("n", .long(7))).rowCount == 0)
    #expect(try evolved.rows(.isNull("gone")).rowCount == 2 && evolved.rows(.notNull("gone")).rowCount == 0)
    #expect(try evolved.rows(.equal("f", .double(1.5)), columns: ["key"]).int64s("key").values == [2])
  }

  @Test func filesOfOtherFormatsAreRefused() throws {
    let test = try TestCatalog()
    let table = try test.makeTable("t", by: [])
    let file = DataFile(
      path: table.metadata.location + "/data/a.orc", format: .orc, partition: .empty, recordCount: 1, fileSize: 10,
      specID: 0)
    let after = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = [file]
      return .proceed(change)
    }
    .table
    let failure = #expect(throws: Failure.self) { try after.rows() }
    #expect(failure?.kind == .unsupported)
    #expect(failure?.description.hasSuffix("/data/a.orc: data files of format ORC are not read") == true)
  }

  @Test func incrementalReads() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for id in 0..<4 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    let added = try #require(try table.addedFiles(afterSequence: 1, upTo: 3))
    #expect(added.snapshots.map(\.sequenceNumber) == [2, 3] && added.files.map(\.sequenceNumber) == [2, 3])
    // A replacement adds no rows: what it wrote is left out, what it removed is still told of.
    var change = SnapshotChange(.replace)
    change.removed = try TableScan(table).plan().files
    change.added = try table.writing(table.rows(), test.effects)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .proceed(change) }.table
    #expect(try table.addedFiles(afterSequence: 1, upTo: 5)?.files.map(\.sequenceNumber) == [2, 3, 4])
    #expect(try table.addedFiles(afterSequence: 5, upTo: 5)?.files.isEmpty == true)
    #expect(try table.liveFiles(afterSequence: 1, upTo: 5).map(\.sequenceNumber) == [5])
    #expect(try table.liveFiles(afterSequence: 5, upTo: 9).isEmpty)
    #expect(try test.makeTable("empty").addedFiles(afterSequence: 0, upTo: 0)?.files.isEmpty == true)
  }
}

extension ScanTests {
  @Test func changesOfOneSnapshot() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": "2"])
    for day in 0..<3 { table = try table.appending(Rows.batch(Int64(day * 100)..<Int64(day * 100 + 5)), test.effects) }
    var change = SnapshotChange(.overwrite)
    change.removed = try TableScan(table, filter: .equal("day", .date(Rows.day(100)))).plan().files
    change.added = try table.writing(Rows.batch(300..<305), test.effects)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .proceed(change) }.table
    let changed = try table.changedFiles(in: #require(try table.metadata.currentSnapshot()))
    #expect(Set(changed.map(\.dataFile.path)) == Set(change.removed.map(\.dataFile.path) + change.added.map(\.path)))
    #expect(changed.map(\.sequenceNumber) == [2, 4], "a removed file keeps its number")
  }
}

extension Rows {
  /// Rows for the table after `name` was renamed.
  static func renamed(_ ids: some Sequence<Int64>) throws -> ColumnBatch {
    let batch = try batch(ids)
    let fields = batch.schema.fields.map {
      ColumnField($0.name == "name" ? "label" : $0.name, $0.type, isRequired: $0.isRequired)
    }
    return try ColumnBatch(schema: ColumnSchema(fields), columns: batch.columns)
  }
}
