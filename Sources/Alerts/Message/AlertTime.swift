import RecentChange

/// Times in messages.
enum AlertTime {
  /// `2026-01-16T12:00:00Z` for microseconds since 1970-01-01 UTC.
  static func text(_ microseconds: Int64) -> String {
    var bytes: [UInt8] = []
    EventTime.append(microseconds: microseconds, fractionDigits: 0, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `45 s`, `12 min`, `3 h` or `2 d` for so many microseconds.
  static func span(_ microseconds: Int64) -> String {
    let seconds = max(0, microseconds / 1_000_000)
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3600) h"
    default: return "\(seconds / 86_400) d"
    }
  }
}
