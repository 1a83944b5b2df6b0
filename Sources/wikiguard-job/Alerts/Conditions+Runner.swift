import Alerts
import Quality
import Runner

extension QualityCondition {
  /// What a batch's report says of its quality.
  init(_ report: BatchReport) {
    let failures = report.checks.filter { $0.failed > 0 }
      .map { Failure(name: $0.name, failed: $0.failed, checked: $0.checked) }
    self.init(
      job: report.plan.job, batch: report.plan.batch, severity: Alert.Severity(report.severity),
      total: report.counts.total, passed: report.counts.passed, failed: report.counts.failed,
      duplicates: report.counts.duplicates, failures: failures)
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
