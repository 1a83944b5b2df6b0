import JSON

/// The id under which a stream is resumed.
///
/// Wikimedia's ids are JSON: `[{"topic":…,"partition":0,"timestamp":1706461297001},…]`, where the timestamp is that of the last record plus one
/// millisecond. A plain resume would skip the other records of that tick, so that the timestamps are set back by an overlap; what comes
/// again is dropped by its `meta.id`.
struct ResumePoint: Sendable, Hashable {
  /// The last event's id as the server sent it.
  let id: String

  /// The `Last-Event-ID` to send; ids that are not of that form are sent as they are.
  func lastEventID(overlapMilliseconds: Int64) -> String {
    guard case .array(let parts)? = try? JSONValue.parse(Array(id.utf8)) else { return id }
    let moved = parts.map { part -> JSONValue in
      guard var object = part.object, let time = object["timestamp"]?.int64 else { return part }
      object["timestamp"] = .integer(max(0, time - overlapMilliseconds))
      return .object(object)
    }
    return String(decoding: JSONValue.array(moved).serialized(), as: UTF8.self)
  }
}
