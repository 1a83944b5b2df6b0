import Columns
import Failures

/// How many rows a row check was put to, and how many failed it: the row check's own evaluation, SQL included.
struct ComplianceShare: MetricState {
  private let checks: RowChecks
  private var asked = 0
  private var failed = 0

  /// Throws `.configuration` for a rule that looks at more than one row: parts of a batch are judged apart.
  init(check: RowCheck) throws {
    if case .unique = check.rule {
      throw Failure.configuration("compliance judges rows one by one; use the metric uniqueness")
    }
    checks = try RowChecks([check])
  }

  mutating func add(_ rows: ColumnBatch, external: RowChecks.External?) throws {
    for count in try checks.evaluate(rows, external: external).counts {
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
