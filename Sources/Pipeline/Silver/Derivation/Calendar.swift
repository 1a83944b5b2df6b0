/// Times in microseconds and their parts, all UTC.
enum Calendar {
  static let microsecondsPerSecond: Int64 = 1_000_000
  static let microsecondsPerHour: Int64 = 3_600_000_000
  static let microsecondsPerDay: Int64 = 86_400_000_000
  /// Gold's window.
  static let microsecondsPerWindow: Int64 = 600_000_000

  /// Days since 1970-01-01.
  static func day(_ time: Int64) -> Int32 { Int32(truncatingIfNeeded: floorDivide(time, microsecondsPerDay)) }

  /// The hour of the day, 0...23.
  static func hour(_ time: Int64) -> Int32 {
    let hours = floorDivide(time, microsecondsPerHour)
    return Int32(hours - floorDivide(hours, 24) * 24)
  }

  /// The start of the window that holds `time`.
  static func windowStart(_ time: Int64) -> Int64 {
    floorDivide(time, microsecondsPerWindow) &* microsecondsPerWindow
  }

  /// The quotient rounded towards minus infinity, by a positive divisor.
  static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}
