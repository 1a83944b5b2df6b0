import Failures
import Iceberg
import JSON
import Testing

@Suite struct ManifestFileTests {
  static let manifest = ManifestFile(
    path: "s3://b/m0.avro", length: 6123, specID: 2, addedFilesCount: 3, addedRowsCount: 9_007_199_254_740_993,
    partitions: [
      FieldSummary(containsNull: true, containsNaN: false, lowerBound: [0, 255], upperBound: [1]),
      FieldSummary(containsNull: false),
    ])

  @Test func roundTrip() throws {
    #expect(try ManifestFile(json: JSONValue.parse(Self.manifest.json.serialized())) == Self.manifest)
    var old = Self.manifest
    (old.addedFilesCount, old.addedRowsCount, old.partitions) = (nil, nil, nil)
    #expect(try ManifestFile(json: JSONValue.parse(old.json.serialized())) == old)
    #expect(old.mayHaveLiveFiles, "unknown counts exclude nothing")
  }

  @Test func everyMissingMemberIsNamed() throws {
    let json = try #require(Self.manifest.json.object)
    for key in ["path", "length", "spec-id", "content", "sequence-number", "min-sequence-number", "added-snapshot-id"] {
      var damaged = json
      damaged[key] = nil
      let failure = #expect(throws: Failure.self) { try ManifestFile(json: .object(damaged)) }
      #expect(failure?.kind == .malformedInput && failure?.message.contains(key) == true)
    }
    var damaged = json
    damaged["partitions"] = [["contains-null": true, "lower-bound": "0g"]]
    #expect(throws: Failure.self) { try ManifestFile(json: .object(damaged)) }
    damaged["partitions"] = nil
    damaged["content"] = 7
    #expect(throws: Failure.self) { try ManifestFile(json: .object(damaged)) }
    #expect(throws: Failure.self) { try ManifestFile(json: "text") }
  }
}
