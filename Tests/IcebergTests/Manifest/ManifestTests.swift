import Avro
import Failures
import Iceberg
import JSON
import Testing

struct ManifestTests {
  static let mixed: [ManifestEntry] = [
    .added(ManifestSamples.file("a")), .added(ManifestSamples.file("b", partition: ManifestSamples.nulls, rows: 5)),
    ManifestEntry(
      status: .existing, snapshotID: 11, sequenceNumber: 3, fileSequenceNumber: 2,
      dataFile: ManifestSamples.file("c", rows: 7)),
    ManifestEntry(
      status: .deleted, snapshotID: 12, sequenceNumber: 1, fileSequenceNumber: 1,
      dataFile: ManifestSamples.file("d", rows: 9)),
  ]

  @Test
  func roundTripsBeforeTheCommit() throws {
    let (bytes, manifest) = try ManifestSamples.manifest(Self.mixed)
    #expect(try ManifestSamples.read(bytes, manifest) == Self.mixed)
    #expect(try ManifestReader(bytes).partitionSpec() == ManifestSamples.spec)
    #expect(try ManifestReader(bytes).schema() == ManifestSamples.schema())
    #expect(try ManifestReader(bytes).formatVersion == 2)
  }

  @Test
  func addedFilesInheritFromTheCommit() throws {
    let (bytes, manifest) = try ManifestSamples.manifest(Self.mixed)
    let entries = try ManifestSamples.read(bytes, manifest.assigned(snapshotID: 99, sequenceNumber: 8))
    #expect(entries.map(\.snapshotID) == [99, 99, 11, 12])
    #expect(entries.map(\.sequenceNumber) == [8, 8, 3, 1])
    #expect(entries.map(\.fileSequenceNumber) == [8, 8, 2, 1])
  }

  @Test
  func describesItself() throws {
    let (bytes, manifest) = try ManifestSamples.manifest(Self.mixed)
    #expect(manifest.length == Int64(bytes.count) && manifest.specID == 5 && manifest.content == .data)
    #expect(manifest.sequenceNumber == ManifestFile.unassigned && manifest.addedSnapshotID == ManifestFile.unassigned)
    #expect(manifest.minSequenceNumber == 3)
    #expect(manifest.addedFilesCount == 2 && manifest.existingFilesCount == 1 && manifest.deletedFilesCount == 1)
    #expect(manifest.addedRowsCount == 15 && manifest.existingRowsCount == 7 && manifest.deletedRowsCount == 9)
    let assigned = manifest.assigned(snapshotID: 99, sequenceNumber: 8)
    #expect(assigned.sequenceNumber == 8 && assigned.minSequenceNumber == 3 && assigned.addedSnapshotID == 99)
    let (_, inheriting) = try ManifestSamples.manifest([.added(ManifestSamples.file("a"))])
    #expect(inheriting.assigned(snapshotID: 99, sequenceNumber: 8).minSequenceNumber == 8)
    // A manifest that a commit has taken up keeps its numbers in every later list.
    #expect(assigned.assigned(snapshotID: 100, sequenceNumber: 9) == assigned)
  }

  @Test
  func tellsHowLongItIs() throws {
    var writer = try ManifestSamples.writer()
    let empty = writer.byteCount
    for number in 0..<2000 { try writer.append(.added(ManifestSamples.file("\(number)"))) }
    let full = writer.byteCount
    let (bytes, manifest) = try writer.finish(path: "m")
    #expect(empty > 4000 && full > empty && bytes.count <= full && bytes.count > full - 70_000)
    #expect(manifest.addedFilesCount == 2000)
    #expect(try ManifestSamples.read(bytes, manifest, metrics: .none).count == 2000)
  }

  @Test
  func summarizesPartitions() throws {
    let lower = ManifestSamples.file(
      "l", partition: PartitionValues(changing(10, to: .text("a"), 4, to: .double(-0.0))))
    let nan = ManifestSamples.file("n", partition: PartitionValues(changing(10, to: .text("z"), 4, to: .double(.nan))))
    let zero = ManifestSamples.file("z", partition: PartitionValues(changing(10, to: .text("y"), 4, to: .double(0))))
    let entries = [lower, nan, zero].map { ManifestEntry.added($0) }
    let summaries = try #require(try ManifestSamples.manifest(entries).manifest.partitions)
    #expect(summaries.count == 16)
    #expect(
      summaries[10] == FieldSummary(containsNull: false, lowerBound: Array("a".utf8), upperBound: Array("z".utf8)))
    #expect(summaries[4].containsNaN == true && summaries[3].containsNaN == false && summaries[2].containsNaN == nil)
    #expect(summaries[4].lowerBound == Literal.double(-0.0).singleValue)
    #expect(summaries[4].upperBound == Literal.double(0.0).singleValue)
    let nulls = try ManifestSamples.manifest([.added(ManifestSamples.file("n", partition: ManifestSamples.nulls))])
    #expect(nulls.manifest.partitions?[0] == FieldSummary(containsNull: true))
    #expect(nulls.manifest.partitions?[3] == FieldSummary(containsNull: true, containsNaN: false))
  }

  private func changing(_ first: Int, to value: Literal, _ second: Int, to other: Literal) -> [Literal?] {
    var values = ManifestSamples.partition.values
    values[first] = value
    values[second] = other
    return values
  }

  @Test
  func keepsOnlyTheMetricsAskedFor() throws {
    let (bytes, manifest) = try ManifestSamples.manifest(Self.mixed)
    let none = try ManifestSamples.read(bytes, manifest, metrics: .none)[0].dataFile
    #expect(none.valueCounts.isEmpty && none.lowerBounds.isEmpty && none.splitOffsets == [4, 1000])
    let some = try ManifestSamples.read(bytes, manifest, metrics: .fields([2]))[0].dataFile
    #expect(some.valueCounts == [2: 10] && some.nanValueCounts.isEmpty)
    #expect(some.upperBounds == [2: Literal.int(5).singleValue])
  }

  @Test
  func writesWhatReadersDemand() throws {
    let reader = try AvroFileReader(ManifestSamples.manifest(Self.mixed).bytes)
    #expect(reader.metadataText("schema") == (try ManifestSamples.schema().json.description))
    #expect(reader.metadataText("schema-id") == "3")
    #expect(try JSONValue.parse(reader.metadataText("partition-spec") ?? "").array?.count == 16)
    #expect(reader.metadataText("partition-spec-id") == "5")
    #expect(reader.metadataText("format-version") == "2" && reader.metadataText("content") == "data")
    #expect(reader.codec == .deflate)
    let root = reader.schema[reader.schema.root]
    #expect(root.name == "manifest_entry")
    #expect(root.fields.map(\.fieldID) == [0, 1, 3, 4, 2])
    let file = reader.schema[root.fields[4].type]
    #expect(file.name == "r2")
    #expect(
      file.fields.map(\.fieldID) == [
        134, 100, 101, 102, 103, 104, 108, 109, 110, 137, 125, 128, 131, 132, 135, 140, 143,
      ])
    let partition = reader.schema[file.fields[3].type]
    #expect(partition.name == "r102")
    #expect(partition.fields[0].name == "_1_x20_xE9_x2Dx")
    #expect(partition.fields[0].attributes["iceberg-field-name"] == "1 é-x")
    #expect(partition.fields[15].fieldID == 1100)
    for field in file.fields.dropFirst(6) + partition.fields {
      #expect(field.defaultValue == .some(.null))
      #expect(reader.schema.unwrappingOptional(field.type) != field.type)
    }
  }

  /// Names and ids inside, which old readers look for by name (specification, "Manifests" and "Avro": maps with integer keys).
  @Test
  func mapsAndListsAreShapedAsJavaShapesThem() throws {
    let schema = try AvroFileReader(ManifestSamples.manifest(Self.mixed).bytes).schema
    let file = schema[schema[schema.root].fields[4].type]
    for (field, key, value) in [
      (108, 117, 118), (109, 119, 120), (110, 121, 122), (137, 138, 139), (125, 126, 127), (128, 129, 130),
    ] as [(Int32, Int32, Int32)] {
      let found = try #require(file.fields.first { $0.fieldID == field })
      let array = schema[schema.unwrappingOptional(found.type)]
      guard case .array(let element) = array.kind else { Issue.record("\(field) is no array"); continue }
      #expect(array.logicalType == "map" && array.attributes["element-id"] == nil)
      #expect(schema[element].name == "k\(key)_v\(value)")
      #expect(schema[element].fields.map(\.name) == ["key", "value"])
      #expect(schema[element].fields.map(\.fieldID) == [key, value])
    }
    for (field, element) in [(132, 133), (135, 136)] as [(Int32, Int64)] {
      let found = try #require(file.fields.first { $0.fieldID == field })
      #expect(schema[schema.unwrappingOptional(found.type)].attributes["element-id"]?.int64 == element)
    }
    for field in file.fields.prefix(6) { #expect(schema.unwrappingOptional(field.type) == field.type, "required") }
    let list = try AvroFileReader(
      ManifestList.write([], snapshotID: 1, parentID: nil, sequenceNumber: 1, sync: ManifestSamples.sync)
    ).schema
    let summaries = try #require(list[list.root].fields.first { $0.fieldID == 507 })
    guard case .array(let summary) = list[list.unwrappingOptional(summaries.type)].kind else {
      Issue.record("partitions are no list")
      return
    }
    #expect(list[summary].name == "r508" && list[summary].fields.map(\.fieldID) == [509, 518, 510, 511])
  }

  /// Cut bounds of partitions made other engines skip files.
  @Test
  func partitionBoundsAreNotCut() throws {
    let long = String(repeating: "long text é ", count: 10)
    let file = ManifestSamples.file("l", partition: PartitionValues(changing(10, to: .text(long), 4, to: .double(1))))
    let summaries = try #require(try ManifestSamples.manifest([.added(file)]).manifest.partitions)
    #expect(summaries[10].lowerBound == Array(long.utf8) && summaries[10].upperBound == Array(long.utf8))
  }

  static let refused: [(String, ManifestEntry)] = [
    (
      "existing without numbers",
      ManifestEntry(
        status: .existing, snapshotID: 1, sequenceNumber: nil, fileSequenceNumber: nil,
        dataFile: ManifestSamples.file("a"))
    ),
    (
      "existing without snapshot",
      ManifestEntry(
        status: .existing, snapshotID: nil, sequenceNumber: 1, fileSequenceNumber: 1,
        dataFile: ManifestSamples.file("a"))
    ),
    (
      "deleted without numbers",
      ManifestEntry(
        status: .deleted, snapshotID: 1, sequenceNumber: 1, fileSequenceNumber: nil, dataFile: ManifestSamples.file("a")
      )
    ),
    (
      "added with a file number",
      ManifestEntry(
        status: .added, snapshotID: 1, sequenceNumber: 1, fileSequenceNumber: 1, dataFile: ManifestSamples.file("a"))
    ),
    ("partition too short", .added(ManifestSamples.file("a", partition: .empty))),
    (
      "partition of another type",
      .added(
        ManifestSamples.file(
          "a", partition: PartitionValues([.text("x")] + ManifestSamples.partition.values.dropFirst())))
    ),
    (
      "decimal too large",
      .added(
        ManifestSamples.file(
          "a", partition: PartitionValues(ManifestSamples.partition.values.prefix(14) + [.decimal(1 << 100), nil])))
    ),
    (
      "delete file",
      .added(
        DataFile(
          content: .positionDeletes, path: "x", partition: ManifestSamples.partition, recordCount: 1, fileSize: 1,
          specID: 5))
    ),
    (
      "another spec",
      .added(DataFile(path: "x", partition: ManifestSamples.partition, recordCount: 1, fileSize: 1, specID: 4))
    ),
  ]

  @Test(arguments: refused)
  func refusesEntriesThatManifestsMayNotHold(what: String, entry: ManifestEntry) throws {
    let failure = #expect(throws: Failure.self) { try ManifestSamples.manifest([entry]) }
    #expect(failure?.kind == .invalidArgument, "\(what)")
  }

  @Test
  func listsDeleteFiles() throws {
    var file = ManifestSamples.file("delete")
    file.content = .equalityDeletes
    file.equalityIDs = [1, 2]
    var positions = ManifestSamples.file("positions")
    positions.content = .positionDeletes
    positions.sortOrderID = nil
    positions.referencedDataFile = "s3://lake/t/data/a.parquet"
    positions.keyMetadata = [1]
    let entries = [ManifestEntry.added(file), .added(positions)]
    let (bytes, manifest) = try ManifestSamples.manifest(entries, content: .deletes)
    #expect(try ManifestSamples.read(bytes, manifest) == entries)
    #expect(manifest.content == .deletes)
    #expect(try AvroFileReader(bytes).metadataText("content") == "deletes")
  }

  @Test
  func writesUnpartitionedAndVoidedTables() throws {
    let schema = try ManifestSamples.schema()
    var writer = try ManifestWriter(
      schema: schema, spec: .unpartitioned, partitionTypes: [], sync: ManifestSamples.sync)
    let file = DataFile(path: "x", partition: .empty, recordCount: 1, fileSize: 1, specID: 0)
    try writer.append(.added(file))
    let (bytes, manifest) = try writer.finish(path: "m")
    #expect(manifest.partitions == [])
    let read = try ManifestReader.entries(bytes, of: manifest, spec: .unpartitioned, partitionTypes: [])
    #expect(read == [.added(file)])
    let void = PartitionSpec(fields: [PartitionField(sourceID: 77, fieldID: 1000, name: "gone", transform: .void)])
    _ = try ManifestWriter(schema: schema, spec: void, partitionTypes: [nil], sync: ManifestSamples.sync).finish(
      path: "m")
    let unknown = PartitionSpec(
      fields: [PartitionField(sourceID: 1, fieldID: 1000, name: "z", transform: .unknown("zorder"))])
    #expect(throws: Failure.self) {
      _ = try ManifestWriter(schema: schema, spec: unknown, partitionTypes: [nil], sync: ManifestSamples.sync)
        .finish(path: "m")
    }
  }
}
