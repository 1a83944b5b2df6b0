import Avro
import Failures
import Iceberg
import JSON
import Testing

struct ManifestListTests {
  static let manifests: [ManifestFile] = [
    ManifestFile(
      path: "s3://lake/t/metadata/m0.avro", length: 4567, specID: 5, addedFilesCount: 2, existingFilesCount: 1,
      deletedFilesCount: 0, addedRowsCount: 20, existingRowsCount: 5, deletedRowsCount: 0,
      partitions: [
        FieldSummary(containsNull: true),
        FieldSummary(containsNull: false, containsNaN: true, lowerBound: [1], upperBound: []),
      ]),
    ManifestFile(
      path: "s3://lake/t/metadata/m1.avro", length: 1, specID: 0, content: .deletes, sequenceNumber: 4,
      minSequenceNumber: 0, addedSnapshotID: 17, partitions: nil, keyMetadata: [9, 9]),
  ]

  @Test
  func roundTrips() throws {
    let bytes = try ManifestList.write(
      Self.manifests, snapshotID: 99, parentID: 17, sequenceNumber: 8, sync: ManifestSamples.sync)
    let read = try ManifestList.read(bytes)
    #expect(read == Self.manifests.map { $0.assigned(snapshotID: 99, sequenceNumber: 8) })
    #expect(read[0].sequenceNumber == 8 && read[0].minSequenceNumber == 8 && read[0].addedSnapshotID == 99)
    #expect(read[1].sequenceNumber == 4 && read[1].minSequenceNumber == 0 && read[1].addedSnapshotID == 17)
    #expect(
      try ManifestList.read(
        ManifestList.write([], snapshotID: 1, parentID: nil, sequenceNumber: 1, sync: ManifestSamples.sync)) == [])
  }

  @Test
  func writesWhatReadersDemand() throws {
    let first = try AvroFileReader(
      ManifestList.write(Self.manifests, snapshotID: 99, parentID: nil, sequenceNumber: 8, sync: ManifestSamples.sync))
    #expect(first.metadataText("snapshot-id") == "99" && first.metadataText("parent-snapshot-id") == "null")
    #expect(first.metadataText("sequence-number") == "8" && first.metadataText("format-version") == "2")
    let root = first.schema[first.schema.root]
    #expect(root.name == "manifest_file")
    #expect(
      root.fields.map(\.fieldID) == [500, 501, 502, 517, 515, 516, 503, 504, 505, 506, 512, 513, 514, 507, 519])
    #expect(root.fields.contains { $0.name == "added_files_count" })
    let second = try AvroFileReader(
      ManifestList.write([], snapshotID: 99, parentID: 98, sequenceNumber: 8, sync: ManifestSamples.sync))
    #expect(second.metadataText("parent-snapshot-id") == "98")
  }

  @Test
  func refusesManifestsWithoutCounts() {
    let old = ManifestFile(path: "m", length: 1, specID: 0, addedFilesCount: nil)
    let failure = #expect(throws: Failure.self) {
      try ManifestList.write([old], snapshotID: 1, parentID: nil, sequenceNumber: 1, sync: ManifestSamples.sync)
    }
    #expect(failure?.kind == .unsupported)
  }

  @Test
  func readsVersion1AndForeignLayouts() throws {
    // Other names and order, a field that nobody knows, counts that are missing.
    let schema = try AvroSchema([
      "type": "record", "name": "whatever",
      "fields": [
        ["name": "strange", "type": ["type": "map", "values": "double"], "field-id": 9000],
        ["name": "added_snapshot", "type": ["null", "long"], "field-id": 503],
        ["name": "spec", "type": "int", "field-id": 502],
        ["name": "no_id", "type": "string"],
        ["name": "length", "type": "long", "field-id": 501],
        ["name": "added_data_files_count", "type": ["int", "null"], "field-id": 504],
        ["name": "where", "type": "string", "field-id": 500],
      ],
    ])
    var writer = try AvroFileWriter(schema: schema, sync: ManifestSamples.sync)
    try writer.append(
      .record([
        .map([.init(key: "k", value: .double(1))]), .union(1, .long(5)), .int(3), .string("x"), .long(77),
        .union(0, .int(6)), .string("file:/m.avro"),
      ]))
    let manifest = try #require(try ManifestList.read(writer.finish()).first)
    #expect(manifest.path == "file:/m.avro" && manifest.length == 77 && manifest.specID == 3)
    #expect(manifest.addedSnapshotID == 5 && manifest.addedFilesCount == 6 && manifest.existingFilesCount == nil)
    #expect(manifest.sequenceNumber == 0 && manifest.minSequenceNumber == 0 && manifest.content == .data)
    #expect(manifest.mayHaveLiveFiles && manifest.partitions == nil)
  }
}
