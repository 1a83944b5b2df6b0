/// A named bound of a metric of the whole batch.
public struct BatchCheck: Sendable, Hashable {
  /// The name in results and `--waive`.
  public let name: String
  /// What is measured.
  public let metric: BatchMetric
  /// The rows that are measured; nil for all.
  public let condition: RowCheck.Condition?
  /// Where the metric has to lie.
  public let threshold: BatchThreshold
  /// What a failure does to the batch.
  public let mode: CheckMode
  /// Whether `--waive` may pass over it.
  public let isWaivable: Bool

  /// A check.
  public init(
    _ name: String, _ metric: BatchMetric, _ threshold: BatchThreshold, when condition: RowCheck.Condition? = nil,
    mode: CheckMode = .quarantine, isWaivable: Bool = true
  ) {
    self.name = name
    self.metric = metric
    self.threshold = threshold
    self.condition = condition
    self.mode = mode
    self.isWaivable = isWaivable
  }

  /// Every column that the check reads.
  public var columns: [String] { metric.columns + (condition.map { [$0.column] } ?? []) }
}

/// Where a metric has to lie.
public enum BatchThreshold: Sendable, Hashable {
  /// Between the bounds, both included; a missing bound is open.
  case absolute(minimum: Double?, maximum: Double?)
  /// Near the metric's own earlier values.
  case history(HistoryRule)
}
