import Columns
import Failures
import Parquet
import Testing

@Suite struct BloomFilterTests {
  private func file(_ values: [Int64], _ change: (inout WriterOptions) -> Void = { _ in }) throws -> ParquetReader {
    let schema = try ParquetSchema(fields: [
      ParquetField("n", .int64), ParquetField("s", .group([ParquetField("t", .string)])),
    ])
    let texts = Column.binary(BinaryColumn(values.map { "text \($0)" }))
    var options = WriterOptions()
    options.bloomFilterColumns = ["n", "s.t"]
    options.pageRows = 100
    change(&options)
    let columns = [
      Column.int64(PrimitiveColumn(values)),
      .structure(StructColumn(columns: [texts], count: values.count)),
    ]
    return try reader(try writtenFile(schema, [columns], options).bytes)
  }

  private func bytes(_ value: Int64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  @Test(arguments: [true, false], [1, 40, 3000])
  func everyValueIsThereAndFewOthersAre(usesDictionary: Bool, count: Int64) throws {
    let values = (0..<3000).map { Int64($0) % count * 7 }
    let file = try file(values) {
      $0.useDictionary = usesDictionary
      $0.dictionaryBytes = 400  // so that with many values the dictionary is given up half-way
    }
    for value in Set(values) {
      #expect(try file.mightContain(rowGroup: 0, column: 0, value: bytes(value)))
      #expect(try file.mightContain(rowGroup: 0, column: 1, value: Array("text \(value)".utf8)))
    }
    let wrong = try (0..<2000).count { try file.mightContain(rowGroup: 0, column: 0, value: bytes(Int64($0) * 7 + 1)) }
    #expect(wrong < 60, "one in a hundred is the rate; \(wrong) of 2000")
    let size = try #require(try file.bloomFilter(rowGroup: 0, leaf: 0)).byteCount
    #expect(size == [1: 32, 40: 64, 3000: 4096][count], "\(size)")
  }

  @Test func theLargestSizeIsKept() throws {
    let file = try file((0..<5000).map { $0 }) { $0.bloomFilterBytes = 128 }
    #expect(try file.bloomFilter(rowGroup: 0, leaf: 0)?.byteCount == 128)
  }

  @Test func filtersAreOfTheirRowGroup() throws {
    let file = try file((0..<200).map { $0 }) { $0.rowGroupRows = 100 }
    #expect(try file.mightContain(rowGroup: 0, column: 0, value: bytes(99)))
    #expect(try file.mightContain(rowGroup: 1, column: 0, value: bytes(100)))
    #expect(try (0..<100).count { try file.mightContain(rowGroup: 1, column: 0, value: bytes($0)) } < 10)
  }

  @Test func noFilterDeniesNothing() throws {
    let file = try file([1, 2, 3]) { $0.bloomFilterColumns = [] }
    #expect(try file.bloomFilter(rowGroup: 0, leaf: 0) == nil)
    #expect(try file.mightContain(rowGroup: 0, column: 0, value: bytes(9)))
    #expect(throws: Failure.self) { try file.mightContain(rowGroup: 1, column: 0, value: []) }
    #expect(throws: Failure.self) { try file.bloomFilter(rowGroup: 0, leaf: 2) }
  }

  @Test func damagedFiltersAreRefused() throws {
    // Field 1: a size; then algorithm, hash and compression, member 1 of each.
    let kinds: [UInt8] = [0x1C, 0x1C, 0, 0, 0x1C, 0x1C, 0, 0, 0x1C, 0x1C, 0, 0, 0]
    let bitset = [UInt8](repeating: 0xFF, count: 32)
    #expect(try BloomFilter(stored: [0x15, 64] + kinds + bitset)?.mightContain([1]) == true)
    #expect(try BloomFilter(stored: [0x15, 64, 0x1C, 0x2C] + kinds.dropFirst(2) + bitset) == nil, "another algorithm")
    for size: [UInt8] in [[62], [0], [1], [128, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]] {
      #expect(throws: Failure.self) { try BloomFilter(stored: [0x15] + size + kinds + bitset) }
    }
    #expect(throws: Failure.self) { try BloomFilter(stored: []) }
  }

  /// DuckDB leaves out row groups by our filters, and our reader by DuckDB's.
  @Test func duckDBAndWeReadEachOthersFilters() throws {
    guard let python = Python.find(for: "duckDBAndWeReadEachOthersFilters") else { return }
    try Python.withDirectory { directory in
      let schema = try ParquetSchema(fields: [ParquetField("n", .int64), ParquetField("t", .string)])
      let values = (0..<200).map { Int64($0) * 3 }
      let columns = [Column.int64(PrimitiveColumn(values)), .binary(BinaryColumn(values.map { "v\($0)" }))]
      var options = WriterOptions()
      options.bloomFilterColumns = ["n", "t"]
      options.rowGroupRows = 100
      try Python.write(try writtenFile(schema, [columns], options).bytes, to: directory + "/a.parquet")
      let numbers = try Python.run(
        python, in: directory, ["bloom", directory + "/a.parquet", "n", "297", "300", "299"])
      #expect(numbers.0 == "maybe no\nno maybe\nno no\n")
      let texts = try Python.run(
        python, in: directory, ["bloom", directory + "/a.parquet", "t", "\"v297\"", "\"v300\"", "\"none\""])
      #expect(texts.0 == "maybe no\nno maybe\nno no\n")
      let made = try Python.run(python, in: directory, ["bloom-file", directory + "/b.parquet"])
      #expect(made.1, "\(made.0)")
      let theirs = try reader(try Python.read(directory + "/b.parquet"))
      #expect(try theirs.bloomFilter(rowGroup: 0, leaf: 0) != nil)
      for n in 0..<10 { #expect(try theirs.mightContain(rowGroup: 0, column: 0, value: Array("v\(n)".utf8))) }
      #expect(try !theirs.mightContain(rowGroup: 0, column: 0, value: Array("w3".utf8)))
    }
  }
}
