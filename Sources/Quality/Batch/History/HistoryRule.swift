/// Compares a metric with its own earlier values.
///
/// Values of failed batches count too, so that a new level becomes the usual one after a while.
public struct HistoryRule: Sendable, Hashable {
  /// What is compared.
  public enum Comparison: String, Sendable, CaseIterable {
    /// |value − median| / |median| of the last values.
    case relativeChange = "relative_change"
    /// |value − median| in robust standard deviations of the last values: 1.4826 · MAD, and where more than half of them
    /// are equal (MAD 0) 1.2533 · the mean absolute deviation; where all are equal, any other value is too far.
    ///
    /// Iglewicz and Hoaglin: How to Detect and Handle Outliers (1993).
    case robustZScore = "robust_z_score"
    /// As `relativeChange`, against the values of the same hour of the week (UTC).
    case sameHourOfWeek = "same_hour_of_week"
  }

  /// What is compared.
  public let comparison: Comparison
  /// The largest change or score that passes.
  public let maximum: Double
  /// With fewer earlier values the rule says nothing.
  public let minimumPoints: Int
  /// How many of the newest values are looked at.
  public let last: Int

  /// A rule.
  public init(_ comparison: Comparison, maximum: Double, minimumPoints: Int = 10, last: Int = 100) {
    self.comparison = comparison
    self.maximum = maximum
    self.minimumPoints = minimumPoints
    self.last = last
  }

  /// Whether a value of `time` is one that a batch of `clock` is compared with.
  public func counts(_ time: Int64, clock: Int64) -> Bool {
    comparison != .sameHourOfWeek || MetricPoint.hourOfWeek(time) == MetricPoint.hourOfWeek(clock)
  }

  /// Where a value has to lie.
  enum Outcome {
    /// So many values are too few.
    case tooShort(Int)
    /// The range, and what it was made of.
    case band(MetricBand, basis: String)
  }

  /// The range that the earlier values leave to a batch of `clock` (microseconds).
  func band(among points: [MetricPoint], clock: Int64) -> Outcome {
    let newest = points.filter { counts($0.time, clock: clock) }.sorted { $0.time > $1.time }.prefix(last)
    guard newest.count >= max(1, minimumPoints) else { return .tooShort(newest.count) }
    let spread = RobustSpread(newest.map(\.value))
    let median = "the median of \(newest.count) earlier values is \(MetricText.of(spread.median))"
    switch comparison {
    case .relativeChange:
      return .band(band(spread.median, abs(spread.median)), basis: median)
    case .sameHourOfWeek:
      return .band(band(spread.median, abs(spread.median)), basis: "\(median) in this hour of the week")
    case .robustZScore:
      return .band(band(spread.median, spread.scale), basis: "\(median), their spread \(MetricText.of(spread.scale))")
    }
  }

  /// Rounding alone must not fail a metric that never changes.
  private func band(_ center: Double, _ unit: Double) -> MetricBand {
    let distance = maximum * unit + abs(center) * 1e-9
    return MetricBand(low: center - distance, high: center + distance)
  }
}
