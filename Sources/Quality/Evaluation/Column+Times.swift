import Columns
import Failures

/// Times against a clock, as ranges of the column's own values.
extension Column {
  /// The predicate "the row's lag lies outside the bounds"; see `RowRule.freshness`.
  func stale(_ minimum: Int64?, _ maximum: Int64?, clock: Int64, type: ColumnType) throws -> (Int) -> Bool {
    switch type {
    case .int, .long, .float, .double:
      return try outside(minimum.map(Scalar.integer), maximum.map(Scalar.integer))
    case .timestamptz, .timestamp:
      // The older a time, the larger its lag.
      return try outside(
        maximum.map { .integer(Self.microseconds(clock, minusSeconds: $0)) },
        minimum.map { .integer(Self.microseconds(clock, minusSeconds: $0)) })
    default: throw Failure.configuration("freshness is asked of a timestamp, or of a number of seconds")
    }
  }

  /// The predicate "the row's time does not lie before `clock` plus `tolerance` seconds".
  func inFuture(_ tolerance: Int64, clock: Int64, type: ColumnType) throws -> (Int) -> Bool {
    let (seconds, overflow) = tolerance.multipliedReportingOverflow(by: -1)
    let end = Self.microseconds(clock, minusSeconds: overflow ? .min : seconds)
    // The largest time that still lies before the end; without an end everything does.
    let last = end == .max ? .max : end == .min ? .min : end - 1
    switch type {
    case .timestamptz, .timestamp: return try outside(nil, .integer(last))
    case .int, .long: return try outside(nil, .integer(Self.floor(last, 1_000_000)))
    case .date: return try outside(nil, .integer(Self.floor(last, 86_400_000_000)))
    default:
      throw Failure.configuration("only a timestamp, a date or whole seconds since 1970-01-01 lie in the future")
    }
  }

  /// Held at the ends of 64 bits.
  private static func microseconds(_ clock: Int64, minusSeconds seconds: Int64) -> Int64 {
    let (lag, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    if overflow { return seconds > 0 ? .min : .max }
    let (result, outOfRange) = clock.subtractingReportingOverflow(lag)
    return outOfRange ? (lag > 0 ? .min : .max) : result
  }

  private static func floor(_ microseconds: Int64, _ unit: Int64) -> Int64 {
    if microseconds == .max { return .max }
    let quotient = microseconds / unit
    return microseconds % unit < 0 ? quotient - 1 : quotient
  }
}
