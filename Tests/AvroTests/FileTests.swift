import Avro
import Failures
import JSON
import Testing

struct FileTests {
  @Test(arguments: AvroCodec.allCases)
  func roundTrips(codec: AvroCodec) throws {
    let records = SampleFile.records(200, seed: 3)
    let reader = try AvroFileReader(SampleFile.file(records, codec: codec))
    #expect(reader.codec == codec)
    #expect(reader.metadataText("who") == "us")
    #expect(reader.metadata("none") == nil)
    #expect(reader.schema.json == (try SampleFile.schema().json))
    #expect(try reader.values() == records)
  }

  @Test(arguments: AvroCodec.allCases)
  func skipsWhatIsNotWanted(codec: AvroCodec) throws {
    let records = SampleFile.records(100, seed: 4)
    let reader = try AvroFileReader(SampleFile.file(records, codec: codec))
    let fields = reader.schema[reader.schema.root].fields
    var texts: [AvroValue] = []
    try reader.forEachRecord { decoder in
      for field in fields {
        if field.fieldID == 9 { texts.append(try decoder.readValue(field.type)) } else { try decoder.skip(field.type) }
      }
    }
    let expected = records.map { record in if case .record(let values) = record { values[7] } else { AvroValue.null } }
    #expect(texts == expected)
  }

  @Test
  func writesTheSameBytesTwice() throws {
    let records = SampleFile.records(50, seed: 5)
    #expect(try SampleFile.file(records, codec: .deflate) == SampleFile.file(records, codec: .deflate))
    #expect(try SampleFile.file([], codec: .null).suffix(16).elementsEqual(SampleFile.sync))
    #expect(try AvroFileReader(SampleFile.file([], codec: .null)).values().isEmpty)
  }

  @Test
  func encodesAsTheSpecificationShows() throws {
    // "Binary Encoding": longs 0 -1 1 -2 2 -64 64, "foo", an array of 3 and 27, a union of null and "a".
    let schema = try AvroSchema([
      "type": "record", "name": "r",
      "fields": [
        ["name": "l", "type": ["type": "array", "items": "long"]], ["name": "s", "type": "string"],
        ["name": "u", "type": ["null", "string"]],
      ],
    ])
    var writer = try AvroFileWriter(schema: schema, codec: .null, sync: SampleFile.sync)
    try writer.append(.record([.array([3, 27].map { .long($0) }), .string("foo"), .union(1, .string("a"))]))
    let file = try writer.finish()
    let data: [UInt8] = [0x04, 0x06, 0x36, 0x00, 0x06, 0x66, 0x6f, 0x6f, 0x02, 0x02, 0x61]
    #expect(file.dropLast(16).suffix(data.count + 2).elementsEqual([0x02, UInt8(data.count * 2)] + data))
  }

  static let wrongValues: [(AvroValue, AvroSchema?)] = [
    (.int(1), try? AvroSchema("long")), (.record([]), try? AvroSchema("null")),
    (.union(2, .null), try? AvroSchema(["null", "int"])),
    (.fixed([1]), try? AvroSchema(["type": "fixed", "name": "f", "size": 2])),
    (.enumeration(1), try? AvroSchema(["type": "enum", "name": "e", "symbols": ["a"]])),
    (.array([.null]), try? AvroSchema(["type": "array", "items": "int"])),
  ]

  @Test(arguments: wrongValues)
  func refusesValuesOfAnotherType(value: AvroValue, schema: AvroSchema?) throws {
    var writer = try AvroFileWriter(schema: #require(schema), sync: SampleFile.sync)
    do {
      try writer.append(value)
      Issue.record("was accepted")
    } catch let failure as Failure {
      #expect(failure.kind == .invalidArgument)
    }
    _ = try writer.finish()
  }

  @Test
  func refusesABadSyncMarker() throws {
    let schema = try AvroSchema("int")
    do {
      _ = try AvroFileWriter(schema: schema, sync: [1]).finish()
      Issue.record("was accepted")
    } catch let failure as Failure {
      #expect(failure.kind == .invalidArgument)
    }
    var file = try SampleFile.file(SampleFile.records(3, seed: 1), codec: .null)
    file[file.count - 1] ^= 1
    let reader = try AvroFileReader(file)
    let failure = #expect(throws: Failure.self) { try reader.values() }
    #expect(failure?.message.contains("sync marker") == true)
  }
}
