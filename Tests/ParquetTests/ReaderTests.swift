import Bytes
import Columns
import Failures
import Parquet
import Synchronization
import Testing

/// Bytes in memory that remember which of them were read.
private final class CountingSource: ByteSource {
  let bytes: [UInt8]
  private let requests = Mutex<[[Range<Int>]]>([])

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
    requests.withLock { $0.append(ranges) }
    return ranges.map { Array(bytes[$0]) }
  }

  /// The requests since the last call.
  func takeRequests() -> [[Range<Int>]] {
    requests.withLock { requests in
      defer { requests = [] }
      return requests
    }
  }
}

@Suite struct ReaderTests {
  /// Three columns of 1000 rows in pages of 100, one row group.
  private func sample() throws -> ([UInt8], [Column]) {
    let list = ParquetType.list(element: ParquetField("element", .string, fieldID: 4))
    let schema = try ParquetSchema(fields: [
      ParquetField("n", .int64, fieldID: 1), ParquetField("s", .string, fieldID: 2),
      ParquetField("l", list, fieldID: 3),
    ])
    var generator = ColumnGenerator(seed: 8)
    let shape = Shape(nullPercent: 10, distinct: 40)
    let columns = schema.fields.map { generator.column($0.type, 1000, shape) }
    var options = WriterOptions()
    options.pageRows = 100
    return (try writtenFile(schema, [columns], options).bytes, columns)
  }

  /// Columns of so many bytes that threads share their pages, beside small ones, whole and in part.
  @Test func largeColumnsAreJoinedInOrder() throws {
    let count = 120_000
    let texts = (0..<count).map { $0 % 11 == 3 ? nil : String(repeating: "row \($0) ", count: 12 + $0 % 5) }
    let columns: [Column] = [
      .bool(PrimitiveColumn((0..<count).map { $0 % 3 == 0 })), .binary(BinaryColumn(texts)),
      .int64(PrimitiveColumn((0..<count).map { Int64($0) })),
    ]
    let schema = try ParquetSchema(fields: [
      ParquetField("b", .boolean, fieldID: 1, isRequired: true), ParquetField("s", .string, fieldID: 2),
      ParquetField("n", .int64, fieldID: 3, isRequired: true),
    ])
    let file = try reader(writtenFile(schema, [columns]).bytes)
    let read = try file.read(rowGroup: 0, columns: [1, 0, 2, 1])
    #expect(isSame(read[0], columns[1]) && isSame(read[1], columns[0]) && isSame(read[2], columns[2]))
    #expect(isSame(read[3], columns[1]))
    let part = try file.read(rowGroup: 0, columns: [1, 2], rows: [5..<70_000, 70_003..<119_999])
    let rows = Array(5..<70_000) + Array(70_003..<119_999)
    #expect(isSame(part[0], columns[1].gathering(rows)) && isSame(part[1], columns[2].gathering(rows)))
    var limits = ReaderLimits()
    limits.columnBytes = 9 << 20
    let failure = #expect(throws: Failure.self) {
      try reader(writtenFile(schema, [columns]).bytes, limits).read(rowGroup: 0, columns: [1])
    }
    #expect(failure?.kind == .limitExceeded)
  }

  @Test func largeColumnsOfNumbersAreJoinedInOrder() throws {
    let numbers = Column.int64(PrimitiveColumn((0..<1_200_000).map { Int64($0) &* 0x1E37_79B9_7F4A_7C15 }))
    let schema = try ParquetSchema(fields: [ParquetField("n", .int64, fieldID: 1)])
    var options = WriterOptions()
    options.rowGroupRows = 2_000_000
    let file = try reader(writtenFile(schema, [[numbers]], options).bytes)
    #expect(file.metadata.rowGroups.count == 1)
    #expect(isSame(try file.readAll(columns: [0])[0], numbers))
  }

  @Test func projectionKeepsTheOrderAskedFor() throws {
    let (bytes, columns) = try sample()
    let read = try reader(bytes).read(rowGroup: 0, columns: [2, 0, 2])
    #expect(isSame(read[0], columns[2]) && isSame(read[1], columns[0]) && isSame(read[2], columns[2]))
    #expect(try reader(bytes).read(rowGroup: 0, columns: []).isEmpty)
  }

  @Test func onlyTheBytesOfTheProjectionAreFetched() throws {
    let (bytes, _) = try sample()
    let source = CountingSource(bytes)
    let file = try ParquetReader(source: source)
    #expect(source.takeRequests().count == 1, "the footer in one request")
    _ = try file.read(rowGroup: 0, columns: [0, 2])
    let chunks = [0, 2].map { file.metadata.rowGroups[0].columns[$0] }
    let expected = chunks.map { Int($0.startOffset)..<Int($0.startOffset + $0.compressedSize) }
    #expect(source.takeRequests() == [expected], "the chunks in one request")
  }

  @Test func onlyThePagesOfTheRowsAreFetched() throws {
    let (bytes, columns) = try sample()
    let source = CountingSource(bytes)
    let file = try ParquetReader(source: source)
    let index = try #require(try file.pageIndex(rowGroup: 0, column: 0))
    #expect(index.pages.count == 10)
    _ = source.takeRequests()
    let read = try file.read(rowGroup: 0, columns: [0], rows: [250..<260, 299..<301, 950..<1000])
    #expect(isSame(read[0], columns[0].gathering(Array(250..<260) + [299, 300] + Array(950..<1000))))
    let fetched = try #require(source.takeRequests().last)
    let start = Int(file.metadata.rowGroups[0].columns[0].startOffset)
    let page = { (position: Int) in
      Int(index.pages[position].offset)..<Int(index.pages[position].offset) + index.pages[position].compressedSize
    }
    let dictionary = start..<Int(index.pages[0].offset)
    #expect(fetched == [dictionary, page(2).lowerBound..<page(3).upperBound, page(9)].filter { !$0.isEmpty })
  }

  @Test func indexesOfAllColumnsComeInOneRequest() throws {
    let source = CountingSource(try sample().0)
    let file = try ParquetReader(source: source)
    _ = source.takeRequests()
    _ = try file.read(rowGroup: 0, columns: [0, 1, 2], rows: [7..<8])
    let requests = source.takeRequests()
    #expect(requests.count == 2 && requests.first?.count == 3)
  }

  @Test(arguments: 0..<40)
  func anyRangesGiveTheSameRows(seed: Int) throws {
    let (bytes, columns) = try sample()
    var random = SeededRandom(UInt64(seed))
    var ranges: [Range<Int>] = []
    var row = random.below(300)
    while row < 1000 {
      let end = min(1000, row + random.below(200))
      ranges.append(row..<end)
      row = end + random.below(150)
    }
    let read = try reader(bytes).read(rowGroup: 0, columns: [0, 1, 2], rows: ranges)
    let wanted = ranges.flatMap { Array($0) }
    for (part, column) in zip(read, columns) { #expect(isSame(part, column.gathering(wanted)), "\(ranges)") }
  }

  @Test func badArgumentsAreRefused() throws {
    let file = try reader(try sample().0)
    #expect(throws: Failure.self) { try file.read(rowGroup: 1, columns: [0]) }
    #expect(throws: Failure.self) { try file.read(rowGroup: -1, columns: [0]) }
    #expect(throws: Failure.self) { try file.read(rowGroup: 0, columns: [3]) }
    #expect(throws: Failure.self) { try file.read(rowGroup: 0, columns: [0], rows: [5..<9, 8..<10]) }
    #expect(throws: Failure.self) { try file.read(rowGroup: 0, columns: [0], rows: [990..<1001]) }
    #expect(file.statistics(rowGroup: 4, column: 0) == nil && file.statistics(rowGroup: 0, column: 9) == nil)
    #expect(file.statistics(rowGroup: 0, column: 2) == nil, "a list has no bounds of its own")
  }

  @Test func noRowsOfARowGroup() throws {
    let (bytes, columns) = try sample()
    let read = try reader(bytes).read(rowGroup: 0, columns: [0, 1, 2], rows: [])
    for (part, column) in zip(read, columns) { #expect(isSame(part, column.gathering([]))) }
  }

  @Test func limitsAreKept() throws {
    let (bytes, _) = try sample()
    for change in [
      { (limits: inout ReaderLimits) in limits.columnValues = 999 }, { $0.columnBytes = 100 }, { $0.pageBytes = 10 },
    ] {
      var limits = ReaderLimits()
      change(&limits)
      let file = try reader(bytes, limits)
      let failure = #expect(throws: Failure.self) { try file.read(rowGroup: 0, columns: [1]) }
      #expect(failure?.kind == .limitExceeded)
    }
    var limits = ReaderLimits()
    limits.footerBytes = 100
    #expect(throws: Failure.self) { try reader(bytes, limits) }
    limits = ReaderLimits()
    limits.schemaElements = 3
    #expect(throws: Failure.self) { try reader(bytes, limits) }
    limits = ReaderLimits()
    limits.footerElements = 10
    #expect(throws: Failure.self) { try reader(bytes, limits) }
  }

  @Test func aWrongChecksumIsFound() throws {
    let (bytes, _) = try sample()
    let chunk = try reader(bytes).metadata.rowGroups[0].columns[1]
    var damaged = bytes
    damaged[Int(chunk.startOffset + chunk.compressedSize) - 3] ^= 1
    let failure = #expect(throws: Failure.self) { try reader(damaged).read(rowGroup: 0, columns: [1]) }
    #expect(failure?.description.contains("column s of row group 0: page does not match its checksum") == true)
    #expect(throws: Never.self) { try reader(damaged).read(rowGroup: 0, columns: [0, 2]) }
  }

  @Test func skippingByBoundsFindsEveryRow() throws {
    let schema = try ParquetSchema(fields: [ParquetField("n", .int64)])
    let values = (0..<5000).map { Int64(($0 * 37) % 1000 + $0) }
    var options = WriterOptions()
    options.pageRows = 64
    options.rowGroupRows = 1500
    let (bytes, _) = try writtenFile(schema, [[.int64(PrimitiveColumn(values))]], options)
    let file = try reader(bytes)
    let order = ValueOrder(file.schema.leaves[0])
    let wanted = withUnsafeBytes(of: Int64(2345)) { Array($0) }
    var found = 0
    var pagesRead = 0
    for group in file.metadata.rowGroups.indices {
      let pages = try #require(try file.pageIndex(rowGroup: group, column: 0)).pages
      let hits = pages.filter { !order.isLess(wanted, $0.min ?? wanted) && !order.isLess($0.max ?? wanted, wanted) }
      pagesRead += hits.count
      let ranges = hits.map { $0.firstRow..<$0.firstRow + $0.rowCount }
      guard case .int64(let column) = try file.read(rowGroup: group, columns: [0], rows: ranges)[0] else { continue }
      found += column.values.count { $0 == 2345 }
    }
    #expect(found == values.count { $0 == 2345 })
    #expect(pagesRead < 30)
  }
}
