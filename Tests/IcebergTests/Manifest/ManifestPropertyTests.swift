import Avro
import Iceberg
import Testing

/// Random tables and files, written and read again.
struct ManifestPropertyTests {
  private typealias Generator = ManifestSamples.Generator

  private static func bytes(_ generator: inout Generator, _ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  private static func literal(_ type: PrimitiveType, _ generator: inout Generator) -> Literal? {
    if generator.next() % 4 == 0 { return nil }
    let bits = Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator)
    let short = Int32(truncatingIfNeeded: bits)
    return switch type {
    case .boolean: .boolean(bits & 1 == 0)
    case .int: .int(short)
    case .long: .long(bits)
    case .float: .float(Float(short) / 8)
    case .double: .double(Double(bits) / 8)
    case .decimal: .decimal(Int128(bits % 1_000_000_000))
    case .date: .date(short)
    case .time: .time(bits)
    case .timestamp: .timestamp(bits)
    case .timestamptz: .timestamptz(bits)
    case .string: .text(String(repeating: "é\u{10ffff}\0", count: Int(generator.next() % 5)))
    case .uuid: .uuid(UInt128(generator.next()) << 64 | UInt128(generator.next()))
    case .fixed(let length): .fixed(bytes(&generator, length))
    case .binary: .binary(bytes(&generator, Int(generator.next() % 9)))
    }
  }

  private static func counts(_ generator: inout Generator) -> [Int32: Int64] {
    let pairs = (0..<generator.next() % 5).map { _ in (Int32(generator.next() % 1000), Int64(generator.next() >> 1)) }
    return Dictionary(pairs) { first, _ in first }
  }

  private static func bounds(_ generator: inout Generator) -> [Int32: [UInt8]] {
    var result: [Int32: [UInt8]] = [:]
    for _ in 0..<generator.next() % 5 {
      result[Int32(generator.next() % 1000)] = bytes(&generator, Int(generator.next() % 20))
    }
    return result
  }

  private static func file(
    _ spec: PartitionSpec, _ types: [PrimitiveType], _ content: DataFile.Content, _ generator: inout Generator
  ) -> DataFile {
    var file = DataFile(
      content: content, path: "s3://b/é/\(generator.next())",
      format: [.parquet, .avro, .orc, .other("PUFFIN")][Int(generator.next() % 4)],
      partition: PartitionValues(types.map { literal($0, &generator) }), recordCount: Int64(generator.next() >> 20),
      fileSize: Int64(generator.next() >> 1), specID: spec.id)
    file.columnSizes = counts(&generator)
    file.valueCounts = counts(&generator)
    file.nullValueCounts = counts(&generator)
    file.nanValueCounts = counts(&generator)
    file.lowerBounds = bounds(&generator)
    file.upperBounds = bounds(&generator)
    if Bool.random(using: &generator) { file.keyMetadata = bytes(&generator, 3) }
    if Bool.random(using: &generator) { file.splitOffsets = (0..<Int64(generator.next() % 4)).map { $0 << 33 } }
    if content == .equalityDeletes { file.equalityIDs = [1, 2, 3] }
    if Bool.random(using: &generator) { file.sortOrderID = Int32(generator.next() % 3) }
    if content == .positionDeletes { file.referencedDataFile = "s3://b/data" }
    return file
  }

  private static func entry(_ file: DataFile, _ generator: inout Generator) -> ManifestEntry {
    let number = Int64(generator.next() % 100)
    return switch generator.next() % 4 {
    case 0: .added(file)
    case 1:
      ManifestEntry(status: .added, snapshotID: 5, sequenceNumber: number, fileSequenceNumber: nil, dataFile: file)
    case 2:
      ManifestEntry(status: .existing, snapshotID: 4, sequenceNumber: number, fileSequenceNumber: 1, dataFile: file)
    default:
      ManifestEntry(status: .deleted, snapshotID: nil, sequenceNumber: number, fileSequenceNumber: 2, dataFile: file)
    }
  }

  @Test(arguments: AvroCodec.allCases)
  func roundTrips(codec: AvroCodec) throws {
    var generator = Generator(seed: 21)
    let schema = try ManifestSamples.schema()
    for round in 0..<40 {
      let types = ManifestSamples.types.filter { _ in Bool.random(using: &generator) }.shuffled(using: &generator)
      let spec = PartitionSpec(
        id: Int32(round),
        fields: types.indices.map {
          PartitionField(sourceID: 1, fieldID: Int32(1000 + 3 * $0), name: "p\($0)", transform: .identity)
        })
      let isDeletes = round % 3 == 2
      let content: [DataFile.Content] = isDeletes ? [.positionDeletes, .equalityDeletes] : [.data]
      let entries = (0..<generator.next() % 12).map { number in
        Self.entry(Self.file(spec, types, content[Int(number) % content.count], &generator), &generator)
      }
      var writer = try ManifestWriter(
        schema: schema, spec: spec, partitionTypes: types, content: isDeletes ? .deletes : .data,
        sync: ManifestSamples.sync, codec: codec)
      for entry in entries { try writer.append(entry) }
      let (bytes, manifest) = try writer.finish(path: "m")
      #expect(try ManifestReader.entries(bytes, of: manifest, spec: spec, partitionTypes: types) == entries)
      let live = entries.filter(\.isLive).compactMap(\.sequenceNumber).min()
      #expect(manifest.minSequenceNumber == live ?? ManifestFile.unassigned)
      #expect(manifest.deletedFilesCount == entries.count { $0.status == .deleted })
      try checkSummaries(manifest, entries)
    }
  }

  /// Every value lies inside the bounds of its field's summary.
  private func checkSummaries(_ manifest: ManifestFile, _ entries: [ManifestEntry]) throws {
    let summaries = try #require(manifest.partitions)
    for values in entries.map(\.dataFile.partition.values) {
      #expect(values.count == summaries.count)
      for (value, summary) in zip(values, summaries) {
        guard let value else {
          #expect(summary.containsNull)
          continue
        }
        let type = try #require(Self.type(of: value))
        let lower = try Literal(singleValue: try #require(summary.lowerBound), type: type)
        let upper = try Literal(singleValue: try #require(summary.upperBound), type: type)
        #expect(value.isLess(than: lower) == false && upper.isLess(than: value) == false)
      }
    }
  }

  private static func type(of value: Literal) -> PrimitiveType? {
    ManifestSamples.types.first { value.converted(to: $0) == value && value.singleValue.isEmpty == false }
      ?? ManifestSamples.types.first { value.converted(to: $0) == value }
  }

  @Test
  func listsRoundTrip() throws {
    var generator = Generator(seed: 22)
    for _ in 0..<100 {
      let manifests = (0..<generator.next() % 8).map { number in
        ManifestFile(
          path: "s3://b/\(number)", length: Int64(generator.next() >> 1), specID: Int32(generator.next() % 9),
          content: generator.next() % 2 == 0 ? .data : .deletes, sequenceNumber: Int64(generator.next() % 5),
          minSequenceNumber: 0, addedSnapshotID: Int64(generator.next() >> 1),
          addedFilesCount: Int(generator.next() >> 40),
          existingFilesCount: Int(generator.next() >> 40), deletedFilesCount: 0,
          addedRowsCount: Int64(generator.next() >> 1),
          existingRowsCount: 7, deletedRowsCount: 0,
          partitions: (0..<generator.next() % 3).map { _ in
            FieldSummary(
              containsNull: Bool.random(using: &generator),
              containsNaN: [nil, true, false].randomElement(using: &generator) ?? nil,
              lowerBound: Bool.random(using: &generator) ? nil : Self.bytes(&generator, 4),
              upperBound: Bool.random(using: &generator) ? nil : Self.bytes(&generator, 4))
          })
      }
      let bytes = try ManifestList.write(
        manifests, snapshotID: 1, parentID: nil, sequenceNumber: 9, sync: ManifestSamples.sync,
        codec: AvroCodec.allCases.randomElement(using: &generator) ?? .null)
      #expect(try ManifestList.read(bytes) == manifests)
    }
  }
}
