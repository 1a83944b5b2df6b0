import Avro
import JSON

/// A schema with every kind of type, random records of it, and files of them.
enum SampleFile {
  static let sync = [UInt8](0..<16)

  static let schemaText = #"""
    {"type":"record","name":"ns.All","doc":"x","extra":{"kept":1},"fields":[
      {"name":"nothing","type":"null"},
      {"name":"flag","type":"boolean","field-id":1},
      {"name":"small","type":"int","field-id":2},
      {"name":"large","type":{"type":"long","logicalType":"timestamp-micros","adjust-to-utc":true},"field-id":3},
      {"name":"single","type":"float"},
      {"name":"twice","type":"double"},
      {"name":"raw","type":"bytes"},
      {"name":"text","type":["null","string"],"default":null,"field-id":9},
      {"name":"colour","type":{"type":"enum","name":"Colour","symbols":["red","green"]}},
      {"name":"again","type":["null","Colour","ns.Hash"]},
      {"name":"numbers","type":{"type":"array","items":"long","element-id":7}},
      {"name":"table","type":{"type":"map","values":{"type":"array","items":"string"}}},
      {"name":"chain","type":["null","All"]}
    ]}
    """#

  /// The schema; `Hash` is declared inside the union that uses it.
  static func schema() throws -> AvroSchema {
    let hash = #"{"type":"fixed","name":"Hash","size":4}"#
    return try AvroSchema(parsing: Array(schemaText.replacing("\"ns.Hash\"", with: hash).utf8))
  }

  static func record(_ generator: inout SeededGenerator, depth: Int = 0) -> AvroValue {
    .record([
      .null, .boolean(Bool.random(using: &generator)), .int(Int32(truncatingIfNeeded: generator.next())),
      .long(Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator)),
      .float(Float.random(in: -1e6...1e6, using: &generator)),
      .double(Double.random(in: -1e9...1e9, using: &generator)),
      .bytes(generator.bytes(Int.random(in: 0..<20, using: &generator))), text(&generator),
      .enumeration(Int.random(in: 0..<2, using: &generator)), again(&generator),
      .array((0..<Int.random(in: 0..<6, using: &generator)).map { .long(Int64($0) << 40) }),
      .map((0..<Int.random(in: 0..<3, using: &generator)).map { .init(key: "k\($0)", value: .array([.string("é")])) }),
      depth < 3 && Bool.random(using: &generator)
        ? .union(1, record(&generator, depth: depth + 1)) : .union(0, .null),
    ])
  }

  private static func text(_ generator: inout SeededGenerator) -> AvroValue {
    Bool.random(using: &generator)
      ? .union(0, .null)
      : .union(1, .string(String(repeating: "ü😀a", count: Int.random(in: 0..<9, using: &generator))))
  }

  private static func again(_ generator: inout SeededGenerator) -> AvroValue {
    switch generator.next() % 3 {
    case 0: .union(0, .null)
    case 1: .union(1, .enumeration(1))
    default: .union(2, .fixed(generator.bytes(4)))
    }
  }

  static func records(_ count: Int, seed: UInt64) -> [AvroValue] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in record(&generator) }
  }

  static func file(_ records: [AvroValue], codec: AvroCodec, blockBytes: Int = 1000) throws -> [UInt8] {
    var writer = try AvroFileWriter(
      schema: schema(), metadata: [("who", Array("us".utf8))], codec: codec, sync: sync, blockBytes: blockBytes)
    for record in records { try writer.append(record) }
    return try writer.finish()
  }
}
