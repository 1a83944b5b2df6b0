import Avro
import Failures
import Iceberg
import JSON
import Testing

struct ForeignManifestTests {
  private static let manifest = ManifestFile(path: "m", length: 1, specID: 0, sequenceNumber: 6, addedSnapshotID: 9)

  private static func spec(_ ids: [Int32]) -> PartitionSpec {
    PartitionSpec(fields: ids.map { PartitionField(sourceID: $0, fieldID: $0, name: "f\($0)", transform: .identity) })
  }

  private static func partition(
    _ fields: [ForeignManifest.Field], _ ids: [Int32], _ types: [PrimitiveType?]
  ) throws -> [Literal?] {
    let entries = try ManifestReader.entries(
      ForeignManifest.bytes(fields), of: manifest, spec: spec(ids), partitionTypes: types)
    return try #require(entries.first).dataFile.partition.values
  }

  @Test
  func findsFieldsByIDInAnyOrder() throws {
    let entries = try ManifestReader.entries(
      ForeignManifest.bytes([]), of: Self.manifest, spec: .unpartitioned, partitionTypes: [])
    let entry = try #require(entries.first)
    #expect(entries.count == 1 && entry.status == .added)
    #expect(entry.snapshotID == 55 && entry.sequenceNumber == 6 && entry.fileSequenceNumber == 6)
    #expect(entry.dataFile.path == "s3://b/x.orc" && entry.dataFile.format == .orc)
    #expect(entry.dataFile.recordCount == 3 && entry.dataFile.fileSize == 7 && entry.dataFile.content == .data)
    #expect(entry.dataFile.valueCounts.isEmpty && entry.dataFile.sortOrderID == nil)
  }

  @Test
  func findsPartitionFieldsByID() throws {
    let fields = [
      ForeignManifest.Field(id: 1002, type: "int", value: .int(2)),
      ForeignManifest.Field(id: 1555, type: ["type": "map", "values": "int"], value: .map([])),
      ForeignManifest.Field(id: 1000, type: ["null", "string"], value: .union(1, .string("a"))),
    ]
    // In the spec's order; 1001 is not in the file, 1555 not in the spec.
    let values = try Self.partition(fields, [1000, 1001, 1002], [.string, .long, .int])
    #expect(values == [.text("a"), nil, .int(2)])
  }

  static let values: [(type: JSONValue, value: AvroValue, wanted: PrimitiveType?, expected: Literal)] = [
    // As the table has it since: widened, or the date that some wrote as plain int.
    ("int", .int(5), .long, .long(5)), ("float", .float(0.5), .double, .double(0.5)),
    ("int", .int(19_675), .date, .date(19_675)),
    ("long", .long(7), .int, .int(7)), ("long", .long(9), .timestamptz, .timestamptz(9)),
    ("bytes", .bytes([0x61]), .string, .text("a")), ("string", .string("a"), .binary, .binary([0x61])),
    (["type": "long", "logicalType": "timestamp-millis"], .long(-3), .timestamptz, .timestamptz(-3000)),
    (["type": "long", "logicalType": "timestamp-micros"], .long(-3), .timestamptz, .timestamptz(-3)),
    (
      ["type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2], .bytes([0xff]),
      .decimal(precision: 9, scale: 2), .decimal(-1)
    ),
    (
      ["type": "fixed", "name": "d", "size": 4], .fixed([0, 0, 1, 0]), .decimal(precision: 9, scale: 2), .decimal(256)
    ),
    (["type": "fixed", "name": "u", "size": 16], .fixed([UInt8](repeating: 0, count: 15) + [1]), .uuid, .uuid(1)),
    // As the file says, where the table does not know the type.
    (["type": "int", "logicalType": "date"], .int(1), nil, .date(1)), ("int", .int(1), nil, .int(1)),
    (["type": "long", "logicalType": "time-micros"], .long(1), nil, .time(1)),
    (["type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": true], .long(1), nil, .timestamptz(1)),
    (["type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": false], .long(1), nil, .timestamp(1)),
    (["type": "long", "logicalType": "local-timestamp-micros"], .long(1), nil, .timestamp(1)),
    (
      ["type": "fixed", "name": "u", "size": 16, "logicalType": "uuid"], .fixed([UInt8](repeating: 0, count: 15) + [1]),
      nil, .uuid(1)
    ),
    (["type": "fixed", "name": "f", "size": 1], .fixed([1]), nil, .fixed([1])),
    ("boolean", .boolean(true), nil, .boolean(true)),
  ]

  @Test(arguments: values)
  func readsPartitionValuesOfOtherTypes(type: JSONValue, value: AvroValue, wanted: PrimitiveType?, expected: Literal)
    throws
  {
    let field = ForeignManifest.Field(id: 1000, type: type, value: value)
    #expect(try Self.partition([field], [1000], [wanted]) == [expected])
  }

  static let misfits: [(type: JSONValue, value: AvroValue, wanted: PrimitiveType?)] = [
    ("long", .long(1 << 40), .int), ("long", .long(1 << 40), .date), ("string", .string("a"), .long),
    ("boolean", .boolean(true), .int),
    ("int", .int(1), .string), ("double", .double(0.1), .float), ("bytes", .bytes([1, 2]), .uuid),
    ("bytes", .bytes([]), .decimal(precision: 9, scale: 2)),
    (["type": "fixed", "name": "f", "size": 1], .fixed([1]), .fixed(2)),
    (["type": "array", "items": "int"], .array([]), .int),
    (["type": "long", "logicalType": "timestamp-millis"], .long(.max), .timestamptz),
    (["type": "map", "values": "int"], .map([]), nil),
  ]

  @Test(arguments: misfits)
  func refusesPartitionValuesThatDoNotFit(type: JSONValue, value: AvroValue, wanted: PrimitiveType?) throws {
    let field = ForeignManifest.Field(id: 1000, type: type, value: value)
    let failure = #expect(throws: Failure.self) { try Self.partition([field], [1000], [wanted]) }
    #expect(failure?.kind == .malformedInput)
  }

  @Test
  func readsHeadersOfOtherWriters() throws {
    func reader(_ metadata: [(String, String)]) throws -> ManifestReader {
      try ManifestReader(ForeignManifest.bytes([], metadata: metadata.map { (key: $0.0, value: Array($0.1.utf8)) }))
    }
    let fields = #"[{"name":"d","transform":"day","source-id":3,"field-id":1000}]"#
    #expect(try reader([("partition-spec", fields)]).partitionSpec().id == 0)
    #expect(try reader([("partition-spec", fields), ("partition-spec-id", "4")]).partitionSpec().id == 4)
    let whole = #"{"spec-id":7,"fields":"# + fields + "}"
    #expect(try reader([("partition-spec", whole)]).partitionSpec().id == 7)
    // Sequence numbers in the schema are those of version 2, whatever the header leaves out.
    #expect(try reader([]).formatVersion == 2)
    for metadata in [[], [("partition-spec", "7")], [("partition-spec", "[")], [("schema", "[]")]] {
      let reader = try reader(metadata)
      #expect(throws: Failure.self) { try (reader.partitionSpec(), reader.schema()) }
    }
    for version in ["3", "0", "two"] {
      #expect(throws: Failure.self) { try reader([("format-version", version)]) }
    }
  }
}
