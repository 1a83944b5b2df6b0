import Failures
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
      lowerBound: try json.optionalString("lower-bound").map { try [UInt8](hexadecimal: $0) },
      upperBound: try json.optionalString("upper-bound").map { try [UInt8](hexadecimal: $0) })
  }

  var json: JSONValue {
    var object = JSONObject([("contains-null", .bool(containsNull))])
    object["contains-nan"] = containsNaN.map { .bool($0) }
    object["lower-bound"] = lowerBound.map { .string($0.hexadecimal) }
    object["upper-bound"] = upperBound.map { .string($0.hexadecimal) }
    return .object(object)
  }
}

extension [UInt8] {
  init(hexadecimal text: String) throws {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count % 2 == 0, !digits.contains(nil) else {
      throw Failure.malformedInput("\(text) is no hexadecimal number")
    }
    let nibbles = digits.compactMap { $0 }
    self = stride(from: 0, to: nibbles.count, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
  }

  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }
    .joined()
  }
}
