import Bytes
import Compression
import Failures
import Iceberg
import JSON
import Testing

@Suite struct TableMetadataTests {
  /// Metadata with members that no specification has, at every level.
  static let text = """
    {"format-version":2,"table-uuid":"9c12d441-03fe-4693-9a96-a0705ddf69c1","location":"s3://bucket/test/location/",\
    "last-sequence-number":34,"last-updated-ms":1602638573590,"last-column-id":3,"current-schema-id":1,"x-top":{"deep":[1.50,1e2]},\
    "schemas":[{"type":"struct","schema-id":0,"fields":[{"id":1,"name":"x","required":true,"type":"long"}]},\
    {"type":"struct","schema-id":1,"identifier-field-ids":[1,2],"x-schema":true,"fields":[\
    {"id":1,"name":"x","required":true,"type":"long"},{"id":2,"name":"y","required":true,"type":"long","doc":"comment"},\
    {"id":3,"name":"z","required":false,"type":"int","x-field":1}]}],\
    "default-spec-id":0,"partition-specs":[{"spec-id":0,"fields":[{"name":"x","transform":"identity","source-id":1,"field-id":1000}]}],\
    "last-partition-id":1000,"default-sort-order-id":3,"sort-orders":[{"order-id":3,"fields":[\
    {"transform":"identity","source-id":2,"direction":"asc","null-order":"nulls-first"},\
    {"transform":"bucket[4]","source-id":3,"direction":"desc","null-order":"nulls-last"}]}],\
    "properties":{"read.split.target.size":"134217728"},"current-snapshot-id":3055729675574597004,"snapshots":[\
    {"snapshot-id":3051729675574597004,"timestamp-ms":1515100955770,"sequence-number":0,"summary":{"operation":"append"},"manifest-list":"s3://a/b/1.avro"},\
    {"snapshot-id":3055729675574597004,"parent-snapshot-id":3051729675574597004,"timestamp-ms":1555100955770,"sequence-number":1,\
    "summary":{"operation":"append","z":"9223372036854775807"},"manifest-list":"s3://a/b/2.avro","schema-id":1,"x-snapshot":"é \\u00e9"}],\
    "snapshot-log":[{"snapshot-id":3051729675574597004,"timestamp-ms":1515100955770},{"snapshot-id":3055729675574597004,"timestamp-ms":1555100955770}],\
    "metadata-log":[{"metadata-file":"s3://bucket/.../v1.json","timestamp-ms":1515100}],\
    "refs":{"main":{"snapshot-id":3055729675574597004,"type":"branch","x-ref":1},"t":{"snapshot-id":3051729675574597004,"type":"tag","max-ref-age-ms":10000}}}
    """

  static func parse(_ text: String) throws -> TableMetadata {
    try TableMetadata(parsing: Array(text.utf8), location: "test.json")
  }

  @Test func membersAreRead() throws {
    let metadata = try Self.parse(Self.text)
    #expect(metadata.location == "s3://bucket/test/location")
    #expect(metadata.currentSchema.fields.map(\.name) == ["x", "y", "z"])
    #expect(metadata.currentSchema.identifierFieldIDs == [1, 2])
    #expect(metadata.defaultSpec.fields.map(\.fieldID) == [1000])
    #expect(metadata.defaultSortOrder.fields[1].transform == .bucket(4))
    #expect(metadata.properties == ["read.split.target.size": "134217728"])
    #expect(metadata.refs["t"]?.kind == .tag)
    #expect(metadata.refs["t"]?.maxRefAgeMilliseconds == 10000)
    let snapshot = try #require(try metadata.currentSnapshot())
    #expect(snapshot.summary["z"] == "9223372036854775807")
    #expect(snapshot.parentID == 3_051_729_675_574_597_004)
    var ancestry = metadata.ancestors(of: snapshot.id)
    var ids: [Int64] = []
    while let next = try ancestry.next() { ids.append(next.id) }
    #expect(ids == metadata.snapshotIDs.reversed() && !ancestry.wasCut)
    #expect(try metadata.newestSnapshot { $0.sequenceNumber == 0 }?.id == ids[1])
    #expect(try metadata.snapshot(1) == nil)
  }

  @Test func gzipIsRecognised() throws {
    let compressor = try Compressor(.gzip)
    var buffer = ByteBuffer()
    try Array(Self.text.utf8).withUnsafeBytes { try compressor.compress($0, into: &buffer) }
    let bytes = buffer.bytes
    #expect(try TableMetadata(parsing: bytes, location: "a.gz.metadata.json").snapshotIDs.count == 2)
    #expect(throws: Failure.self) { try TableMetadata(parsing: Array(bytes.dropLast(9)), location: "cut") }
  }

  static let replacements: [(String, String, Failure.Kind)] = [
    ("\"format-version\":2", "\"format-version\":3", .unsupported),
    ("\"format-version\":2", "\"format-version\":\"2\"", .malformedInput),
    ("\"table-uuid\":\"9c12d441-03fe-4693-9a96-a0705ddf69c1\",", "", .malformedInput),
    ("\"last-sequence-number\":34", "\"last-sequence-number\":0", .malformedInput),
    ("\"last-column-id\":3", "\"last-column-id\":2", .malformedInput),
    ("\"current-schema-id\":1", "\"current-schema-id\":7", .malformedInput),
    ("\"default-spec-id\":0", "\"default-spec-id\":5", .malformedInput),
    ("\"default-sort-order-id\":3", "\"default-sort-order-id\":4", .malformedInput),
    ("\"current-snapshot-id\":3055729675574597004", "\"current-snapshot-id\":-1", .malformedInput),
    ("\"current-snapshot-id\":3055729675574597004", "\"current-snapshot-id\":3051729675574597004", .malformedInput),
    (
      "\"snapshot-id\":3055729675574597004,\"type\":\"branch\"", "\"snapshot-id\":3055729675574597004,\"type\":\"tag\"",
      .malformedInput
    ),
    ("\"snapshot-id\":3051729675574597004,\"type\":\"tag\"", "\"snapshot-id\":5,\"type\":\"tag\"", .malformedInput),
    ("\"read.split.target.size\":\"134217728\"", "\"a\":1", .malformedInput),
    ("{\"format-version\"", "[{\"format-version\"", .malformedInput),
  ]

  @Test(arguments: replacements)
  func whatDoesNotFitIsRefused(old: String, new: String, kind: Failure.Kind) throws {
    let parts = Self.text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let failure = #expect(throws: Failure.self) { try Self.parse(parts.joined(separator: new)) }
    #expect(failure?.kind == kind)
    #expect(failure?.description.contains("test.json") == true, "the file is named")
  }

  @Test func noSnapshotInThreeSpellings() throws {
    for spelling in ["\"current-snapshot-id\":-1,", "\"current-snapshot-id\":null,", ""] {
      let text = Self.withoutSnapshots(spelling)
      #expect(try Self.parse(text).currentSnapshotID == nil)
      #expect(try Self.parse(text).refs.isEmpty)
    }
  }

  private static func withoutSnapshots(_ current: String) -> String {
    """
    {"format-version":2,"table-uuid":"u","location":"l","last-sequence-number":0,"last-updated-ms":1,"last-column-id":1,\(current)\
    "schemas":[{"type":"struct","schema-id":0,"fields":[{"id":1,"name":"x","required":true,"type":"long"}]}],"current-schema-id":0,\
    "partition-specs":[{"spec-id":0,"fields":[]}],"default-spec-id":0,"last-partition-id":999}
    """
  }

  @Test func versionOneIsUpgradedInMemory() throws {
    let text = """
      {"format-version":1,"location":"l","last-updated-ms":1,"last-column-id":1,"current-snapshot-id":7,\
      "schema":{"type":"struct","fields":[{"id":1,"name":"x","required":true,"type":"date"}]},\
      "partition-spec":[{"name":"d","transform":"day","source-id":1}],\
      "snapshots":[{"snapshot-id":7,"timestamp-ms":1,"manifest-list":"m"}]}
      """
    let metadata = try Self.parse(text)
    #expect(metadata.defaultSpec.fields.map(\.fieldID) == [1000])
    #expect(metadata.refs["main"]?.snapshotID == 7)
    #expect(try metadata.currentSnapshot()?.sequenceNumber == 0)
    #expect(metadata.partitionTypes(of: metadata.defaultSpec) == [.date])
  }

  @Test func everyTruncationIsAFailure() {
    let bytes = Array(Self.text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: Failure.self) { try TableMetadata(parsing: Array(bytes[..<length]), location: "cut") }
    }
  }

  /// Each byte replaced by others: an error or metadata, whose parts can be asked for, but never a trap.
  @Test func everyDamagedByteIsAFailureOrMetadata() {
    let bytes = Array(Self.text.utf8)
    for position in bytes.indices {
      for replacement in [UInt8(ascii: "9"), UInt8(ascii: "\""), UInt8(ascii: "-")] {
        var damaged = bytes
        damaged[position] = replacement
        guard let metadata = try? TableMetadata(parsing: damaged, location: "damaged") else { continue }
        var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
        while (try? ancestry.next()) ?? nil != nil {}
        _ = try? metadata.allSnapshots()
        _ = try? metadata.currentSchema.columnSchema()
      }
    }
  }
}
