import Columns
import Compression
import Failures
import Parquet
import Testing

/// What nested columns may and may not be, in the writer and in files of others.
@Suite struct NestedTests {
  private let structure = ParquetType.group([
    ParquetField("a", .int32, isRequired: true), ParquetField("b", .string),
  ])

  private func refusal(_ type: ParquetType, _ column: Column) throws -> String {
    var writer = try ParquetWriter(schema: try ParquetSchema(fields: [ParquetField("c", type)]))
    let failure = #expect(throws: Failure.self) { try writer.write([column]) }
    #expect(failure?.kind == .invalidArgument)
    return failure?.description ?? ""
  }

  private func pair(_ a: PrimitiveColumn<Int32>, _ b: BinaryColumn, _ validity: [Bool]? = nil) -> Column {
    .structure(StructColumn(columns: [.int32(a), .binary(b)], count: a.count, validity: validity))
  }

  @Test func columnsThatDoNotFitAreRefused() throws {
    let texts = BinaryColumn(["x", "y"])
    let hidden = pair(PrimitiveColumn([1, 2]), texts, [true, false])
    #expect(try refusal(structure, hidden) == "column a, row 1: a value inside a null structure")
    let null = pair(PrimitiveColumn([1, 0], validity: [true, false]), texts)
    #expect(try refusal(structure, null) == "column a is required, row 1 is null")
    let narrow = Column.structure(StructColumn(columns: [.int32(PrimitiveColumn([1]))], count: 1))
    #expect(try refusal(structure, narrow) == "column c: 1 columns for 2 fields")
    let map = ParquetType.map(key: ParquetField("key", .string, isRequired: true), value: ParquetField("value", .int32))
    let keys = Column.binary(BinaryColumn(["k", nil]))
    let values = Column.int32(PrimitiveColumn([1, 2]))
    let nullKey = Column.map(MapColumn(offsets: [0, 2], keys: keys, values: values))
    #expect(try refusal(map, nullKey) == "column key is required, row 1 is null")
    let gone = Column.map(
      MapColumn(offsets: [0, 2], keys: .binary(BinaryColumn(["k", "l"])), values: values, validity: [false]))
    #expect(try refusal(map, gone) == "column c, row 0: a null map with elements")
    #expect(try refusal(map, values) == "column c does not hold \(map)")
  }

  @Test func valuesThatDoNotFitAreRefused() throws {
    let large = Column.int128(PrimitiveColumn([999, 1000]))
    #expect(try refusal(.decimal(precision: 3, scale: 1), large) == "column c, row 1: 1000 has more than 3 digits")
    let short = Column.binary(BinaryColumn(["0123456789abcdef", "no"]))
    #expect(try refusal(.uuid, short) == "column c, row 1: not 16 bytes")
    #expect(try refusal(.fixed(2), short) == "column c, row 0: not 2 bytes")
  }

  /// Where a structure is null its required fields have nothing, and where a required structure's parent is null neither has it.
  @Test func requiredFieldsOfNullStructures() throws {
    let inner = ParquetField("inner", structure, isRequired: true)
    let schema = try ParquetSchema(fields: [ParquetField("outer", .group([inner]))])
    let validity = [false, true, false]
    let fields = pair(PrimitiveColumn([0, 7, 0], validity: validity), BinaryColumn([nil, "t", nil]), validity)
    let column = Column.structure(StructColumn(columns: [fields], count: 3, validity: validity))
    let (bytes, _) = try writtenFile(schema, [[column]])
    #expect(try readAll(bytes) == [column])
    #expect(try reader(bytes).statistics(rowGroup: 0, leaf: 0)?.nullCount == 2)
    #expect(try reader(bytes).statistics(rowGroup: 0, column: 0) == nil)
    #expect(try reader(bytes).pageIndex(rowGroup: 0, leaf: 1)?.pages.count == 1)
    #expect(throws: Failure.self) { try reader(bytes).pageIndex(rowGroup: 0, column: 0) }
  }

  /// A map without values is a list of its keys: only its annotation differs from that of a list.
  @Test func mapsWithoutValuesAreListsOfKeys() throws {
    let element = ParquetField("element", .string, isRequired: true)
    let schema = try ParquetSchema(fields: [ParquetField("m", .list(element: element))])
    let column = Column.list(ListColumn([["a", "b"], nil, [], ["c"]]))
    let bytes = try writtenFile(schema, [[column]]).bytes
    // Converted type 3 and logical type LIST become 1 and MAP.
    let (list, map): ([UInt8], [UInt8]) = ([0x15, 6, 0x4C, 0x3C, 0, 0], [0x15, 2, 0x4C, 0x2C, 0, 0])
    let places = bytes.indices.filter { bytes[$0...].starts(with: list) }
    #expect(places.count == 1)
    var patched = bytes
    for place in places { patched.replaceSubrange(place..<place + list.count, with: map) }
    #expect(try reader(patched).schema.fields == schema.fields)
    #expect(try readAll(patched) == [column])
  }

  /// Every list around a value costs an offset in memory, and in the file next to nothing.
  @Test(arguments: [(2, false), (4, true)])
  func deepListsAreLimited(depth: Int, isRefused: Bool) throws {
    var type = ParquetType.int32
    var column = Column.int32(PrimitiveColumn([Int32](repeating: 1, count: 1000)))
    for _ in 0..<depth {
      type = .list(element: ParquetField("element", type))
      column = .list(ListColumn(offsets: Array(0...1000), elements: column))
    }
    let bytes = try writtenFile(try ParquetSchema(fields: [ParquetField("l", type)]), [[column]]).bytes
    var limits = ReaderLimits()
    limits.columnValues = 1000
    let file = try reader(bytes, limits)
    if isRefused {
      let failure = #expect(throws: Failure.self) { try file.read(rowGroup: 0, columns: [0]) }
      #expect(failure?.kind == .limitExceeded)
    } else {
      #expect(try file.read(rowGroup: 0, columns: [0]) == [column])
    }
  }

  @Test func decimalsOfManyBytes() throws {
    func numbers(_ bytes: [UInt8]) throws -> [Int128] { try BigEndian.int128s(bytes, [0, bytes.count]) }
    #expect(try numbers([]) == [0] && numbers([0x80]) == [-128] && numbers([0, 0x80]) == [128])
    #expect(try numbers([UInt8](repeating: 0xFF, count: 40)) == [-1])
    #expect(try numbers([0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 15)) == [.max])
    #expect(try numbers([0xFF, 0x80] + [UInt8](repeating: 0, count: 15)) == [.min])
    for bytes in [[1] + [UInt8](repeating: 0, count: 16), [0, 0x80] + [UInt8](repeating: 0, count: 15)] {
      #expect(throws: Failure.self) { try numbers(bytes) }
    }
    for value: Int128 in [0, -1, 127, -128, 1 << 90, -(1 << 90)] {
      var bytes: [UInt8] = []
      BigEndian.append(value, width: 13, to: &bytes)
      #expect(try numbers(bytes) == [value] && bytes.count == 13)
    }
  }
}
