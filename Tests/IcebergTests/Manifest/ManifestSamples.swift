import Iceberg

/// A table partitioned by every kind of type, and manifest entries of it.
enum ManifestSamples {
  /// Random numbers that are the same at every run (SplitMix64).
  struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  static let sync = [UInt8](repeating: 7, count: 16)

  static let types: [PrimitiveType] = [
    .boolean, .int, .long, .float, .double, .decimal(precision: 9, scale: 2), .date, .time, .timestamp, .timestamptz,
    .string, .uuid, .fixed(3), .binary, .decimal(precision: 9, scale: 2),
  ]

  static func schema() throws -> Schema {
    let columns = types.enumerated().map { position, type in
      NestedField(id: Int32(position + 1), name: "c\(position + 1)", type: .primitive(type))
    }
    return try Schema(id: 3, fields: columns + [NestedField(id: 100, name: "ts", type: .timestamptz)])
  }

  /// Every column by identity, then a day; two fields share a named Avro type, one name is no Avro name.
  static let spec = PartitionSpec(
    id: 5,
    fields: types.indices.map { position in
      PartitionField(
        sourceID: Int32(position + 1), fieldID: Int32(1000 + position), name: position == 0 ? "1 é-x" : "p\(position)",
        transform: .identity)
    } + [PartitionField(sourceID: 100, fieldID: 1100, name: "ts_day", transform: .day)])

  static let partitionTypes: [PrimitiveType] = types + [.date]

  static let partition = PartitionValues([
    .boolean(true), .int(-7), .long(1 << 40), .float(1.5), .double(-2.5), .decimal(-1420), .date(19_000),
    .time(3_600_000_000), .timestamp(-1), .timestamptz(1_700_000_000_000_000), .text("né"),
    .uuid(0xf79c_3e09_677c_4bbd_a479_3f34_9cb7_85e7), .fixed([1, 2, 3]), .binary([0, 0xff]), .decimal(5), .date(19_675),
  ])

  static let nulls = PartitionValues([Literal?](repeating: nil, count: partitionTypes.count))

  static func file(_ name: String, partition: PartitionValues = partition, rows: Int64 = 10) -> DataFile {
    var file = DataFile(
      path: "s3://lake/t/data/\(name).parquet", partition: partition, recordCount: rows, fileSize: 1234, specID: spec.id
    )
    file.columnSizes = [1: 100, 2: 200]
    file.valueCounts = [1: rows, 2: rows, 100: rows]
    file.nullValueCounts = [1: 0, 2: 3]
    file.nanValueCounts = [4: 1]
    file.lowerBounds = [2: Literal.int(-5).singleValue, 11: Array("a".utf8)]
    file.upperBounds = [2: Literal.int(5).singleValue, 11: Array("zé".utf8)]
    file.splitOffsets = [4, 1000]
    file.sortOrderID = 0
    return file
  }

  static func writer(content: ManifestFile.Content = .data) throws -> ManifestWriter {
    try ManifestWriter(
      schema: schema(), spec: spec, partitionTypes: partitionTypes, content: content, sync: sync)
  }

  /// A manifest at `path` of these entries.
  static func manifest(
    _ entries: [ManifestEntry], path: String = "s3://lake/t/metadata/m0.avro", content: ManifestFile.Content = .data
  ) throws -> (bytes: [UInt8], manifest: ManifestFile) {
    var writer = try writer(content: content)
    for entry in entries { try writer.append(entry) }
    return try writer.finish(path: path)
  }

  static func read(_ bytes: [UInt8], _ manifest: ManifestFile, metrics: ManifestMetrics = .all) throws
    -> [ManifestEntry]
  {
    try ManifestReader.entries(bytes, of: manifest, spec: spec, partitionTypes: partitionTypes, metrics: metrics)
  }
}
