import Avro
import Failures
import Iceberg
import JSON
import Testing

/// Manifests are untrusted: damage gives a failure or entries, never a trap.
struct HostileManifestTests {
  @Test
  func survivesTruncationAndFlipsOfManifests() throws {
    var writer = try ManifestWriter(
      schema: ManifestSamples.schema(), spec: ManifestSamples.spec, partitionTypes: ManifestSamples.partitionTypes,
      sync: ManifestSamples.sync, codec: .null)
    for entry in ManifestTests.mixed { try writer.append(entry) }
    let (bytes, manifest) = try writer.finish(path: "m")
    try survive(bytes) {
      let reader = try ManifestReader($0)
      _ = try reader.entries(
        inheriting: manifest, spec: ManifestSamples.spec, partitionTypes: ManifestSamples.partitionTypes)
      _ = try reader.partitionSpec()
      _ = try reader.schema()
    }
  }

  @Test
  func survivesTruncationAndFlipsOfManifestLists() throws {
    let bytes = try ManifestList.write(
      ManifestListTests.manifests, snapshotID: 99, parentID: 1, sequenceNumber: 8, sync: ManifestSamples.sync,
      codec: .null)
    try survive(bytes) { _ = try ManifestList.read($0) }
  }

  private func survive(_ bytes: [UInt8], _ read: ([UInt8]) throws -> Void) throws {
    try read(bytes)
    // The long schema in the header is JSON, which has tests of its own: every 41st byte of it, and all that follows.
    let data = try #require(bytes.indices.dropFirst().first { bytes[$0...].starts(with: ManifestSamples.sync) })
    for index in bytes.indices where index >= data || index % 41 == 0 {
      var flipped = bytes
      flipped[index] ^= 1 << UInt8(index % 8)
      for damaged in [Array(bytes[..<index]), flipped] {
        do {
          try read(damaged)
        } catch let failure as Failure {
          #expect(failure.kind != .internalError, "\(failure)")
        }
      }
    }
  }

  /// An entry schema in which `change` has replaced some text.
  private func manifest(replacing text: String, with other: String) throws -> [UInt8] {
    let file = try AvroFileReader(ManifestSamples.manifest([]).bytes)
    let json = file.schema.json.description
    #expect(json.contains(text))
    let schema = try AvroSchema(parsing: Array(json.replacing(text, with: other).utf8))
    return try AvroFileWriter(schema: schema, sync: ManifestSamples.sync).finish()
  }

  static let changes: [(text: String, other: String, message: String)] = [
    (#""field-id":100}"#, #""field-id":999}"#, "no field 100"), (#""field-id":2}"#, #""field-id":99}"#, "no field 2"),
    (#""status","type":"int""#, #""status","type":"string""#, "status is not an integer"),
    (#""record_count","type":"long""#, #""record_count","type":"double""#, "record_count is not an integer"),
    (#""name":"value","type":"bytes""#, #""name":"value","type":"string""#, "not bytes"),
    (#""items":"long""#, #""items":["null","long"]"#, "optional elements"),
    (#""name":"key","type":"int""#, #""name":"key","type":"string""#, "no int key"),
  ]

  @Test(arguments: changes)
  func refusesManifestsOfAnotherShape(text: String, other: String, message: String) throws {
    let bytes = try manifest(replacing: text, with: other)
    let manifest = ManifestFile(path: "the-path", length: 0, specID: 5)
    let failure = #expect(throws: Failure.self) { try ManifestSamples.read(bytes, manifest) }
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains(message) == true, "\(failure?.description ?? "")")
    #expect(failure?.description.contains("the-path") == true)
  }

  @Test
  func refusesLaterFormatVersions() throws {
    let file = try AvroFileReader(ManifestSamples.manifest([]).bytes)
    let writer = try AvroFileWriter(
      schema: file.schema, metadata: [(key: "format-version", value: Array("3".utf8))], sync: ManifestSamples.sync)
    let bytes = try writer.finish()
    let failure = #expect(throws: Failure.self) { try ManifestReader(bytes) }
    #expect(failure?.kind == .unsupported)
  }

  @Test
  func refusesExistingEntriesWithoutNumbers() throws {
    // Written without the writer's checks: an existing entry whose numbers would have to be made up.
    let schema = try AvroSchema([
      "type": "record", "name": "manifest_entry",
      "fields": [
        ["name": "status", "type": "int", "field-id": 0],
        ["name": "sequence_number", "type": ["null", "long"], "field-id": 3],
        [
          "name": "data_file", "field-id": 2,
          "type": [
            "type": "record", "name": "r2",
            "fields": [
              ["name": "file_path", "type": "string", "field-id": 100],
              ["name": "file_format", "type": "string", "field-id": 101],
              ["name": "partition", "type": ["type": "record", "name": "r102", "fields": []], "field-id": 102],
              ["name": "record_count", "type": "long", "field-id": 103],
              ["name": "file_size_in_bytes", "type": "long", "field-id": 104],
            ],
          ],
        ],
      ],
    ])
    let file = AvroValue.record([.string("x"), .string("parquet"), .record([]), .long(1), .long(2)])
    var writer = try AvroFileWriter(schema: schema, sync: ManifestSamples.sync)
    try writer.append(.record([.int(0), .union(0, .null), file]))
    let bytes = try writer.finish()
    func read(_ manifest: ManifestFile) throws -> [ManifestEntry] {
      try ManifestReader.entries(bytes, of: manifest, spec: .unpartitioned, partitionTypes: [])
    }
    let failure = #expect(throws: Failure.self) {
      try read(ManifestFile(path: "m", length: 1, specID: 0, sequenceNumber: 5, addedSnapshotID: 1))
    }
    #expect(failure?.message.contains("no sequence number") == true)
    // A table that had no sequence numbers then: 0.
    let old = try read(ManifestFile(path: "m", length: 1, specID: 0, sequenceNumber: 0, addedSnapshotID: 1))
    #expect(old[0].sequenceNumber == 0 && old[0].fileSequenceNumber == 0 && old[0].snapshotID == 1)
    #expect(old[0].dataFile.format == .parquet && old[0].dataFile.content == .data)
  }
}
