import Failures
import JSON

/// A place in the order in which quarantined rows are decided about: event time, rows without one last, then row id. It depends on the
/// rows alone, not on the files that they lie in, which every decision rewrites.
struct QuarantinePosition: Sendable, Hashable, Comparable {
  /// Microseconds since 1970 UTC; nil for a row without a time.
  var eventTime: Int64?
  /// The row's id.
  var rowID: [UInt8]

  init(eventTime: Int64?, rowID: some Sequence<UInt8>) {
    self.eventTime = eventTime
    self.rowID = Array(rowID)
  }

  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONObject) throws {
    self.init(eventTime: try json.optionalInt64("time"), rowID: try json.string("row_id").utf8)
  }

  var json: JSONObject {
    var object: JSONObject = ["row_id": .string(String(decoding: rowID, as: UTF8.self))]
    if let eventTime { object["time"] = .integer(eventTime) }
    return object
  }

  static func < (first: Self, second: Self) -> Bool {
    if first.eventTime != second.eventTime {
      guard let time = first.eventTime else { return false }
      return second.eventTime.map { time < $0 } ?? true
    }
    return first.rowID.lexicographicallyPrecedes(second.rowID)
  }
}
