import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Reads a report from the tables.
public struct ReportReader {
  private let workspace: Workspace
  /// How many pages and users a list has.
  private let length: Int

  /// A reader of lists of `length`.
  public init(workspace: Workspace, length: Int = 5) {
    self.workspace = workspace
    self.length = length
  }

  /// The report now.
  public func read() throws -> PipelineReport {
    var tables = TableSet(workspace)
    var report = PipelineReport()
    try readCounts(tables.existing(Tables.qualityMetrics), into: &report)
    for definition in [Tables.bronzeEvents, Tables.silverEvents, Tables.goldEntityMetrics, Tables.goldUserMetrics] {
      let summary = try tables.existing(definition)?.metadata.currentSnapshot()?.summary
      report.rows.append((definition.name, summary?["total-records"].flatMap { Int64($0) } ?? 0))
    }
    for (layer, definition) in [("bronze", Tables.bronzeQuarantine), ("silver", Tables.silverQuarantine)] {
      try readQuarantine(layer, tables.existing(definition), into: &report)
    }
    try readGlobal(tables.existing(Tables.goldGlobalMetrics), into: &report)
    let pages = try actors(
      tables.existing(Tables.goldEntityMetrics), name: "entity", kind: "wiki", risk: "risk_score")
    let users = try actors(
      tables.existing(Tables.goldUserMetrics), name: "user_name", kind: "user_type", risk: "user_risk_score")
    report.activePages = top(pages) { $0.edits }
    report.revertedPages = top(pages) { $0.reverts }
    report.activeUsers = top(users) { $0.edits }
    report.revertingUsers = top(users) { $0.reverts }
    report.anomalies = top(pages + users) { Int64($0.risk) }
    return report
  }

  /// What the batches counted: in the quality tables, or waiting to be written there.
  private func readCounts(_ table: Table?, into report: inout PipelineReport) throws {
    if let table {
      try TableScan(table, columns: ["layer", "total_count", "duplicate_count"]).readAll { batch in
        let layers = try batch.rows.binaries("layer")
        let totals = try batch.rows.int64s("total_count")
        let duplicates = try batch.rows.int64s("duplicate_count")
        for row in 0..<layers.count {
          report.count(layers.string(row), total: totals[row] ?? 0, duplicates: duplicates[row] ?? 0)
        }
      }
    }
    for job in JobName.allCases {
      for result in try QualityLedger(workspace: workspace, job: job.rawValue).pending() {
        report.count(job.rawValue, total: Int64(result.counts.total), duplicates: Int64(result.counts.duplicates))
      }
    }
  }

  private func readQuarantine(_ layer: String, _ table: Table?, into report: inout PipelineReport) throws {
    guard let table else { return }
    var counts: [String: Int64] = [:]
    try TableScan(table, columns: ["quarantine_reason"]).readAll { batch in
      let reasons = try batch.rows.binaries("quarantine_reason")
      for row in 0..<reasons.count { counts[reasons.string(row) ?? "", default: 0] += 1 }
    }
    report.quarantined += counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (layer, $0.key, $0.value) }
  }

  private func readGlobal(_ table: Table?, into report: inout PipelineReport) throws {
    guard let table else { return }
    let columns = ["window_start", "window_end", "is_final", "platform_health", "health_score", "health_explanation"]
    var newest = Int64.min
    try TableScan(table, columns: columns).readAll { batch in
      let starts = try batch.rows.int64s("window_start")
      let ends = try batch.rows.int64s("window_end")
      let finals = try batch.rows.bools("is_final")
      let health = try batch.rows.binaries("platform_health")
      let explanations = try batch.rows.binaries("health_explanation")
      let scores = try batch.rows.int32s("health_score")
      for row in 0..<starts.count {
        report.windows.all += 1
        report.windows.final += finals.values[row] ? 1 : 0
        let (low, high) = (starts.values[row], ends.values[row])
        report.span = min(report.span?.lowerBound ?? low, low)...max(report.span?.upperBound ?? high, high)
        guard low > newest else { continue }
        newest = low
        report.health = (health.string(row) ?? "", scores[row] ?? 0, explanations.string(row) ?? "")
      }
    }
  }

  private func actors(_ table: Table?, name: String, kind: String, risk: String) throws -> [PipelineReport.Actor] {
    guard let table else { return [] }
    var found: [String: PipelineReport.Actor] = [:]
    let columns = [name, kind, "edit_count", "new_page_count", "revert_count", risk, "severity", "anomaly_explanation"]
    try TableScan(table, columns: columns).readAll { batch in
      let names = try batch.rows.binaries(name)
      let kinds = try batch.rows.binaries(kind)
      let counts = try ["edit_count", "new_page_count", "revert_count"].map { try batch.rows.int64s($0) }
      let risks = try batch.rows.int32s(risk)
      let severities = try batch.rows.binaries("severity")
      let explanations = try batch.rows.binaries("anomaly_explanation")
      for row in 0..<names.count {
        let edits = (counts[0][row] ?? 0) + (counts[1][row] ?? 0)
        guard edits > 0, let key = names.string(row) else { continue }
        var actor = found[key] ?? PipelineReport.Actor(name: key, kind: kinds.string(row) ?? "")
        actor.edits += edits
        actor.reverts += counts[2][row] ?? 0
        if let value = risks[row], value > actor.risk {
          actor.risk = value
          actor.severity = severities.string(row) ?? ""
          actor.explanation = explanations.string(row)
        }
        found[key] = actor
      }
    }
    return Array(found.values)
  }

  private func top(_ actors: [PipelineReport.Actor], by value: (PipelineReport.Actor) -> Int64) -> [PipelineReport
    .Actor]
  {
    Array(
      actors.filter { value($0) > 0 }.sorted { (value($1), $0.name) < (value($0), $1.name) }.prefix(length))
  }
}

extension PipelineReport {
  fileprivate mutating func count(_ layer: String?, total: Int64, duplicates: Int64) {
    switch layer {
    case JobName.bronze.rawValue: records += total
    case JobName.silver.rawValue: self.duplicates += duplicates
    default: break
    }
  }
}
