import Avro
import Failures
import JSON
import Testing

struct HeaderTests {
  private typealias Bytes = [UInt8]

  /// A file without blocks whose metadata is written as these blocks of entries.
  private static func file(_ blocks: [(count: Int64, length: Int64?, entries: [(String, String)])]) -> [UInt8] {
    var bytes: [UInt8] = [0x4f, 0x62, 0x6a, 1]
    for block in blocks {
      bytes += HostileFileTests.zigzag(block.count)
      if let length = block.length { bytes += HostileFileTests.zigzag(length) }
      for entry in block.entries { bytes += HostileFileTests.text(entry.0) + HostileFileTests.text(entry.1) }
    }
    return bytes + [0] + SampleFile.sync
  }

  @Test
  func readsMetadataInSeveralBlocks() throws {
    let reader = try AvroFileReader(
      Self.file([(1, nil, [("a", "1")]), (-2, 40, [("avro.schema", "\"int\""), ("b", "2")]), (1, nil, [("a", "3")])]))
    #expect(reader.codec == .null)
    #expect(reader.metadata.map(\.key) == ["a", "avro.schema", "b", "a"])
    #expect(reader.metadataText("a") == "3" && reader.metadataText("b") == "2")
    #expect(try reader.values().isEmpty)
  }

  @Test
  func refusesHeadersWithoutSchema() {
    let failure = #expect(throws: Failure.self) { try AvroFileReader(Self.file([(1, nil, [("avro.codec", "null")])])) }
    #expect(failure?.message == "Avro header without avro.schema")
    let codec = #expect(throws: Failure.self) {
      try AvroFileReader(Self.file([(2, nil, [("avro.schema", "\"int\""), ("avro.codec", "bzip2")])]))
    }
    #expect(codec?.kind == .unsupported && codec?.message.contains("bzip2") == true)
  }

  @Test
  func limitsHeaders() throws {
    let file = Self.file([(2, nil, [("avro.schema", "\"int\""), ("x", "y")])])
    #expect(throws: Never.self) { try AvroFileReader(file, limits: AvroLimits(schemaBytes: 5, metadataEntries: 2)) }
    for limits in [AvroLimits(schemaBytes: 4), AvroLimits(metadataEntries: 1)] {
      let failure = #expect(throws: Failure.self) { try AvroFileReader(file, limits: limits) }
      #expect(failure?.kind == .limitExceeded)
    }
    for count in [Int64.min, .max, 1 << 40] {
      #expect(throws: Failure.self) { try AvroFileReader(Self.file([(count, count < 0 ? 1 : nil, [])])) }
    }
  }

  @Test
  func keepsMetadataThatIsNoText() throws {
    let writer = try AvroFileWriter(
      schema: AvroSchema("int"), metadata: [(key: "raw", value: [0xff, 0])], codec: .null, sync: SampleFile.sync)
    let reader = try AvroFileReader(writer.finish())
    #expect(reader.metadata("raw") == [0xff, 0])
    #expect(reader.metadataText("raw") == nil)
    #expect(reader.metadata.map(\.key) == ["avro.schema", "avro.codec", "raw"])
  }

  @Test
  func splitsBlocksBySize() throws {
    let schema = try AvroSchema("bytes")
    var files: [[UInt8]] = []
    for blockBytes in [1, 100, 1 << 20] {
      var writer = try AvroFileWriter(schema: schema, codec: .null, sync: SampleFile.sync, blockBytes: blockBytes)
      for byte in 0..<UInt8(100) { try writer.append { $0.write(bytes: [byte]) } }
      #expect(writer.byteCount >= 200)
      files.append(try writer.finish())
    }
    let blocks = files.map { file in
      file.indices.count { file[$0...].starts(with: SampleFile.sync) } - 1
    }
    #expect(blocks == [100, 2, 1])
    for file in files {
      #expect(try AvroFileReader(file).values() == (0..<UInt8(100)).map { .bytes([$0]) })
    }
  }
}
