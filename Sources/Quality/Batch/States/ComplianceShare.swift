import Columns
import Failures

/// How many rows a row check was put to, and how many failed it: the row check's own evaluation, SQL included.
struct ComplianceShare: MetricState {
  private let checks: RowChecks
  private var asked = 0
  private var failed = 0

  /// Throws `.configuration` for a rule that looks at more than one row: parts of a batch are judged apart.
  init(check: RowCheck, budget: CheckBudget?) throws {
    switch check.rule {
    case .unique, .references:
      throw Failure.configuration("compliance judges rows one by one, which \(check.rule.kind) does not")
    default: checks = try RowChecks([check], budget: budget)
    }
  }

  mutating func add(_ rows: ColumnBatch) throws {
    for count in try checks.evaluate(rows).counts {
      asked += count.checked
      failed += count.failed
    }
  }

  mutating func merge(_ other: Self) {
    asked += other.asked
    failed += other.failed
  }

  func value(of metric: BatchMetric) -> Double? { asked == 0 ? nil : Double(asked - failed) / Double(asked) }
}
