import Failures
import Hashing
public import JSON

/// Manifests as JSON: how one that was written ahead is remembered until another process commits it.
extension ManifestFile {
  /// Parses what `json` made. Throws `.malformedInput` naming the member that is missing or wrong.
  public init(json value: JSONValue) throws {
    guard let json = value.object else { throw Failure.malformedInput("a manifest is \(value.kindName)") }
    guard let content = Content(rawValue: try json.int32("content")) else {
      throw Failure.malformedInput("a manifest has an unknown content")
    }
    self.init(
      path: try json.string("path"), length: try json.int64("length"), specID: try json.int32("spec-id"),
      content: content, sequenceNumber: try json.int64("sequence-number"),
      minSequenceNumber: try json.int64("min-sequence-number"), addedSnapshotID: try json.int64("added-snapshot-id"),
      addedFilesCount: try json.optionalInt64("added-files").map { Int($0) },
      existingFilesCount: try json.optionalInt64("existing-files").map { Int($0) },
      deletedFilesCount: try json.optionalInt64("deleted-files").map { Int($0) },
      addedRowsCount: try json.optionalInt64("added-rows"), existingRowsCount: try json.optionalInt64("existing-rows"),
      deletedRowsCount: try json.optionalInt64("deleted-rows"),
      partitions: try json.optionalArray("partitions").map { try $0.map { try FieldSummary(json: $0) } })
  }

  /// The manifest as JSON.
  public var json: JSONValue {
    var object = JSONObject([
      ("path", .string(path)), ("length", .integer(length)), ("spec-id", .integer(Int64(specID))),
      ("content", .integer(Int64(content.rawValue))), ("sequence-number", .integer(sequenceNumber)),
      ("min-sequence-number", .integer(minSequenceNumber)), ("added-snapshot-id", .integer(addedSnapshotID)),
    ])
    let counts: [(String, Int64?)] = [
      ("added-files", addedFilesCount.map { Int64($0) }), ("existing-files", existingFilesCount.map { Int64($0) }),
      ("deleted-files", deletedFilesCount.map { Int64($0) }), ("added-rows", addedRowsCount),
      ("existing-rows", existingRowsCount), ("deleted-rows", deletedRowsCount),
    ]
    for (key, count) in counts { object[key] = count.map { .integer($0) } }
    object["partitions"] = partitions.map { .array($0.map(\.json)) }
    return .object(object)
  }
}

extension FieldSummary {
  init(json value: JSONValue) throws {
    guard let json = value.object else { throw Failure.malformedInput("a field summary is \(value.kindName)") }
    self.init(
      containsNull: try json.bool("contains-null"), containsNaN: try json.optionalBool("contains-nan"),
      lowerBound: try Self.bytes("lower-bound", in: json), upperBound: try Self.bytes("upper-bound", in: json))
  }

  private static func bytes(_ key: String, in json: JSONObject) throws -> [UInt8]? {
    guard let text = try json.optionalString(key) else { return nil }
    guard let bytes = Hexadecimal.decode(text) else { throw Failure.malformedInput("\(key) is no hexadecimal number") }
    return bytes
  }

  var json: JSONValue {
    var object = JSONObject([("contains-null", .bool(containsNull))])
    object["contains-nan"] = containsNaN.map { .bool($0) }
    object["lower-bound"] = lowerBound.map { .string(Hexadecimal.encode($0)) }
    object["upper-bound"] = upperBound.map { .string(Hexadecimal.encode($0)) }
    return .object(object)
  }
}
