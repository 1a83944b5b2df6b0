import Bytes
import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Parquet
import Testing

@Suite struct DataFileWriterTests {
  @Test func filesByPartition() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let files = try table.writing(Rows.batch([5, 250, 6, 251, 130]), test.effects)
    #expect(files.map(\.recordCount) == [2, 2, 1])
    #expect(files.map(\.partition) == [Rows.day(0), Rows.day(250), Rows.day(130)].map { PartitionValues([.date($0)]) })
    let prefix = table.metadata.location + "/data/day=2024-10-04/00000-0-"
    #expect(files[0].path.hasPrefix(prefix) && files[0].path.hasSuffix("-00001.parquet"), "\(files[0].path)")
    #expect(files[1].path.hasSuffix("-00002.parquet"))
    for file in files {
      let bytes = try test.store.read(file.path)
      #expect(Int64(bytes.count) == file.fileSize, "the exact length")
      #expect(file.splitOffsets == [4] && file.sortOrderID == 0 && file.specID == 0 && file.format == .parquet)
      let metadata = try ParquetReader(source: MemorySource(bytes)).metadata
      let schema = try JSONValue.parse(#require(metadata.value(forKey: "iceberg.schema")))
      #expect(schema == table.metadata.currentSchema.json)
      #expect(metadata.schema.fields.map(\.fieldID) == [1, 2, 3])
    }
  }

  @Test func metrics() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([
      ColumnField("i", .int), ColumnField("d", .double), ColumnField("s", .string), ColumnField("b", .binary),
      ColumnField("t", .timestamptz), ColumnField("l", .list(.string)), ColumnField("nulls", .long),
      ColumnField("ok", .boolean),
    ])
    let table = try test.makeTable(
      columns: columns, by: [],
      properties: ["write.metadata.metrics.column.t": "counts", "write.metadata.metrics.column.ok": "none"])
    let text = String(repeating: "é", count: 20)
    let batch = try ColumnBatch(
      schema: columns,
      columns: [
        .int32(PrimitiveColumn([3, -7, 0], validity: [true, true, false])), .double(PrimitiveColumn([.nan, 0.0, 2.5])),
        .binary(BinaryColumn([text, "z", nil])), .binary(BinaryColumn(["ab", "a", nil])),
        .int64(PrimitiveColumn([1, 2, 3])), .list(ListColumn([["x"], nil, []])),
        .int64(PrimitiveColumn([0, 0, 0], validity: [false, false, false])),
        .bool(PrimitiveColumn([true, false, true])),
      ])
    let file = try #require(try table.writing(batch, test.effects).first)
    #expect(file.valueCounts == [1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 7: 3])
    #expect(file.nullValueCounts == [1: 1, 2: 0, 3: 1, 4: 1, 5: 0, 7: 3])
    #expect(file.nanValueCounts == [2: 1])
    #expect(Set(file.columnSizes.keys) == [1, 2, 3, 4, 5, 7, 8, 9], "sizes also inside lists, by the element's id")
    #expect(file.lowerBounds[1] == Literal.int(-7).singleValue && file.upperBounds[1] == Literal.int(3).singleValue)
    #expect(
      file.lowerBounds[2] == Literal.double(-0.0).singleValue && file.upperBounds[2] == Literal.double(2.5).singleValue)
    #expect(file.lowerBounds[3] == Array("z".utf8))
    let cut = String(repeating: "é", count: 15) + "ê"
    #expect(file.upperBounds[3] == Array(cut.utf8), "cut at 16 code points and raised")
    #expect(file.lowerBounds[4] == Array("a".utf8) && file.upperBounds[4] == Array("ab".utf8))
    for id: Int32 in [5, 6, 7, 8, 9] { #expect(file.lowerBounds[id] == nil && file.upperBounds[id] == nil) }
  }

  /// Decimals of each storage, and times: bounds are exact, in the fewest bytes, whatever Parquet has.
  @Test func boundsOfDecimalsAndTimesAreExact() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([
      ColumnField("small", .decimal(precision: 9, scale: 2)), ColumnField("middle", .decimal(precision: 18, scale: 2)),
      ColumnField("large", .decimal(precision: 38, scale: 2)), ColumnField("at", .timestamptz),
      ColumnField("day", .date),
    ])
    let table = try test.makeTable(columns: columns, by: [])
    let numbers = PrimitiveColumn<Int128>([-128, 300, -5])
    let file = try #require(
      try table.writing(
        ColumnBatch(
          schema: columns,
          columns: [
            .int128(numbers), .int128(numbers), .int128(numbers),
            .int64(PrimitiveColumn([-1_000_001, 1_700_000_000_123_999, 0])),
            .int32(PrimitiveColumn([-400, 0, 20_000])),
          ]), test.effects
      ).first)
    for id: Int32 in 1...3 {
      #expect(file.lowerBounds[id] == [0x80] && file.upperBounds[id] == [0x01, 0x2c], "\(id)")
    }
    #expect(file.lowerBounds[4] == Literal.timestamptz(-1_000_001).singleValue)
    #expect(file.upperBounds[4] == Literal.timestamptz(1_700_000_000_123_999).singleValue, "to the microsecond")
    #expect(file.lowerBounds[5] == Literal.date(-400).singleValue && file.lowerBounds[5]?.count == 4)
  }

  @Test func theFirstHundredColumnsHaveMetrics() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema((0..<103).map { ColumnField("c\($0)", .int) })
    let table = try test.makeTable(columns: columns, by: [])
    let batch = try ColumnBatch(schema: columns, columns: (0..<103).map { _ in .int32(PrimitiveColumn([1])) })
    let file = try #require(try table.writing(batch, test.effects).first)
    #expect(file.lowerBounds.count == 100 && file.columnSizes.count == 103)
  }

  @Test func rollOverBySize() throws {
    let test = try TestCatalog()
    let table = try test.makeTable("t", by: [])
    var options = DataFileOptions(targetFileBytes: 20_000, task: 7)
    options.parquet.rowGroupRows = 500
    let writer = try DataFileWriter(table: table, options: options, random: test.effects.random)
    for start in stride(from: Int64(0), to: 10_000, by: 500) { try writer.write(Rows.batch(start..<start + 500)) }
    let files = try writer.finish()
    #expect(files.count > 1)
    #expect(files.reduce(0) { $0 + $1.recordCount } == 10_000)
    #expect(files.allSatisfy { $0.path.contains("/00000-7-") } && Set(files.map(\.path)).count == files.count)
  }

  @Test func fewFilesAreOpenAtOnce() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let writer = try DataFileWriter(
      table: table, options: DataFileOptions(maximumOpenFiles: 2), random: test.effects.random)
    for round in 0..<2 { try writer.write(Rows.batch((0..<5).map { Int64($0 * 100 + round) })) }
    let files = try writer.finish()
    #expect(files.count == 10 && files.allSatisfy { $0.recordCount == 1 })
  }

  @Test func columnsAreMatchedByName() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let reordered = try Rows.batch(0..<2).selecting(["day", "id"])
    let after = try table.appending(reordered, test.effects)
    #expect(try after.rows().binaries("name").nullCount == 2)
    #expect(throws: Failure.self) { try table.writing(Rows.batch(0..<2).selecting(["day"]), test.effects) }
    let unknown = try ColumnBatch(
      schema: ColumnSchema([ColumnField("id", .long), ColumnField("zz", .long)]),
      columns: [.int64(PrimitiveColumn([1])), .int64(PrimitiveColumn([1]))])
    let failure = #expect(throws: Failure.self) { try table.writing(unknown, test.effects) }
    #expect(failure?.message.contains("zz") == true)
    let mistyped = try ColumnBatch(
      schema: ColumnSchema([ColumnField("id", .timestamptz)]), columns: [.int64(PrimitiveColumn([1]))])
    #expect(throws: Failure.self) { try table.writing(mistyped, test.effects) }
    let null = try ColumnBatch(
      schema: ColumnSchema([ColumnField("id", .long)]), columns: [.int64(PrimitiveColumn([0], validity: [false]))])
    #expect(throws: Failure.self, "null in a required column") { try table.writing(null, test.effects) }
  }

  @Test func aGivenPartition() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let writer = try DataFileWriter(table: table, random: test.effects.random)
    try writer.write(Rows.batch(0..<5), partition: PartitionValues([.date(Rows.day(0))]))
    #expect(throws: Failure.self) { try writer.write(Rows.batch(0..<5), partition: .empty) }
    #expect(try writer.finish().map(\.recordCount) == [5])
  }

  @Test func abortLeavesNothing() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let writer = try DataFileWriter(
      table: table, options: DataFileOptions(maximumOpenFiles: 1), random: test.effects.random)
    try writer.write(Rows.batch([0, 150, 250]))
    writer.abort()
    #expect(try test.store.list(prefix: table.metadata.location + "/data").isEmpty)
  }

  static let transforms: [(Transform, String)] = [
    (.identity, "t=2023-11-14T22%3A13%3A20.000001%2B00%3A00"), (.year, "t_year=2023"), (.month, "t_month=2023-11"),
    (.day, "t_day=2023-11-14"), (.hour, "t_hour=2023-11-14-22"), (.bucket(4), "t_bucket="),
  ]

  @Test(arguments: transforms) func directories(transform: Transform, name: String) throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([ColumnField("t", .timestamptz)])
    let table = try test.makeTable(columns: columns, by: [("t", transform)])
    let batch = try ColumnBatch(schema: columns, columns: [.int64(PrimitiveColumn([1_700_000_000_000_001]))])
    let file = try #require(try table.writing(batch, test.effects).first)
    #expect(file.path.contains("/data/\(name)"), "\(file.path)")
    let after = try table.appending(batch, test.effects)
    #expect(try after.rows(.equal("t", .timestamptz(1_700_000_000_000_001))).rowCount == 1)
    #expect(try TableScan(after, filter: .equal("t", .timestamptz(5))).plan().files.isEmpty)
  }

  @Test func textInDirectoriesIsEncoded() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([ColumnField("s", .string), ColumnField("b", .binary)])
    let table = try test.makeTable(columns: columns, by: [("s", .identity), ("b", .identity)])
    let batch = try ColumnBatch(
      schema: columns, columns: [.binary(BinaryColumn(["a b/é=", nil])), .binary(BinaryColumn(["\u{0}?>", "x"]))])
    let files = try table.writing(batch, test.effects)
    #expect(files[0].path.contains("/s=a+b%2F%C3%A9%3D/b=AD8%2B/"), "\(files[0].path)")
    #expect(files[1].path.contains("/s=null/b=eA%3D%3D/"))
    let after = try table.appending(batch, test.effects)
    #expect(try after.rows(.equal("s", .text("a b/é="))).rowCount == 1 && after.rows(.isNull("s")).rowCount == 1)
  }

  @Test func severalPartitionFields() throws {
    let test = try TestCatalog()
    let columns = ColumnSchema([ColumnField("a", .string), ColumnField("b", .boolean), ColumnField("c", .int)])
    let table = try test.makeTable(columns: columns, by: [("a", .identity), ("b", .identity), ("c", .truncate(10))])
    let rows = (0..<200).map { Int32($0) }
    let batch = try ColumnBatch(
      schema: columns,
      columns: [
        .binary(BinaryColumn(rows.map { $0 % 3 == 0 ? nil : "a\($0 % 3)" })),
        .bool(PrimitiveColumn(rows.map { $0 % 2 == 0 })),
        .int32(PrimitiveColumn(rows)),
      ])
    let files = try table.writing(batch, test.effects)
    let expected = Dictionary(grouping: rows) { row in
      PartitionValues([
        row % 3 == 0 ? nil : .text("a\(row % 3)"), .boolean(row % 2 == 0), .int(row - row % 10),
      ])
    }
    #expect(
      Dictionary(uniqueKeysWithValues: files.map { ($0.partition, Int($0.recordCount)) }) == expected.mapValues(\.count)
    )
    let after = try table.appending(batch, test.effects)
    #expect(try after.rows(.equal("c", .int(37)) && .equal("a", .text("a1"))).int32s("c").values == [37])
  }

  @Test func floatingPointDoesNotDivide() throws {
    let test = try TestCatalog()
    let table = try test.makeTable(columns: ColumnSchema([ColumnField("d", .double)]), by: [("d", .identity)])
    let failure = #expect(throws: Failure.self) { try DataFileWriter(table: table, random: test.effects.random) }
    #expect(failure?.kind == .unsupported)
  }
}
