import Avro
import JSON
import Testing

/// The code of Avro's articles.
@Suite struct AvroExamples {
  /// In place of the standard output.
  private func print(_ items: Any...) {}

  private func readings() throws -> [UInt8] {
    let sixteenRandomBytes = [UInt8](0..<16)
    let schema = try AvroSchema([
      "type": "record", "name": "reading",
      "fields": [
        ["name": "sensor", "type": "string"],
        ["name": "celsius", "type": ["null", "double"], "default": nil],
      ],
    ])
    var writer = try AvroFileWriter(schema: schema, codec: .deflate, sync: sixteenRandomBytes)
    try writer.append(.record([.string("attic"), .union(1, .double(21.5))]))
    try writer.append { encoder in
      encoder.write(string: "cellar")
      encoder.write(branch: 0)
    }
    let bytes = try writer.finish()
    return bytes
  }

  @Test func readingAnAvroFile() throws {
    let bytes = try readings()
    let file = try AvroFileReader(bytes)
    print(file.schema.json, file.codec)
    for record in try file.values() {
      guard case .record(let fields) = record else { continue }
      print(fields)
    }
    #expect(try file.values().count == 2)
  }

  @Test func decodingFieldByField() throws {
    let schema = try AvroSchema([
      "type": "record", "name": "r",
      "fields": [["name": "other", "type": "string"], ["name": "count", "type": "long"]],
    ])
    var writer = try AvroFileWriter(schema: schema, codec: .null, sync: [UInt8](0..<16))
    for count in 1...3 { try writer.append(.record([.string("x"), .long(Int64(count))])) }
    let file = try AvroFileReader(writer.finish())
    var total: Int64 = 0
    try file.forEachRecord { decoder in
      for field in decoder.schema[decoder.schema.root].fields {
        if field.name == "count" { total += try decoder.readLong() } else { try decoder.skip(field.type) }
      }
    }
    #expect(total == 6)
  }
}
