import Iceberg

/// Times as ISO 8601, always with six digits of a second.
enum DateText {
  private static let day: Int64 = 86_400_000_000

  /// `2024-01-01`.
  static func date(days: Int64) -> String { CivilDate(daysSinceEpoch: days).text }

  /// `12:00:00.000001`.
  static func time(microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return clock + "." + padded(microseconds % 1_000_000, 6)
  }

  /// `2024-01-01T12:00:00.000001`.
  static func timestamp(microseconds: Int64) -> String {
    var (days, rest) = microseconds.quotientAndRemainder(dividingBy: day)
    if rest < 0 { (days, rest) = (days - 1, rest + day) }
    return date(days: days) + "T" + time(microseconds: rest)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
