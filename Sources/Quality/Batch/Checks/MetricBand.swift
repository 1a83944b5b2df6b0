/// A range of a metric, both ends included.
struct MetricBand: Sendable, Equatable, CustomStringConvertible {
  let low: Double
  let high: Double

  func contains(_ value: Double) -> Bool { value >= low && value <= high }

  /// The end that `value` lies beyond, else the nearer one; nil where the range is open to both sides.
  func bound(nearest value: Double) -> Double? {
    if !low.isFinite { return high.isFinite ? high : nil }
    if !high.isFinite { return low }
    return value < low || abs(value - low) < abs(high - value) ? low : high
  }

  /// `at least 0.99`, `at most 3`, `1`, `0.5 to 2`.
  var description: String {
    if low == high { return MetricText.of(low) }
    if !high.isFinite { return "at least \(MetricText.of(low))" }
    if !low.isFinite { return "at most \(MetricText.of(high))" }
    return "\(MetricText.of(low)) to \(MetricText.of(high))"
  }
}

/// How messages write a metric's value.
enum MetricText {
  /// Whole numbers without a fraction, others in their shortest form that reads back the same.
  static func of(_ value: Double) -> String {
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return "\(whole)" }
    return "\(value)"
  }
}
