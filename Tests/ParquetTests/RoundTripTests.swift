import Columns
import Compression
import Dispatch
import Parquet
import Synchronization
import Testing

@Suite struct RoundTripTests {
  static let primitives: [ParquetType] = [
    .boolean, .int32, .int64, .float, .double, .date, .timestampMicros(utc: true), .timestampMicros(utc: false),
    .string, .binary, .timeMicros(utc: false), .uuid, .fixed(7), .decimal(precision: 9, scale: 2),
    .decimal(precision: 18, scale: 0), .decimal(precision: 19, scale: 19), .decimal(precision: 38, scale: 10),
  ]
  static let lists: [ParquetType] = [
    .list(element: ParquetField("element", .string, fieldID: 101)),
    .list(element: ParquetField("element", .int64, fieldID: 101, isRequired: true)),
    .list(element: ParquetField("element", .boolean)), .list(element: ParquetField("element", .double)),
  ]
  static let nested: [ParquetType] = [
    .group([
      ParquetField("a", .int32, fieldID: 101, isRequired: true), ParquetField("b", .string, fieldID: 102),
      ParquetField("c", .group([ParquetField("d", .decimal(precision: 20, scale: 3)), ParquetField("e", .boolean)])),
    ]),
    .map(
      key: ParquetField("key", .string, fieldID: 101, isRequired: true),
      value: ParquetField("value", .int64, fieldID: 102)),
    .list(element: ParquetField("element", .list(element: ParquetField("element", .int32)))),
    .list(
      element: ParquetField(
        "element", .group([ParquetField("x", .double), ParquetField("y", .fixed(5), isRequired: true)]),
        isRequired: true)),
    .map(
      key: ParquetField("key", .group([ParquetField("k", .date, isRequired: true)]), isRequired: true),
      value: ParquetField(
        "value",
        .map(
          key: ParquetField("key", .int32, isRequired: true),
          value: ParquetField("value", .list(element: ParquetField("element", .string)), isRequired: true)))),
    .group([ParquetField("l", .list(element: ParquetField("element", entries)), isRequired: true)]),
  ]
  private static let entries = ParquetType.group([
    ParquetField(
      "m",
      .map(
        key: ParquetField("key", .fixed(3), isRequired: true),
        value: ParquetField("value", .timeMicros(utc: true))))
  ])
  static let shapes = [
    Shape(nullPercent: nil, distinct: 1), Shape(nullPercent: 0, distinct: 7), Shape(nullPercent: 10, distinct: 300),
    Shape(nullPercent: 50, distinct: 1_000_000), Shape(nullPercent: 100, distinct: 3),
  ]

  private func check(
    _ type: ParquetType, _ shape: Shape, rows: [Int], _ options: WriterOptions, seed: UInt64
  ) throws {
    var generator = ColumnGenerator(seed: seed)
    let field = ParquetField("value", type, fieldID: 5, isRequired: shape.nullPercent == nil)
    let schema = try ParquetSchema(fields: [field])
    let batches = rows.map { [generator.column(type, $0, shape)] }
    let (bytes, metadata) = try writtenFile(schema, batches, options)
    let file = try reader(bytes)
    #expect(file.schema.fields == schema.fields)
    #expect(file.schema.leaves == schema.leaves)
    #expect(metadata.rowCount == Int64(rows.reduce(0, +)))
    let expected = try joined(batches, 0)
    let actual = try readAll(bytes)[0]
    #expect(isSame(actual, expected), "\(type) \(shape)")
  }

  @Test(arguments: primitives + lists + nested, shapes)
  func everyTypeAndShape(type: ParquetType, shape: Shape) throws {
    for (seed, usesDictionary) in [true, false].enumerated() {
      var options = WriterOptions()
      options.useDictionary = usesDictionary
      try check(type, shape, rows: [777, 0, 1, 1500], options, seed: UInt64(seed))
    }
  }

  @Test(arguments: primitives + lists + nested, [(1, 7, 100), (64, 3, 1000), (1000, 100, 64), (100_000, 1000, 333)])
  func pagesAndRowGroupsOfAnySize(type: ParquetType, sizes: (pageBytes: Int, pageRows: Int, groupRows: Int)) throws {
    for (seed, shape) in Self.shapes.enumerated() {
      var options = WriterOptions()
      options.pageBytes = sizes.pageBytes
      options.pageRows = sizes.pageRows
      options.rowGroupRows = sizes.groupRows
      options.dictionaryBytes = 500
      try check(type, shape, rows: [150, 400], options, seed: UInt64(seed) + 100)
    }
  }

  @Test(arguments: [CompressionCodec.uncompressed, .snappy, .gzip, .zstd, .lz4Raw, .brotli], [true, false])
  func everyCodec(codec: CompressionCodec, writesCRC: Bool) throws {
    var options = WriterOptions()
    options.codec = codec
    options.level = nil
    options.writeCRC = writesCRC
    options.writePageIndex = writesCRC
    for type in Self.primitives + Self.lists + Self.nested {
      try check(type, Shape(nullPercent: 10, distinct: 100_000), rows: [1000], options, seed: 7)
    }
  }

  @Test func rowGroupsEndByBytes() throws {
    var options = WriterOptions()
    options.rowGroupBytes = 100_000
    options.pageBytes = 10_000
    let schema = try ParquetSchema(fields: [ParquetField("text", .string)])
    let row = String(repeating: "y", count: 1000)
    let batches = (0..<20).map { batch in
      [Column.binary(BinaryColumn((0..<50).map { "\(batch) \($0) \(row)" }))]
    }
    let (bytes, metadata) = try writtenFile(schema, batches, options)
    #expect((9...11).contains(metadata.rowGroups.count))
    #expect(metadata.rowGroups.allSatisfy { $0.uncompressedSize < 170_000 })
    #expect(isSame(try readAll(bytes)[0], try joined(batches, 0)))
    #expect(metadata.splitOffsets.first == 4)
    #expect(metadata.splitOffsets.count == metadata.rowGroups.count)
  }

  @Test func manyColumnsAtOnce() throws {
    let types = Self.primitives + Self.lists + Self.nested
    let fields = types.enumerated().map { ParquetField("c\($0)", $1, fieldID: Int32($0 + 1)) }
    let schema = try ParquetSchema(fields: fields)
    var generator = ColumnGenerator(seed: 11)
    let batches = [3000, 20, 9000].map { rows in
      types.map { generator.column($0, rows, Shape(nullPercent: 15, distinct: 500)) }
    }
    var options = WriterOptions()
    options.pageRows = 1000
    options.rowGroupRows = 5000
    let (bytes, written) = try writtenFile(schema, batches, options)
    for (index, column) in try readAll(bytes).enumerated() {
      #expect(isSame(column, try joined(batches, index)), "column \(index)")
    }
    let (again, _) = try writtenFile(schema, batches, options)
    #expect(bytes == again, "the same rows give the same bytes")
    #expect(try reader(bytes).metadata.rowGroups.map(\.rowCount) == written.rowGroups.map(\.rowCount))
  }

  /// More writers than threads, all on Dispatch's own threads: none may wait for a thread that another holds.
  @Test func manyWritersAtOnce() throws {
    let schema = try ParquetSchema(fields: [ParquetField("a", .string), ParquetField("b", .int64)])
    var generator = ColumnGenerator(seed: 2)
    let shape = Shape(nullPercent: 10, distinct: 100_000)
    let columns = schema.fields.map { generator.column($0.type, 3000, shape) }
    var options = WriterOptions()
    options.pageRows = 100
    let frozen = options
    let expected = try writtenFile(schema, [columns], frozen).bytes
    let same = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 24) { _ in
      guard let bytes = try? writtenFile(schema, [columns], frozen).bytes, bytes == expected else { return }
      same.add(1, ordering: .relaxed)
    }
    #expect(same.load(ordering: .relaxed) == 24)
  }

  @Test func noRows() throws {
    let schema = try ParquetSchema(fields: [ParquetField("a", .string), ParquetField("b", .int64, isRequired: true)])
    let (bytes, metadata) = try writtenFile(schema, [])
    #expect(metadata.rowGroups.isEmpty)
    let columns = try readAll(bytes)
    #expect(columns.map(\.count) == [0, 0])
  }
}
