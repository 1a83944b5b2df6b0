/// An earlier value of a metric.
public struct MetricPoint: Sendable, Hashable {
  /// The time of its batch, in microseconds since 1970 UTC.
  public let time: Int64
  /// The value.
  public let value: Double

  /// A value.
  public init(time: Int64, value: Double) {
    self.time = time
    self.value = value
  }

  /// The hours since Thursday 1970-01-01T00:00Z, modulo a week: the same in every week.
  public static func hourOfWeek(_ time: Int64) -> Int64 {
    let hour = time / 3_600_000_000 - (time % 3_600_000_000 < 0 ? 1 : 0)
    return (hour % 168 + 168) % 168
  }
}
