import Columns
import Failures
import Fixtures
import Iceberg
import ObjectStore
import Parquet
import Testing

/// Delete files applied when a table is read: which rows of which files they take.
@Suite struct DeleteReadingTests {
  static let fields = [
    ParquetField("file_path", .string, fieldID: 2_147_483_546, isRequired: true),
    ParquetField("pos", .int64, fieldID: 2_147_483_545, isRequired: true),
  ]

  /// Writes a delete file and adds it to the table.
  private func delete(
    _ table: Table, _ test: TestCatalog, _ fields: [ParquetField], _ columns: [Column], equality: [Int32]? = nil,
    partition: PartitionValues, specID: Int32 = 0, alsoAdding added: [DataFile] = []
  ) throws -> Table {
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields), options: WriterOptions())
    try writer.write(columns)
    let metadata = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    let path = "\(table.metadata.location)/data/deletes-\(test.effects.random()).parquet"
    try test.store.write(bytes, to: path, mode: .createNew)
    var file = DataFile(
      content: equality == nil ? .positionDeletes : .equalityDeletes, path: path, partition: partition,
      recordCount: metadata.rowCount, fileSize: Int64(bytes.count), specID: specID)
    file.equalityIDs = equality
    return try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.delete)
      change.added = added + [file]
      return .proceed(change)
    }
    .table
  }

  @Test func summariesCountDeletes() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([1, 2]), test.effects)
    let key = [ParquetField("id", .int64, fieldID: 1)]
    let day = PartitionValues([.date(20_000)])
    table = try delete(table, test, key, [.int64(PrimitiveColumn([2, 9]))], equality: [1], partition: day)
    table = try delete(table, test, Self.fields, positions([("x", 1)]), partition: day)
    let summary = try #require(try table.metadata.currentSnapshot()?.summary)
    #expect(summary["total-delete-files"] == "2" && summary["added-delete-files"] == "1")
    #expect(summary["total-equality-deletes"] == "2" && summary["total-position-deletes"] == "1")
    #expect(summary["total-records"] == "2" && summary["total-data-files"] == "1")
    #expect(try table.rows(of: .partitions).int64s("equality_delete_record_count").values == [2])
  }

  private func positions(_ rows: [(String, Int64)]) -> [Column] {
    [.binary(BinaryColumn(rows.map(\.0))), .int64(PrimitiveColumn(rows.map(\.1)))]
  }

  @Test func positionsOfSeveralFilesInOneDeleteFile() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch(0..<200), test.effects)
    let files = try TableScan(table).plan().files
    #expect(files.count == 2)
    let first = try #require(files.first { $0.dataFile.partition == PartitionValues([.date(20_000)]) })
    let second = try #require(files.first { $0.dataFile.partition == PartitionValues([.date(20_001)]) })
    table = try delete(
      table, test, Self.fields,
      positions([(first.dataFile.path, 3), (first.dataFile.path, 99), (second.dataFile.path, 0)]),
      partition: PartitionValues([.date(20_000)]))
    #expect(try table.ids() == (0..<200).filter { $0 != 3 && $0 != 99 }, "only files of the same partition")
    let plan = try TableScan(table).plan()
    #expect(plan.files.map { plan.deleteFiles(of: $0).count }.sorted() == [0, 1])
    #expect(try table.ids(.equal("id", .long(3))) == [])
    #expect(try table.ids(.less("id", .long(5))) == [0, 1, 2, 4])
    #expect(try table.ids(snapshotID: table.metadata.snapshotIDs.first).count == 200, "older snapshots keep their rows")
    let scan = try TableScan(table)
    var seen: [Int64] = []
    try scan.read(first) { seen += $0.positions }
    #expect(seen == (0..<100).filter { $0 != 3 && $0 != 99 }, "numbers of rows are those in the file")
  }

  @Test func rowsThatCameLaterStay() throws {
    let test = try TestCatalog()
    let key = [ParquetField("id", .int64, fieldID: 1)]
    let day = PartitionValues([.date(20_000)])
    var table = try test.makeTable().appending(Rows.batch([1, 2, 3]), test.effects)
    table = try delete(table, test, key, [.int64(PrimitiveColumn([2, 7]))], equality: [1], partition: day)
    #expect(try table.ids() == [1, 3])
    table = try table.appending(Rows.batch([2]), test.effects)
    #expect(try table.ids() == [1, 2, 3])
    let files = try table.writing(Rows.batch([5]), test.effects)
    table = try delete(
      table, test, key, [.int64(PrimitiveColumn([5]))], equality: [1], partition: day, alsoAdding: files)
    #expect(try table.ids() == [1, 2, 3, 5], "equal rows of the same commit stay")
    #expect(try table.ids(.isIn("id", [.long(2), .long(5), .long(9)])) == [2, 5])
  }

  @Test func nullsEqualOnlyNulls() throws {
    let test = try TestCatalog()
    let name = [ParquetField("name", .string, fieldID: 2)]
    let day = PartitionValues([.date(20_000)])
    let base = try test.makeTable().appending(Rows.batch(0..<8), test.effects)  // 0 and 7 have no name
    let named = try delete(base, test, name, [.binary(BinaryColumn(["name 3"]))], equality: [2], partition: day)
    #expect(try named.ids() == [0, 1, 2, 4, 5, 6, 7])
    let nameless = try delete(named, test, name, [.binary(BinaryColumn([nil]))], equality: [2], partition: day)
    #expect(try nameless.ids() == [1, 2, 4, 5, 6])
    #expect(try nameless.rows(columns: ["day"]).rowCount == 5, "columns are compared that are not selected")
  }

  @Test func widenedAndDroppedColumnsAreCompared() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([ColumnField("id", .long), ColumnField("n", .int), ColumnField("gone", .string)])
    var table = try test.makeTable(columns: columns, by: [])
    table = try table.appending(
      ColumnBatch(
        schema: columns,
        columns: [
          .int64(PrimitiveColumn([1, 2, 3])), .int32(PrimitiveColumn([10, 20, 30])),
          .binary(BinaryColumn(["a", "b", nil])),
        ]), test.effects)
    let number = [ParquetField("n", .int32, fieldID: 2)]
    table = try delete(table, test, number, [.int32(PrimitiveColumn([20]))], equality: [2], partition: .empty)
    let text = [ParquetField("gone", .string, fieldID: 3)]
    table = try delete(table, test, text, [.binary(BinaryColumn(["a"]))], equality: [3], partition: .empty)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(schemaChanges: [.widen("n", to: .long), .dropColumn("gone")]))
    }
    .table
    #expect(try table.ids() == [3])
    #expect(try table.rows().schema.fields.map(\.name) == ["id", "n"])
  }

  @Test func unpartitionedSpecsAreGlobal() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(by: []).appending(Rows.batch([1, 150]), test.effects)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(partitionChanges: [.addField(column: "day", transform: .identity)]))
    }
    .table
    table = try table.appending(Rows.batch([2, 151]), test.effects)
    let key = [ParquetField("id", .int64, fieldID: 1)]
    table = try delete(table, test, key, [.int64(PrimitiveColumn([1, 2, 151]))], equality: [1], partition: .empty)
    #expect(try table.ids() == [150])
  }

  @Test func deletedRowsDoNotComeBack() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch([1, 2, 150]), test.effects)
    let files = try TableScan(table).plan().files
    let path = try #require(files.first { $0.dataFile.partition == PartitionValues([.date(20_000)]) }).dataFile.path
    _ = try delete(
      table, test, Self.fields, positions([(path, 0)]), partition: PartitionValues([.date(20_000)]))
    func rewrite(_ removed: [LiveFile], _ rows: [Int64], readAt sequence: Int64?) throws -> Table {
      let added = try table.writing(Rows.batch(rows), test.effects)
      return try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
        var change = SnapshotChange(.replace)
        (change.added, change.removed, change.rowsReadAtSequence) = (added, removed, sequence)
        return .proceed(change)
      }
      .table
    }
    let read = table.metadata.lastSequenceNumber
    let failure = #expect(throws: Failure.self) { try rewrite(files, [1, 2, 150], readAt: read) }
    #expect(failure?.kind == .conflict && failure?.description.contains(path) == true)
    let other = files.filter { $0.dataFile.path != path }
    #expect(try rewrite(other, [150], readAt: read).ids() == [2, 150])
  }

  @Test func brokenDeleteFilesAreNotIgnored() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch([1]), test.effects)
    let path = try #require(try TableScan(table).plan().files.first?.dataFile.path)
    let broken = try delete(
      table, test, [ParquetField("id", .int64, fieldID: 1)], [.int64(PrimitiveColumn([1]))], equality: [],
      partition: PartitionValues([.date(20_000)]))
    let failure = #expect(throws: Failure.self) { try broken.ids() }
    #expect(failure?.description.contains("deletes-") == true && failure?.description.contains(path) == true)
  }
}
