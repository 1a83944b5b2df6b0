import RecentChange

/// Times as people read them.
enum TimeText {
  /// `2026-01-16T12:00:00Z`.
  static func seconds(_ microseconds: Int64) -> String {
    var bytes: [UInt8] = []
    EventTime.append(microseconds: microseconds, fractionDigits: 0, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `2026-01-16 12:00`.
  static func minutes(_ microseconds: Int64) -> String {
    seconds(microseconds).prefix(16).split(separator: "T").joined(separator: " ")
  }
}
