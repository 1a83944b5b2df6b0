import Columns
import Compression
import Failures
import Parquet
import Testing

@Suite struct WriterTests {
  private let schema = try? ParquetSchema(fields: [
    ParquetField("a", .int64, isRequired: true), ParquetField("b", .string),
    ParquetField("c", .list(element: ParquetField("element", .int32, isRequired: true))),
  ])

  private func columns(_ count: Int) -> [Column] {
    [
      .int64(PrimitiveColumn([Int64](repeating: 1, count: count))),
      .binary(BinaryColumn([String?](repeating: "x", count: count))),
      .list(ListColumn(offsets: [Int](repeating: 0, count: count + 1), elements: .int32(PrimitiveColumn()))),
    ]
  }

  private func refusal(_ columns: [Column]) throws -> String {
    var writer = try ParquetWriter(schema: try #require(schema))
    let failure = #expect(throws: Failure.self) { try writer.write(columns) }
    #expect(failure?.kind == .invalidArgument)
    return failure?.description ?? ""
  }

  /// One thread and several give the same bytes, also of many pages and row groups.
  @Test func aFileDoesNotDependOnThreads() throws {
    func file(isConcurrent: Bool) throws -> [UInt8] {
      var options = WriterOptions()
      options.isConcurrent = isConcurrent
      (options.pageRows, options.rowGroupRows) = (100, 700)
      var writer = try ParquetWriter(schema: try #require(schema), options: options)
      var bytes: [UInt8] = []
      for count in [1, 500, 1000] { try writer.write(columns(count)) }
      _ = try writer.finish()
      try writer.drain { bytes.append(contentsOf: $0) }
      return bytes
    }
    #expect(try file(isConcurrent: false) == file(isConcurrent: true))
  }

  @Test func columnsThatDoNotFitAreRefused() throws {
    let good = columns(2)
    #expect(try refusal([good[0], good[1]]) == "2 columns for 3 fields")
    #expect(try refusal([good[1], good[1], good[2]]) == "column a does not hold int64")
    #expect(try refusal([good[0], columns(3)[1], good[2]]) == "column b has 3 rows, others have 2")
    let withNull = Column.int64(PrimitiveColumn([1, 0], validity: [true, false]))
    #expect(try refusal([withNull, good[1], good[2]]) == "column a is required, row 1 is null")
    let elements = Column.int32(PrimitiveColumn([1, 0], validity: [true, false]))
    let lists = Column.list(ListColumn(offsets: [0, 2, 2], elements: elements))
    #expect(try refusal([good[0], good[1], lists]) == "column element is required, row 1 is null")
    let hidden = Column.list(
      ListColumn(offsets: [0, 1, 1], elements: .int32(PrimitiveColumn([1])), validity: [false, true]))
    #expect(try refusal([good[0], good[1], hidden]) == "column c, row 0: a null list with elements")
  }

  @Test func schemasThatCannotBeWrittenAreRefused() {
    let twice = [ParquetField("a", .int32), ParquetField("a", .int64)]
    #expect(throws: Failure.self) { try ParquetSchema(fields: twice) }
    for type in [ParquetType.int96, .float16, .timestampNanos(utc: true), .list(element: ParquetField("e", .uint64))] {
      let failure = #expect(throws: Failure.self) { try ParquetSchema(fields: [ParquetField("a", type)]) }
      #expect(failure?.kind == .unsupported)
    }
    let optional = ParquetField("key", .string)
    let badTypes: [ParquetType] = [
      .group([]), .group(twice), .decimal(precision: 39, scale: 2), .decimal(precision: 0, scale: 0),
      .decimal(precision: 3, scale: 4), .fixed(0), .map(key: optional, value: optional),
    ]
    for type in badTypes {
      let failure = #expect(throws: Failure.self) { try ParquetSchema(fields: [ParquetField("a", type)]) }
      #expect(failure?.kind == .invalidArgument, "\(type)")
    }
    let deep = (0..<40).reduce(ParquetType.int32) { type, _ in .list(element: ParquetField("element", type)) }
    let failure = #expect(throws: Failure.self) { try ParquetSchema(fields: [ParquetField("a", deep)]) }
    #expect(failure?.kind == .limitExceeded)
  }

  @Test func optionsOutOfRangeAreRefused() throws {
    let schema = try #require(schema)
    for change in [
      { (options: inout WriterOptions) in options.pageBytes = 0 }, { $0.rowGroupRows = 0 }, { $0.codec = .deflate },
      { $0.codec = .lz4Hadoop }, { $0.level = 99 }, { $0.pageRows = -1 }, { $0.bloomFilterBytes = 1 << 30 },
      { $0.bloomFilterFalsePositiveRate = 1 }, { $0.bloomFilterColumns = ["d"] }, { $0.columnEncodings["d"] = .plain },
      { $0.columnEncodings["a"] = .deltaByteArray }, { $0.columnEncodings["b"] = .deltaBinaryPacked },
      { $0.columnEncodings["c.list.element"] = .rle }, { $0.sortingColumns = [SortingColumn(leaf: 3)] },
    ] {
      var options = WriterOptions()
      change(&options)
      #expect(throws: Failure.self) { try ParquetWriter(schema: schema, options: options) }
    }
  }

  @Test func bytesComeAsRowGroupsEnd() throws {
    var options = WriterOptions()
    options.rowGroupRows = 100
    var writer = try ParquetWriter(schema: try #require(schema), options: options)
    var drained = 0
    var growth: [Bool] = []
    for _ in 0..<5 {
      try writer.write(columns(50))
      let before = drained
      try writer.drain { drained += $0.count }
      growth.append(drained > before)
      #expect(drained == writer.writtenByteCount)
    }
    #expect(growth == [true, true, false, true, false], "the magic, then every second batch a row group")
    #expect(writer.rowCount == 250 && writer.bufferedByteCount > 0)
    let metadata = try writer.finish()
    try writer.drain { drained += $0.count }
    #expect(metadata.rowGroups.map(\.rowCount) == [100, 100, 50])
    #expect(drained == writer.writtenByteCount)
  }

  @Test func dictionariesAreUsedWhereTheyPay() throws {
    func encodings(_ column: Column, _ type: ParquetType, _ change: (inout WriterOptions) -> Void = { _ in }) throws
      -> [PageEncoding]
    {
      var options = WriterOptions()
      options.pageRows = 1000
      change(&options)
      let schema = try ParquetSchema(fields: [ParquetField("c", type)])
      return try writtenFile(schema, [[column]], options).metadata.rowGroups[0].columns[0].encodings
    }
    let few = Column.binary(BinaryColumn((0..<5000).map { "value \($0 % 10)" }))
    let many = Column.binary(BinaryColumn((0..<5000).map { "value \($0)" }))
    let numbers = Column.int64(PrimitiveColumn((0..<5000).map { Int64($0 % 10) }))
    #expect(try encodings(few, .string) == [.plain, .rle, .rleDictionary])
    #expect(try encodings(numbers, .int64) == [.plain, .rle, .rleDictionary])
    #expect(try encodings(many, .string) == [.plain, .rle])
    #expect(try encodings(few, .string) { $0.useDictionary = false } == [.plain, .rle])
    #expect(try encodings(few, .string) { $0.columnsWithoutDictionary = ["c"] } == [.plain, .rle])
    let doubles = Column.double(PrimitiveColumn([Double](repeating: 1, count: 5000)))
    #expect(try encodings(doubles, .double) == [.plain, .rle])
  }

  /// The first pages pay, then every value is new: the dictionary stays for the first and is not used any more.
  @Test func dictionariesAreGivenUpWhenTheyGrow() throws {
    let texts = (0..<6000).map { $0 < 2000 ? "same \($0 % 5)" : "new \($0)" }
    let column = Column.binary(BinaryColumn(texts))
    var options = WriterOptions()
    options.pageRows = 500
    options.dictionaryBytes = 10_000
    let schema = try ParquetSchema(fields: [ParquetField("c", .string)])
    let (bytes, metadata) = try writtenFile(schema, [[column]], options)
    #expect(metadata.rowGroups[0].columns[0].dictionaryPageOffset == 4)
    #expect(isSame(try readAll(bytes)[0], column))
  }

  /// Pages without values neither need a dictionary nor cost it.
  @Test func dictionariesOutlivePagesOfNulls() throws {
    let texts: [String?] = (0..<4000).map { $0 < 1500 || $0 % 5 == 0 ? nil : "same \($0 % 3)" }
    let column = Column.binary(BinaryColumn(texts))
    var options = WriterOptions()
    options.pageRows = 500
    options.rowGroupRows = 3000
    let schema = try ParquetSchema(fields: [ParquetField("c", .string)])
    let (bytes, metadata) = try writtenFile(schema, [[column]], options)
    #expect(
      metadata.rowGroups.map { $0.columns[0].encodings } == [
        [.plain, .rle, .rleDictionary], [.plain, .rle, .rleDictionary],
      ])
    #expect(isSame(try readAll(bytes)[0], column))
  }

  @Test func encodingsByOption() throws {
    let types: [(ParquetType, PageEncoding)] = [
      (.boolean, .rle), (.int32, .deltaBinaryPacked), (.date, .byteStreamSplit), (.int64, .deltaBinaryPacked),
      (.float, .byteStreamSplit), (.double, .byteStreamSplit), (.string, .deltaByteArray),
      (.binary, .deltaLengthByteArray), (.uuid, .deltaByteArray), (.decimal(precision: 30, scale: 2), .byteStreamSplit),
    ]
    var options = WriterOptions()
    options.pageRows = 333
    for (index, type) in types.enumerated() { options.columnEncodings["c\(index)"] = type.1 }
    let schema = try ParquetSchema(fields: types.enumerated().map { ParquetField("c\($0)", $1.0) })
    var generator = ColumnGenerator(seed: 4)
    let columns = types.map { generator.column($0.0, 1000, Shape(nullPercent: 10, distinct: 50_000)) }
    let (bytes, metadata) = try writtenFile(schema, [columns], options)
    for (chunk, type) in zip(metadata.rowGroups[0].columns, types) {
      #expect(Set(chunk.encodings) == [.rle, type.1])
      #expect(chunk.dictionaryPageOffset == nil)
    }
    for (read, column) in zip(try readAll(bytes), columns) { #expect(isSame(read, column)) }
  }

  @Test func rowGroupsEndWithTheRowThatFillsThem() throws {
    var options = WriterOptions()
    options.rowGroupBytes = 10_000
    options.useDictionary = false
    let fields = [ParquetField("a", .int64, isRequired: true), ParquetField("b", .fixed(12), isRequired: true)]
    let schema = try ParquetSchema(fields: fields)
    let rows = 3333
    let columns: [Column] = [
      .int64(PrimitiveColumn((0..<rows).map { Int64($0) })),
      .binary(BinaryColumn(offsets: (0...rows).map { $0 * 12 }, bytes: [UInt8](repeating: 3, count: rows * 12))),
    ]
    let metadata = try writtenFile(schema, [columns], options).metadata
    #expect(metadata.rowGroups.map(\.rowCount) == [500, 500, 500, 500, 500, 500, 333], "20 bytes a row")
  }

  @Test func whatRowsAreSortedByIsSaid() throws {
    var options = WriterOptions()
    options.sortingColumns = [SortingColumn(leaf: 1, isDescending: true, isNullsFirst: false), SortingColumn(leaf: 0)]
    let (bytes, written) = try writtenFile(try #require(schema), [columns(3)], options)
    #expect(try reader(bytes).metadata.rowGroups[0].sortingColumns == options.sortingColumns)
    #expect(written.rowGroups[0].sortingColumns == options.sortingColumns)
  }

  @Test func freeTextAndCreator() throws {
    var options = WriterOptions()
    options.keyValueMetadata = [("iceberg.schema", "{\"type\":\"struct\"}"), ("empty", "")]
    let (bytes, _) = try writtenFile(try #require(schema), [columns(3)], options)
    let metadata = try reader(bytes).metadata
    #expect(metadata.value(forKey: "iceberg.schema") == "{\"type\":\"struct\"}")
    #expect(metadata.value(forKey: "empty") == "" && metadata.value(forKey: "none") == nil)
    #expect(metadata.createdBy == "wikiguard version 1.0.0 (build 0)")
  }

  /// What finish() says is what the file says.
  @Test func theFooterIsWhatFinishReturned() throws {
    let schema = try #require(schema)
    let (bytes, written) = try writtenFile(schema, [columns(10)])
    #expect(try reader(bytes).metadata == written)
    #expect(written.schema.position(named: "b") == 1 && written.schema.position(fieldID: 7) == nil)
  }

  /// Field ids, annotations and the layout of lists as other engines want them.
  @Test func theSchemaAsPyarrowSeesIt() throws {
    guard let python = Python.find(for: "theSchemaAsPyarrowSeesIt") else { return }
    let fields = [
      ParquetField("i", .int32, fieldID: 1, isRequired: true), ParquetField("d", .date, fieldID: 2),
      ParquetField("t", .timestampMicros(utc: true), fieldID: 3),
      ParquetField("u", .timestampMicros(utc: false), fieldID: 4), ParquetField("s", .string, fieldID: 5),
      ParquetField("b", .binary, fieldID: 6),
      ParquetField("l", .list(element: ParquetField("e", .string, fieldID: 8)), fieldID: 7),
      ParquetField(
        "m",
        .map(
          key: ParquetField("k", .uuid, fieldID: 10, isRequired: true),
          value: ParquetField(
            "v", .group([ParquetField("x", .decimal(precision: 20, scale: 3), fieldID: 12)]), fieldID: 11)),
        fieldID: 9),
      ParquetField("c", .timeMicros(utc: false), fieldID: 13), ParquetField("f", .fixed(3), fieldID: 14),
    ]
    let (bytes, _) = try writtenFile(try ParquetSchema(fields: fields), [])
    try Python.withDirectory { directory in
      try Python.write(bytes, to: directory + "/a.parquet")
      let (text, _) = try Python.run(python, in: directory, ["schema", directory + "/a.parquet"])
      #expect(text == expectedSchema, "\(text)")
    }
  }

  private let expectedSchema = """
    required group field_id=-1 schema {
      required int32 field_id=1 i;
      optional int32 field_id=2 d (Date);
      optional int64 field_id=3 t (Timestamp(isAdjustedToUTC=true, timeUnit=microseconds, is_from_converted_type=false, force_set_converted_type=false));
      optional int64 field_id=4 u (Timestamp(isAdjustedToUTC=false, timeUnit=microseconds, is_from_converted_type=false, force_set_converted_type=false));
      optional binary field_id=5 s (String);
      optional binary field_id=6 b;
      optional group field_id=7 l (List) {
        repeated group field_id=-1 list {
          optional binary field_id=8 element (String);
        }
      }
      optional group field_id=9 m (Map) {
        repeated group field_id=-1 key_value {
          required fixed_len_byte_array(16) field_id=10 key (UUID);
          optional group field_id=11 value {
            optional fixed_len_byte_array(9) field_id=12 x (Decimal(precision=20, scale=3));
          }
        }
      }
      optional int64 field_id=13 c (Time(isAdjustedToUTC=false, timeUnit=microseconds));
      optional fixed_len_byte_array(3) field_id=14 f;
    }
    i NONE
    d DATE
    t TIMESTAMP_MICROS
    u NONE
    s UTF8
    b NONE
    element UTF8
    key NONE
    x DECIMAL
    c NONE
    f NONE

    """
}
