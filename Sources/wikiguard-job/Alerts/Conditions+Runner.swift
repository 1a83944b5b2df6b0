import Alerts
import Quality
import Runner

extension BatchReport {
  /// How bad the batch is for those who are told; nil for a good one. A failed batch check that is not only logged is worth a look, also
  /// where it does not raise the severity.
  var alertSeverity: Alert.Severity? {
    Alert.Severity(severity) ?? (batchChecks.contains { $0.hasFailed && $0.mode != .log } ? .warning : nil)
  }
}

extension QualityCondition {
  /// What a batch's report says of its quality. Checks that are only logged make no batch a bad one.
  init(_ report: BatchReport) {
    let rows = report.checks.filter { $0.failed > 0 && $0.mode != .log }
      .map { Failure(name: $0.name, failed: $0.failed, checked: $0.checked) }
    let batch = report.batchChecks.filter { $0.hasFailed && $0.mode != .log }
      .map { Failure(name: $0.name, failed: 0, checked: $0.rows, message: "\($0.name): \($0.message)") }
    self.init(
      job: report.plan.job, batch: report.plan.batch, severity: report.alertSeverity,
      total: report.counts.total, passed: report.counts.passed, failed: report.counts.failed,
      duplicates: report.counts.duplicates, failures: rows + batch)
  }
}

extension Alert.Severity {
  /// Nil for a good batch.
  fileprivate init?(_ severity: Severity) {
    switch severity {
    case .success: return nil
    case .warning: self = .warning
    case .critical: self = .critical
    }
  }
}

extension Anomaly {
  /// An anomaly as Gold's tables have it.
  init(_ anomaly: GoldAnomaly) {
    let subject: Subject =
      switch anomaly.scope {
      case .entity: .page(anomaly.name, wiki: anomaly.wiki)
      case .user: .user(anomaly.name)
      case .global: .window
      }
    self.init(
      subject: subject, severity: anomaly.severity == "CRITICAL" ? .critical : .warning,
      windowStart: anomaly.windowStart, risk: Int(anomaly.risk), types: anomaly.types,
      explanation: anomaly.explanation, isWatched: anomaly.newestEdit?.isAllowlisted ?? false, batch: anomaly.batch,
      links: anomaly.newestEdit.map {
        WikiLinks(server: $0.server, title: $0.title, revision: $0.revision, user: $0.user).links
      } ?? [])
  }
}
