import Failures
import JSON

/// Snapshots and refs as JSON (specification, Appendix C, "Table Metadata and Snapshots":
/// <https://iceberg.apache.org/spec/#table-metadata-and-snapshots>).
extension Snapshot {
  /// Parses a snapshot of table metadata.
  init(json node: JSONNode) throws {
    guard let json = node.value.object else { throw Failure.malformedInput("a snapshot is no object") }
    let id = try json.int64("snapshot-id")
    guard let manifestList = try json.optionalString("manifest-list") else {
      throw Failure.unsupported("snapshot \(id) lists its manifests in the metadata (format version 1)")
    }
    let summary = try (json.optionalObject("summary")?.members ?? []).map { key, value in
      guard let text = value.string else {
        throw Failure.malformedInput("snapshot \(id): summary \(key) is \(value.kindName)")
      }
      return (key, text)
    }
    self.init(
      id: id, parentID: try json.optionalInt64("parent-snapshot-id"),
      sequenceNumber: try json.optionalInt64("sequence-number") ?? 0,
      timestampMilliseconds: try json.int64("timestamp-ms"), manifestList: manifestList,
      summary: SnapshotSummary(summary), schemaID: try json.optionalInt32("schema-id"))
  }

  /// The snapshot as JSON.
  var json: JSONValue {
    var object = JSONObject([
      ("sequence-number", .integer(sequenceNumber)), ("snapshot-id", .integer(id)),
    ])
    if let parentID { object["parent-snapshot-id"] = .integer(parentID) }
    object["timestamp-ms"] = .integer(timestampMilliseconds)
    object["summary"] = .object(JSONObject(summary.entries.map { ($0.key, .string($0.value)) }))
    object["manifest-list"] = .string(manifestList)
    if let schemaID { object["schema-id"] = .integer(Int64(schemaID)) }
    return .object(object)
  }
}

extension SnapshotRef {
  /// Parses a ref of table metadata.
  init(json: JSONObject) throws {
    guard let kind = Kind(rawValue: try json.string("type").lowercased()) else {
      throw Failure.malformedInput("a ref is neither branch nor tag")
    }
    self.init(
      snapshotID: try json.int64("snapshot-id"), kind: kind,
      minSnapshotsToKeep: try json.optionalInt64("min-snapshots-to-keep").map { Int($0) },
      maxSnapshotAgeMilliseconds: try json.optionalInt64("max-snapshot-age-ms"),
      maxRefAgeMilliseconds: try json.optionalInt64("max-ref-age-ms"))
  }

  /// The ref as JSON.
  var json: JSONValue {
    var object = JSONObject([("snapshot-id", .integer(snapshotID)), ("type", .string(kind.rawValue))])
    if let minSnapshotsToKeep { object["min-snapshots-to-keep"] = .integer(Int64(minSnapshotsToKeep)) }
    if let maxSnapshotAgeMilliseconds { object["max-snapshot-age-ms"] = .integer(maxSnapshotAgeMilliseconds) }
    if let maxRefAgeMilliseconds { object["max-ref-age-ms"] = .integer(maxRefAgeMilliseconds) }
    return .object(object)
  }
}
