import Failures
import Pipeline
import Quality

/// Judges a batch that was executed and not committed: its batch checks, and whether it may be committed at all.
struct BatchGate {
  let workspace: Workspace
  let plan: Plan

  /// What the gate said.
  struct Verdict {
    /// What the batch checks said, in order.
    var results: [BatchCheckResult] = []
    /// The failing checks that suspend the batch; none: it is committed.
    var suspending: [BlockedBatch.Check] = []
  }

  /// Judges `execution`. Reads the history of metrics only where a check compares with it.
  func judge(_ execution: Execution, tables: inout TableSet) throws -> Verdict {
    var verdict = Verdict(results: try results(execution.metrics, tables: &tables))
    let accepted = Set(plan.quarantine?.failingRows ?? [])
    for check in execution.checks where check.mode == .suspend && check.failed > 0 && !accepted.contains(check.name) {
      let message = "\(check.failed) of \(check.checked) rows fail it"
      verdict.suspending.append(BlockedBatch.Check(name: check.name, kind: .row, message: message))
    }
    for result in verdict.results where result.mode == .suspend && result.hasFailed {
      verdict.suspending.append(BlockedBatch.Check(name: result.name, kind: .batch, message: result.message))
    }
    return verdict
  }

  private func results(_ metrics: [BatchMetrics], tables: inout TableSet) throws -> [BatchCheckResult] {
    // All rows were sent to quarantine: there is nothing left to judge.
    guard plan.quarantine?.allRows.isEmpty ?? true else { return [] }
    let checks = metrics.flatMap(\.checks.checks)
    let history = try within("history of metrics") {
      try MetricHistory(workspace: workspace, plan: plan).points(of: checks, tables: &tables)
    }
    return metrics.flatMap { metrics in
      metrics.checks.checks.map { check in
        BatchCheckResult(
          check, value: metrics.value(of: check), rows: metrics.rowCount(of: check), history: history[check.name] ?? [],
          clock: plan.clock)
      }
    }
  }
}
