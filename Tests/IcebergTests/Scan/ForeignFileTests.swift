import Bytes
import Columns
import Failures
import Iceberg
import ObjectStore
import Parquet
import Testing

/// Data files that another writer made: without field ids, without columns that only their directory names, or damaged.
@Suite struct ForeignFileTests {
  /// A file of ids and names, and of no days, in partition `day` of the test table.
  private static func add(_ table: Table, _ test: TestCatalog, ids: [Int32?]) throws -> Table {
    let fields = ids.enumerated().map { position, id in
      ParquetField(["id", "label"][position], [.int64, .string][position], fieldID: id, isRequired: position == 0)
    }
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields))
    try writer.write([.int64(PrimitiveColumn([1, 2])), .binary(BinaryColumn(["a", "b"]))])
    _ = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    let path = table.metadata.location + "/data/foreign.parquet"
    try test.store.write(bytes, to: path, mode: .replace)
    let file = DataFile(
      path: path, partition: PartitionValues([.date(7)]), recordCount: 2, fileSize: Int64(bytes.count), specID: 0)
    return try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = [file]
      return .proceed(change)
    }
    .table
  }

  @Test func missingPartitionColumnsAreConstant() throws {
    let test = try TestCatalog()
    let table = try Self.add(test.makeTable(), test, ids: [1, 2])
    let rows = try table.rows()
    #expect(try rows.int32s("day").values == [7, 7])
    #expect(rows.columns[1] == .binary(BinaryColumn(["a", "b"])), "ids count, not names")
    #expect(try table.rows(.equal("day", .date(7)) && .equal("id", .long(2))).rowCount == 1)
    #expect(try table.rows(.notEqual("day", .date(7))).rowCount == 0)
  }

  @Test func filesWithoutIDsNeedAMapping() throws {
    let test = try TestCatalog()
    let table = try Self.add(test.makeTable(), test, ids: [nil, nil])
    let failure = #expect(throws: Failure.self) { try table.rows() }
    #expect(failure?.kind == .unsupported && failure?.description.contains("foreign.parquet") == true)
    let mapping = #"[{"field-id":1,"names":["key","id"]},{"field-id":2,"names":["label"]},{"names":["other"]}]"#
    let mapped = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(setProperties: ["schema.name-mapping.default": mapping]))
    }
    .table
    let rows = try mapped.rows()
    #expect(try rows.int64s("id").values == [1, 2])
    #expect(try rows.binaries("name").string(1) == "b")
  }

  @Test func missingRequiredColumnsAreRefused() throws {
    let test = try TestCatalog()
    let table = try Self.add(test.makeTable(), test, ids: [9, 2])
    let failure = #expect(throws: Failure.self) { try table.rows() }
    #expect(failure?.kind == .malformedInput && failure?.description.contains("column id") == true)
  }

  @Test func columnsOfAnotherTypeAreRefused() throws {
    let test = try TestCatalog()
    let table = try Self.add(test.makeTable(), test, ids: [1, 3])
    let failure = #expect(throws: Failure.self) { try table.rows() }
    #expect(failure?.kind == .malformedInput && failure?.description.contains("column day") == true)
  }

  @Test func damagedFilesAreNamed() throws {
    let test = try TestCatalog()
    let table = try test.makeTable("t", by: []).appending(Rows.batch(0..<500), test.effects)
    let file = try #require(try TableScan(table).plan().files.first?.dataFile.path)
    let bytes = try test.store.read(file)
    for length in [0, 3, 100, bytes.count / 2, bytes.count - 1] {
      try test.store.write(Array(bytes[..<length]), to: file, mode: .replace)
      let failure = #expect(throws: Failure.self) { try table.rows() }
      #expect(failure?.description.contains(file) == true)
    }
    try test.store.delete([file])
    #expect(#expect(throws: Failure.self) { try table.rows() }?.kind == .notFound)
  }
}
