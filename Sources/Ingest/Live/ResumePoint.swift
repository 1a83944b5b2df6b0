import JSON

/// The id under which a stream is resumed.
///
/// Wikimedia's ids are JSON: `[{"topic":…,"partition":0,"timestamp":1706461297001},…]`, where the timestamp is that of the last record plus one
/// millisecond. A plain resume would skip the other records of that tick, so that the timestamps are set back by an overlap; what comes
/// again is dropped by its `meta.id`. Times are in milliseconds since 1970-01-01 UTC.
package struct ResumePoint: Sendable, Hashable {
  /// The id as it is stored.
  package let id: String

  /// The id of an event, or a stored one.
  package init(id: String) { self.id = id }

  /// The point after an event with a `newer` id: of each partition the later time, so that events that come again under smaller times
  /// do not lead further and further back. Times after `now` are no promise that everything before them has come and count as `now`.
  package func advanced(to newer: ResumePoint, now: Int64) -> ResumePoint {
    let known = times
    guard !known.isEmpty else { return newer }
    return newer.mapTimes { partition, time in max(time, min(known[partition] ?? time, now)) }
  }

  /// The `Last-Event-ID` to send; ids that are not of that form are sent as they are.
  package func lastEventID(overlap: Int64, now: Int64) -> String {
    mapTimes { _, time in max(0, min(time, now) - overlap) }.id
  }

  /// The time to send as `since`, for a server that does not take the id; nil when the id holds none.
  package func since(overlap: Int64, now: Int64) -> Int64? {
    times.values.max().map { max(0, min($0, now) - overlap) }
  }

  // MARK: Wikimedia's form

  private struct Partition: Hashable {
    let topic: String
    let number: Int64
  }

  private var parts: [JSONValue]? {
    guard case .array(let parts)? = try? JSONValue.parse(Array(id.utf8)) else { return nil }
    return parts
  }

  private var times: [Partition: Int64] {
    var result: [Partition: Int64] = [:]
    for part in parts ?? [] {
      if let object = part.object, let time = object["timestamp"]?.int64 { result[Self.partition(of: object)] = time }
    }
    return result
  }

  private static func partition(of object: JSONObject) -> Partition {
    Partition(topic: object["topic"]?.string ?? "", number: object["partition"]?.int64 ?? 0)
  }

  private func mapTimes(_ change: (Partition, Int64) -> Int64) -> ResumePoint {
    guard let parts else { return self }
    let moved = parts.map { part -> JSONValue in
      guard var object = part.object, let time = object["timestamp"]?.int64 else { return part }
      object["timestamp"] = .integer(change(Self.partition(of: object), time))
      return .object(object)
    }
    return ResumePoint(id: String(decoding: JSONValue.array(moved).serialized(), as: UTF8.self))
  }
}
