public import Quality

/// A declared batch check; one of several tables is declared as many.
public struct BatchCheckConfiguration: Sendable, Hashable {
  /// What is measured.
  public enum Metric: Sendable, Hashable {
    /// Something that does not depend on the plan.
    case fixed(BatchMetric)
    /// The share of rows that a row check does not fail.
    case compliance(RowCheckConfiguration)
  }

  /// The name in results and for `--waive`.
  public let name: String
  /// What is measured.
  public let metric: Metric
  /// Where it has to lie.
  public let threshold: BatchThreshold
  /// The rows that are measured, nil for all.
  public let condition: RowCheck.Condition?
  /// The table whose rows are measured; nil for the one that has the columns.
  public let table: String?
  /// What a failure does to the batch.
  public let mode: CheckMode
  /// Whether `--waive` may pass over it.
  public let isWaivable: Bool

  /// The check for a plan whose clock stands at `clock` microseconds.
  public func batchCheck(clock: Int64) -> BatchCheck {
    let metric: BatchMetric =
      switch metric {
      case .fixed(let metric): metric
      case .compliance(let rule): .compliance(rule.rowCheck(clock: clock))
      }
    return BatchCheck(name, metric, threshold, when: condition, mode: mode, isWaivable: isWaivable)
  }

  func applies(to table: String, columns: Set<String>) -> Bool {
    self.table.map { $0 == table } ?? batchCheck(clock: 0).columns.allSatisfy(columns.contains)
  }
}
