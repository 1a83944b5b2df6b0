import RecentChange

/// Times for people.
enum UTCTime {
  /// `2026-01-16 12:00` of microseconds since 1970-01-01 UTC.
  static func text(_ microseconds: Int64) -> String {
    var bytes: [UInt8] = []
    EventTime.append(microseconds: microseconds, fractionDigits: 0, to: &bytes)
    return String(decoding: bytes.prefix(16), as: UTF8.self).split(separator: "T").joined(separator: " ")
  }
}
