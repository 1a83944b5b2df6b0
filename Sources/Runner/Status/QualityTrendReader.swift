import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Reads how good batches were: from the quality tables, and from what waits to be written there.
public struct QualityTrendReader {
  private let workspace: Workspace
  /// Batches whose plan is older are left out, in microseconds.
  private let since: Int64

  /// A reader of the batches planned at or after `since` (microseconds).
  public init(workspace: Workspace, since: Int64) {
    self.workspace = workspace
    self.since = since
  }

  /// The trend of each job, in the jobs' order.
  public func read() throws -> [QualityTrend] {
    var tables = TableSet(workspace)
    let metrics = try tables.existing(Tables.qualityMetrics)
    let results = try tables.existing(Tables.qualityCheckResults)
    return try JobName.allCases.map { try trend(of: $0, metrics: metrics, results: results) }
  }

  private func trend(of job: JobName, metrics: Table?, results: Table?) throws -> QualityTrend {
    var trend = QualityTrend(job: job)
    var checks: [String: QualityTrend.FailedCheck] = [:]
    if let metrics { try readBatches(metrics, into: &trend) }
    if let results { try readChecks(results, of: trend, into: &checks) }
    for result in try QualityLedger(workspace: workspace, job: job.rawValue).pending() where result.plan.clock >= since
    {
      trend.batches.append(
        QualityTrend.Batch(
          name: result.plan.batch, clock: result.plan.clock, counts: result.counts, severity: result.severity))
      for check in result.checks where check.failed > 0 {
        checks.count(check.name, failed: Int64(check.failed), checked: Int64(check.checked))
      }
    }
    trend.batches.sort { ($0.clock, $0.name) < ($1.clock, $1.name) }
    trend.failedChecks = checks.values.sorted { ($1.failed, $0.name) < ($0.failed, $1.name) }
    return trend
  }

  /// Rows are written after their batch was planned, so that their partition's day is never before it.
  private func filter(_ job: JobName) -> Expression {
    let layer = Expression.equal("layer", .string(Array(job.rawValue.utf8)))
    return .greaterOrEqual("event_date", .date(GoldWindowGrid.day(of: since))) && layer
  }

  private func readBatches(_ table: Table, into trend: inout QualityTrend) throws {
    let columns = [
      "batch_id", "plan_clock", "total_count", "passed_count", "failed_count", "duplicate_count", "severity",
    ]
    try TableScan(table, filter: filter(trend.job), columns: columns).readAll { batch in
      let names = try batch.rows.binaries("batch_id")
      let clocks = try batch.rows.int64s("plan_clock")
      let counts = try ["total_count", "passed_count", "failed_count", "duplicate_count"].map {
        try batch.rows.int64s($0)
      }
      let severities = try batch.rows.binaries("severity")
      for row in 0..<names.count {
        guard let clock = clocks[row], clock >= since else { continue }
        let numbers = counts.map { Int($0[row] ?? 0) }
        trend.batches.append(
          QualityTrend.Batch(
            name: names.string(row) ?? "", clock: clock,
            counts: QualityCounts(
              total: numbers[0], passed: numbers[1], failed: numbers[2], duplicates: numbers[3]),
            severity: severities.string(row).flatMap(Severity.init(rawValue:)) ?? .success))
      }
    }
  }

  private func readChecks(
    _ table: Table, of trend: QualityTrend, into checks: inout [String: QualityTrend.FailedCheck]
  ) throws {
    let batches = Set(trend.batches.map(\.name))
    let columns = ["batch_id", "check_name", "kind", "status", "checked", "failed"]
    try TableScan(table, filter: filter(trend.job), columns: columns).readAll { batch in
      let names = try batch.rows.binaries("batch_id")
      let checkNames = try batch.rows.binaries("check_name")
      let kinds = try batch.rows.binaries("kind")
      let statuses = try batch.rows.binaries("status")
      let checked = try batch.rows.int64s("checked")
      let failed = try batch.rows.int64s("failed")
      for row in 0..<names.count where statuses.string(row) == "failed" {
        guard let name = names.string(row), batches.contains(name), let check = checkNames.string(row) else { continue }
        let isOfBatch = kinds.string(row) == "batch"
        checks.count(check, failed: isOfBatch ? 1 : failed[row] ?? 0, checked: isOfBatch ? 1 : checked[row] ?? 0)
      }
    }
  }
}

extension [String: QualityTrend.FailedCheck] {
  fileprivate mutating func count(_ name: String, failed: Int64, checked: Int64) {
    var check = self[name] ?? QualityTrend.FailedCheck(name: name, failed: 0, checked: 0)
    check.failed += failed
    check.checked += checked
    self[name] = check
  }
}
