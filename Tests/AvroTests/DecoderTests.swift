import Avro
import Failures
import JSON
import Testing

/// The cursor that formats above decode their records with.
struct DecoderTests {
  private static func decode<Value>(
    _ schema: JSONValue, _ bytes: [UInt8], limits: AvroLimits = AvroLimits(),
    _ body: (inout AvroDecoder) throws -> Value
  ) throws -> Value {
    let schema = try AvroSchema(schema)
    return try bytes.withUnsafeBytes { buffer in
      var decoder = AvroDecoder(buffer, schema: schema, limits: limits)
      return try body(&decoder)
    }
  }

  @Test
  func readsScalars() throws {
    let bytes: [UInt8] = [1, 0x03, 0x80, 0x01, 0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf, 4, 9, 8, 2, 0x61, 7, 6]
    try Self.decode("null", bytes) { (decoder: inout AvroDecoder) throws -> Void in
      #expect(try decoder.readBoolean())
      #expect(try decoder.readInt() == -2)
      #expect(try decoder.readLong() == 64)
      #expect(try decoder.readFloat() == 1)
      #expect(try decoder.readDouble() == -1)
      #expect(try decoder.readBytes() == [9, 8])
      #expect(try decoder.readString() == "a")
      #expect(try decoder.readFixed(2) == [7, 6])
      #expect(decoder.isAtEnd)
      var end = decoder
      #expect(throws: Failure.self) { try end.readLong() }
    }
  }

  static let longs: [(Int64, [UInt8])] = [
    (0, [0]), (-1, [1]), (1, [2]), (-64, [0x7f]), (64, [0x80, 1]),
    (.max, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
    (.min, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
  ]

  @Test(arguments: longs)
  func readsLongsOfAnyLength(value: Int64, bytes: [UInt8]) throws {
    #expect(try Self.decode("long", bytes) { try $0.readLong() } == value)
    var writer = try AvroFileWriter(schema: AvroSchema("long"), codec: .null, sync: SampleFile.sync)
    try writer.append(.long(value))
    #expect(try writer.finish().dropLast(16).suffix(bytes.count).elementsEqual(bytes))
  }

  @Test
  func readsArraysBlockByBlock() throws {
    // Two elements, then one in a block that tells its length, then the end, then another value.
    let bytes: [UInt8] = [4, 2, 4, 1, 2, 6, 0, 8]
    let values = try Self.decode(["type": "array", "items": "int"], bytes) { decoder -> [Int32] in
      guard case .array(let element) = decoder.schema[decoder.schema.root].kind else { return [] }
      var values: [Int32] = []
      try decoder.readArray(of: element) { values.append(try $0.readInt()) }
      values.append(try decoder.readInt())
      return values
    }
    #expect(values == [1, 2, 3, 4])
  }

  @Test
  func limitsArraysInsideArrays() throws {
    var schema: JSONValue = "int"
    for _ in 0..<10 { schema = ["type": "array", "items": schema] }
    let bytes = [UInt8](repeating: 2, count: 11) + [UInt8](repeating: 0, count: 10)
    #expect(throws: Never.self) {
      try Self.decode(schema, bytes, limits: AvroLimits(depth: 10)) { try $0.skip($0.schema.root) }
    }
    for read in [true, false] {
      let failure = #expect(throws: Failure.self) {
        try Self.decode(schema, bytes, limits: AvroLimits(depth: 9)) { decoder in
          if read { _ = try decoder.readValue(decoder.schema.root) } else { try decoder.skip(decoder.schema.root) }
        }
      }
      #expect(failure?.kind == .limitExceeded)
    }
  }

  @Test
  func skipsAndReadsTheSameBytes() throws {
    var generator = SeededGenerator(seed: 12)
    let records = SampleFile.records(100, seed: 13)
    let file = try AvroFileReader(SampleFile.file(records, codec: .null))
    var kept: [AvroValue] = []
    var expected: [AvroValue] = []
    var number = 0
    try file.forEachRecord { decoder in
      let root = decoder.schema.root
      if Bool.random(using: &generator) {
        kept.append(try decoder.readValue(root))
        expected.append(records[number])
      } else {
        try decoder.skip(root)
      }
      number += 1
    }
    #expect(number == 100 && kept == expected && !kept.isEmpty)
  }

  @Test
  func noticesRecordsThatAreNotReadWhole() throws {
    let file = try AvroFileReader(SampleFile.file(SampleFile.records(2, seed: 1), codec: .null))
    let failure = #expect(throws: Failure.self) { try file.forEachRecord { _ = try $0.readBoolean() } }
    #expect(failure?.kind == .malformedInput)
  }
}
