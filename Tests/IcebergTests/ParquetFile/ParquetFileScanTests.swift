import Bytes
import Columns
import Failures
import Hashing
import Iceberg
import Parquet
import Synchronization
import Testing

/// Filters on files that belong to no table.
@Suite struct ParquetFileScanTests {
  /// A file in memory that counts the bytes that are fetched.
  private final class CountedSource: ByteSource {
    private let bytes: [UInt8]
    private let fetched = Atomic<Int>(0)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }
    var fetchedBytes: Int { fetched.load(ordering: .relaxed) }

    func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
      fetched.add(ranges.reduce(0) { $0 + $1.count }, ordering: .relaxed)
      return ranges.map { Array(bytes[$0]) }
    }
  }

  private static let fields = [
    ParquetField("n", .int64, isRequired: true), ParquetField("small", .int32), ParquetField("text", .string),
    ParquetField("price", .decimal(precision: 12, scale: 2)), ParquetField("ratio", .double),
    ParquetField(
      "point",
      .group([ParquetField("x", .int64), ParquetField("tags", .list(element: ParquetField("element", .string)))])),
  ]

  /// Row `n` of the file; a value that is missing is null.
  private struct Row {
    let n: Int64
    var small: Int32? { n % 5 == 0 ? nil : Int32(n % 40) }
    var text: String? { n % 7 == 0 ? nil : "text \(n % 90)" }
    var price: Int128? { n % 11 == 0 ? nil : Int128(n) * 3 - 400 }
    var ratio: Double? { n % 13 == 0 ? nil : n % 17 == 0 ? .nan : Double(n) / 4 }
    var x: Int64? { n % 3 == 0 ? nil : n / 2 }
  }

  private static func file(_ rows: Range<Int64>, _ options: WriterOptions) throws -> [UInt8] {
    var (n, small, text) = (PrimitiveColumn<Int64>(), PrimitiveColumn<Int32>(), BinaryColumn())
    var (price, ratio, x) = (PrimitiveColumn<Int128>(), PrimitiveColumn<Double>(), PrimitiveColumn<Int64>())
    for row in rows.map({ Row(n: $0) }) {
      n.append(row.n)
      small.append(row.small)
      text.append(row.text)
      price.append(row.price)
      ratio.append(row.ratio)
      x.append(row.n % 6 == 0 ? nil : row.x)
    }
    let texts: [[String]?] = rows.map {
      $0 % 4 == 0 || $0 % 6 == 0 ? nil : [String](repeating: "t", count: Int($0 % 4))
    }
    let tags = ListColumn(texts)
    let point = StructColumn(columns: [.int64(x), .list(tags)], count: rows.count, validity: rows.map { $0 % 6 != 0 })
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields), options: options)
    try writer.write([.int64(n), .int32(small), .binary(text), .int128(price), .double(ratio), .structure(point)])
    _ = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    return bytes
  }

  private static func rows(_ text: String, _ source: any ByteSource) throws -> [Int64] {
    let reader = try ParquetReader(source: source)
    let schema = try Schema(reader.schema)
    let scan = try ParquetFileScan(reader, schema: schema, filter: Expression(parsing: text, schema: schema))
    var found: [Int64] = []
    try scan.read(columns: [0, 5]) { columns, rowCount in
      guard case .int64(let column) = columns[0] else { throw Failure.internalError("n is no long") }
      #expect(columns.map(\.count) == [rowCount, rowCount])
      found += column.values
      return true
    }
    return found
  }

  /// Conditions, and what they mean for a row; nil is unknown.
  private static func condition(_ generator: inout SplitMix64, depth: Int) -> (String, (Row) -> Bool?) {
    let number = Int64.random(in: 0..<3000, using: &generator)
    switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &generator) {
    case 0: return ("n >= \(number)", { $0.n >= number })
    case 1: return ("small < \(number % 40)", { $0.small.map { $0 < number % 40 } })
    case 2: return ("text LIKE 'text \(number % 10)%'", { $0.text.map { $0.hasPrefix("text \(number % 10)") } })
    case 3: return ("price > \(number).5", { $0.price.map { $0 > Int128(number) * 100 + 50 } })
    case 4: return ("ratio <= \(number)", { $0.ratio.map { $0 <= Double(number) } })
    case 5:
      return (
        "point.x IN (\(number), \(number / 2), 7)",
        { row in
          row.n % 6 == 0 ? nil : row.x.map { [number, number / 2, 7].contains($0) }
        }
      )
    case 6: return ("point.tags IS NOT NULL", { $0.n % 4 != 0 && $0.n % 6 != 0 })
    case 7: return ("text IS NULL", { $0.text == nil })
    case 8:
      let (text, holds) = condition(&generator, depth: depth - 1)
      return ("NOT (\(text))", { holds($0).map { !$0 } })
    case 9, 10:
      let (first, second) = (condition(&generator, depth: depth - 1), condition(&generator, depth: depth - 1))
      return (
        "(\(first.0)) AND (\(second.0))",
        { row in
          let (left, right) = (first.1(row), second.1(row))
          return left == false || right == false ? false : left == nil || right == nil ? nil : true
        }
      )
    default:
      let (first, second) = (condition(&generator, depth: depth - 1), condition(&generator, depth: depth - 1))
      return (
        "\(first.0) OR (\(second.0))",
        { row in
          let (left, right) = (first.1(row), second.1(row))
          return left == true || right == true ? true : left == nil || right == nil ? nil : false
        }
      )
    }
  }

  @Test(arguments: [false, true]) func exactlyTheRowsThatPass(hasIndex: Bool) throws {
    var options = WriterOptions()
    (options.pageRows, options.rowGroupRows, options.writePageIndex) = (100, 700, hasIndex)
    options.bloomFilterColumns = hasIndex ? ["n", "text", "point.x"] : []
    let bytes = try Self.file(0..<3000, options)
    var generator = SplitMix64(seed: 11)
    for _ in 0..<150 {
      let (text, holds) = Self.condition(&generator, depth: 3)
      let expected = (0..<3000).filter { holds(Row(n: $0)) == true }
      #expect(try Self.rows(text, MemorySource(bytes)) == expected, "\(text)")
    }
  }

  @Test func littleIsFetched() throws {
    var options = WriterOptions()
    (options.pageRows, options.rowGroupRows, options.useDictionary) = (500, 20_000, false)
    let bytes = try Self.file(0..<60_000, options)
    let source = CountedSource(bytes)
    #expect(try Self.rows("n = 31234", source) == [31_234])
    #expect(source.fetchedBytes < bytes.count / 5, "\(source.fetchedBytes) of \(bytes.count)")
  }

  /// Hashes lie all over the range, so that bounds exclude nothing.
  @Test func bloomFiltersExclude() throws {
    var options = WriterOptions()
    (options.rowGroupRows, options.writePageIndex, options.bloomFilterColumns) = (5000, false, ["hash"])
    options.useDictionary = false
    var hashes = PrimitiveColumn<Int64>()
    var generator = SplitMix64(seed: 2)
    for _ in 0..<60_000 { hashes.append(Int64(truncatingIfNeeded: generator.next())) }
    var writer = try ParquetWriter(schema: ParquetSchema(fields: [ParquetField("hash", .int64)]), options: options)
    try writer.write([.int64(hashes)])
    _ = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    let reader = try ParquetReader(source: MemorySource(bytes))
    let schema = try Schema(reader.schema)
    func fetched(_ text: String) throws -> (rows: Int, bytes: Int) {
      let source = CountedSource(bytes)
      let reader = try ParquetReader(source: source)
      let scan = try ParquetFileScan(reader, schema: schema, filter: Expression(parsing: text, schema: schema))
      var rows = 0
      try scan.read(columns: [0]) {
        rows += $1
        return $0.count == 1
      }
      return (rows, source.fetchedBytes)
    }
    let one = try fetched("hash = \(hashes.values[7777])")
    #expect(one.rows == 1 && one.bytes < bytes.count / 2, "\(one.bytes) of \(bytes.count)")
    let none = try fetched("hash IN (1, 2, 3)")
    #expect(none.rows == 0 && none.bytes < bytes.count / 3, "\(none.bytes) of \(bytes.count)")
    let all = try fetched("hash <> 1 OR hash = 1")
    #expect(all.rows == 60_000 && all.bytes > bytes.count / 2)
  }

  @Test func readingEndsWhereTheCallerHasEnough() throws {
    var options = WriterOptions()
    options.rowGroupRows = 100
    let reader = try ParquetReader(source: MemorySource(Self.file(0..<1000, options)))
    let schema = try Schema(reader.schema)
    var batches = 0
    try ParquetFileScan(reader, schema: schema, filter: .notNull("n")).read(columns: [0]) { _, _ in
      batches += 1
      return batches < 3
    }
    #expect(batches == 3)
  }

  @Test func columnsAreNamedByTheFilesOwnFields() throws {
    let reader = try ParquetReader(source: MemorySource(Self.file(0..<10, WriterOptions())))
    let schema = try Schema(reader.schema)
    #expect(schema.fields.map(\.name) == ["n", "small", "text", "price", "ratio", "point"])
    #expect(schema.fields[3].type.primitive == .decimal(precision: 12, scale: 2))
    let failure = #expect(throws: Failure.self) { try ParquetFileScan(reader, schema: schema, filter: .isNull("m")) }
    #expect(failure?.kind == .invalidArgument)
  }
}
