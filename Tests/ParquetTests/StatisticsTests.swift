import Columns
import Failures
import Parquet
import Testing

@Suite struct StatisticsTests {
  private func file(_ type: ParquetType, _ column: Column, pageRows: Int = 4) throws -> (ParquetReader, FileMetadata) {
    var options = WriterOptions()
    options.pageRows = pageRows
    let schema = try ParquetSchema(fields: [ParquetField("c", type, fieldID: 1)])
    let (bytes, metadata) = try writtenFile(schema, [[column]], options)
    return (try reader(bytes), metadata)
  }

  private func bytes<Value>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

  @Test func numbers() throws {
    let (file, written) = try file(
      .int64, .int64(PrimitiveColumn([5, -3, 0, 9], validity: [true, true, false, true])))
    let statistics = try #require(file.statistics(rowGroup: 0, column: 0))
    #expect(statistics.min == bytes(Int64(-3)) && statistics.max == bytes(Int64(9)))
    #expect(statistics.nullCount == 1 && statistics.isMinExact && statistics.isMaxExact)
    #expect(written.rowGroups[0].columns[0].statistics == statistics)
  }

  @Test func nullCountIsThereWhenItIsZero() throws {
    #expect(try file(.int32, .int32(PrimitiveColumn([1]))).0.statistics(rowGroup: 0, column: 0)?.nullCount == 0)
  }

  @Test func nanIsInNoBound() throws {
    let (file, written) = try file(.double, .double(PrimitiveColumn([.nan, 2, .nan, -1, .nan])), pageRows: 3)
    let statistics = try #require(file.statistics(rowGroup: 0, column: 0))
    #expect(statistics.min == bytes(-1.0) && statistics.max == bytes(2.0))
    #expect(written.columnMetrics()[0].nanCount == 3)
    #expect(file.metadata.columnMetrics()[0].nanCount == nil)
    #expect(try file.pageIndex(rowGroup: 0, column: 0)?.pages.map(\.min) == [bytes(2.0), bytes(-1.0)])
  }

  @Test func pagesOfNaNLeaveNoColumnIndex() throws {
    let (file, written) = try file(.float, .float(PrimitiveColumn([.nan, .nan, 1, 2])), pageRows: 2)
    #expect(written.rowGroups[0].columns[0].columnIndex == nil)
    #expect(written.rowGroups[0].columns[0].offsetIndex != nil)
    #expect(try file.pageIndex(rowGroup: 0, column: 0)?.pages.map(\.nullCount) == [nil, nil])
    let (only, metadata) = try self.file(.float, .float(PrimitiveColumn([.nan])))
    #expect(only.statistics(rowGroup: 0, column: 0)?.min == nil)
    #expect(metadata.columnMetrics()[0].min == nil && metadata.columnMetrics()[0].nanCount == 1)
  }

  @Test func zerosAreWidened() throws {
    for values in [[0.0, 1], [-0.0, 1]] {
      let low = try file(.double, .double(PrimitiveColumn(values))).0.statistics(rowGroup: 0, column: 0)
      #expect(low?.min == bytes(-0.0))
    }
    for values in [[-0.0, -1], [0.0, -1]] {
      let high = try file(.double, .double(PrimitiveColumn(values))).0.statistics(rowGroup: 0, column: 0)
      #expect(high?.max == bytes(0.0))
    }
  }

  @Test func longTextIsCutBetweenCodePoints() throws {
    let long = String(repeating: "ü", count: 60)  // 120 bytes
    let (file, written) = try file(.string, .binary(BinaryColumn([long, long + "x"])))
    let statistics = try #require(file.statistics(rowGroup: 0, column: 0))
    let min = try #require(statistics.min)
    let max = try #require(statistics.max)
    #expect(String(validating: min, as: UTF8.self) == String(repeating: "ü", count: 32))
    #expect(String(validating: max, as: UTF8.self) == String(repeating: "ü", count: 31) + "ý")
    #expect(!statistics.isMinExact && !statistics.isMaxExact)
    #expect(written.rowGroups[0].columns[0].statistics?.max == Array((long + "x").utf8), "exact in memory")
    let page = try #require(try file.pageIndex(rowGroup: 0, column: 0)?.pages.first)
    #expect(page.min == min && page.max == max)
  }

  @Test(arguments: [
    ("abc", "abc"), ("abcdef", "abce"), ("abc\u{10FFFF}\u{10FFFF}", "abd"), ("ab\u{D7FF}xyz", "ac"),
    ("\u{D7FF}xyz", "\u{D7FF}y"), ("abc\u{7F}d", "abc\u{80}"),
  ])
  func upperBoundsOfFourBytes(text: String, bound: String) {
    let truncation = BoundTruncation(.string, limit: 4)
    let upper = truncation.upper(Array(text.utf8))
    #expect(upper.map { String(decoding: $0, as: UTF8.self) } == bound)
    #expect(!(upper ?? []).lexicographicallyPrecedes(Array(text.utf8)))
    let lower = truncation.lower(Array(text.utf8))
    #expect(!Array(text.utf8).lexicographicallyPrecedes(lower))
    #expect(String(validating: lower, as: UTF8.self) != nil)
  }

  @Test func boundsThatCannotBeRaisedAreLeftOut() throws {
    let truncation = BoundTruncation(.string, limit: 4)
    #expect(truncation.upper(Array("\u{10FFFF}\u{10FFFF}".utf8)) == nil)
    #expect(BoundTruncation(.binary, limit: 4).upper([255, 255, 255, 255, 255]) == nil)
    #expect(BoundTruncation(.binary, limit: 4).upper([1, 255, 255, 255, 0]) == [2])
    let column = Column.binary(BinaryColumn(offsets: [0, 100], bytes: [UInt8](repeating: 255, count: 100)))
    let (file, _) = try file(.binary, column)
    #expect(file.statistics(rowGroup: 0, column: 0)?.max == nil)
    #expect(file.statistics(rowGroup: 0, column: 0)?.min == [UInt8](repeating: 255, count: 64))
    #expect(try file.pageIndex(rowGroup: 0, column: 0)?.pages[0].max?.count == 100)
  }

  @Test func illFormedTextStillHasTrueBounds() throws {
    let bad = [UInt8](repeating: 0x80, count: 100)
    let (file, _) = try file(.string, .binary(BinaryColumn(offsets: [0, 100], bytes: bad)))
    let statistics = try #require(file.statistics(rowGroup: 0, column: 0))
    #expect(!bad.lexicographicallyPrecedes(statistics.min ?? [255]))
    #expect(!(statistics.max ?? [255]).lexicographicallyPrecedes(bad))
  }

  @Test func pagesOfNullsSaySo() throws {
    let validity = [false, false, true, true, false, false, false]
    let column = Column.int32(PrimitiveColumn([0, 0, 7, 8, 0, 0, 0], validity: validity))
    let index = try #require(try file(.int32, column, pageRows: 2).0.pageIndex(rowGroup: 0, column: 0))
    #expect(index.pages.map(\.isAllNull) == [true, false, true, true])
    #expect(index.pages.map(\.nullCount) == [2, 0, 2, 1])
    #expect(index.pages.map(\.min) == [nil, bytes(Int32(7)), nil, nil])
    #expect(index.pages.map(\.firstRow) == [0, 2, 4, 6] && index.pages.map(\.rowCount) == [2, 2, 2, 1])
  }

  @Test(arguments: [
    ([1, 2, 3, 4, 5, 6], PageIndex.BoundaryOrder.ascending), ([6, 5, 4, 3, 2, 1], .descending),
    ([1, 2, 9, 9, 3, 4], .unordered), ([1, 9, 2, 8, 3, 7], .unordered), ([1, 1, 1, 1, 1, 1], .ascending),
  ])
  func boundaryOrder(values: [Int32], order: PageIndex.BoundaryOrder) throws {
    let (file, _) = try file(.int32, .int32(PrimitiveColumn(values)), pageRows: 2)
    #expect(try file.pageIndex(rowGroup: 0, column: 0)?.boundaryOrder == order)
  }

  @Test(arguments: RoundTripTests.primitives)
  func boundsHoldForEveryValueOfEveryPage(type: ParquetType) throws {
    var generator = ColumnGenerator(seed: 3)
    let column = generator.column(type, 400, Shape(nullPercent: 20, distinct: 50))
    let (file, _) = try file(type, column, pageRows: 50)
    let order = ValueOrder(file.schema.leaves[0])
    for page in try #require(try file.pageIndex(rowGroup: 0, column: 0)).pages {
      let rows = page.firstRow..<page.firstRow + page.rowCount
      #expect(page.nullCount == Int64(rows.count { !column.isValid($0) }))
      for row in rows where column.isValid(row) {
        let value = plainBytes(column, row, file.schema.leaves[0])
        #expect(!order.isLess(value, page.min ?? value) && !order.isLess(page.max ?? value, value))
      }
    }
  }

  private func plainBytes(_ column: Column, _ row: Int, _ leaf: LeafColumn) -> [UInt8] {
    switch column {
    case .bool(let column): [column.values[row] ? 1 : 0]
    case .int32(let column): bytes(column.values[row])
    case .int64(let column): bytes(column.values[row])
    case .float(let column): bytes(column.values[row])
    case .double(let column): bytes(column.values[row])
    case .binary(let column): Array(column[row] ?? [])
    case .int128(let column):
      switch leaf.physicalType {
      case .int32: Array(bytes(column.values[row]).prefix(4))
      case .int64: Array(bytes(column.values[row]).prefix(8))
      default: bytes(column.values[row]).prefix(leaf.typeLength).reversed()
      }
    case .list, .structure, .map: []
    }
  }

  @Test func metricsOverRowGroups() throws {
    var options = WriterOptions()
    options.rowGroupRows = 2
    let list = ParquetType.list(element: ParquetField("element", .int64, fieldID: 3))
    let schema = try ParquetSchema(fields: [
      ParquetField("n", .int64, fieldID: 1), ParquetField("s", .string, fieldID: 4),
      ParquetField("l", list, fieldID: 2),
    ])
    let numbers = Column.int64(PrimitiveColumn([4, 0, 0, -7, 1], validity: [true, false, false, true, true]))
    let texts = Column.binary(BinaryColumn(["b", "a", nil, nil, "zz"]))
    let elements = Column.int64(PrimitiveColumn([1, 0, 3], validity: [true, false, true]))
    let lists = Column.list(
      ListColumn(offsets: [0, 2, 2, 2, 3, 3], elements: elements, validity: [true, true, false, true, true]))
    let (bytes, written) = try writtenFile(schema, [[numbers, texts, lists]], options)
    for metadata in [written, try reader(bytes).metadata] {
      let metrics = metadata.columnMetrics()
      #expect(metrics.map(\.column.fieldID) == [1, 4, 3])
      #expect(metrics.map(\.valueCount) == [5, 5, 6])
      #expect(metrics.map(\.nullCount) == [2, 2, 4])
      #expect(metrics[0].min == self.bytes(Int64(-7)) && metrics[0].max == self.bytes(Int64(4)))
      #expect(metrics[1].min == Array("a".utf8) && metrics[1].max == Array("zz".utf8))
      #expect(metrics.allSatisfy { $0.compressedSize > 0 && $0.nanCount == nil })
      #expect(metadata.splitOffsets.count == 3)
    }
  }
}
