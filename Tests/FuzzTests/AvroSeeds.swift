import FuzzTargets
import Avro

/// An Avro file of every kind of type for each codec.
enum AvroSeeds {
  private static let schema = #"""
    {"type":"record","name":"ns.All","fields":[
      {"name":"nothing","type":"null"},{"name":"flag","type":"boolean","field-id":1},
      {"name":"small","type":"int"},{"name":"large","type":{"type":"long","logicalType":"timestamp-micros"}},
      {"name":"single","type":"float"},{"name":"twice","type":"double"},{"name":"raw","type":"bytes"},
      {"name":"text","type":["null","string"],"default":null},
      {"name":"colour","type":{"type":"enum","name":"Colour","symbols":["red","green"]}},
      {"name":"hash","type":{"type":"fixed","name":"Hash","size":4}},
      {"name":"numbers","type":{"type":"array","items":"long"}},
      {"name":"table","type":{"type":"map","values":{"type":"array","items":"string"}}},
      {"name":"chain","type":["null","All"]}]}
    """#

  static func files() throws -> [Seed] {
    try AvroCodec.allCases.map { codec in
      var writer = try AvroFileWriter(
        schema: AvroSchema(parsing: Array(schema.utf8)), codec: codec, sync: [UInt8](0..<16), blockBytes: 100)
      for number in 0..<3 { try writer.append(record(number)) }
      return Seed(.avro, codec.rawValue, try writer.finish())
    }
  }

  private static func record(_ number: Int) -> AvroValue {
    .record([
      .null, .boolean(number == 1), .int(Int32(number) - 1), .long(Int64(number) << 40), .float(0.5), .double(-2.25),
      .bytes([UInt8](0..<UInt8(number + 1))), number == 0 ? .union(0, .null) : .union(1, .string("é\(number)")),
      .enumeration(number % 2), .fixed([1, 2, 3, 4]), .array((0..<number).map { .long(Int64($0)) }),
      .map([.init(key: "k", value: .array([.string("v")]))]),
      number == 2 ? .union(1, record(0)) : .union(0, .null),
    ])
  }
}
