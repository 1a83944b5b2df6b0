import Configuration
import Failures
import Host
import Log
import Quality
import Runner

/// What a call of a job did and how far the job is, for node_exporter's textfile collector.
struct JobMetrics {
  /// One call of a job.
  struct Call {
    let job: JobName
    /// What it committed.
    let reports: [BatchReport]
    /// How it ended.
    let exitCode: Int32
    /// How long it took, in seconds.
    let seconds: Double
    /// When it ended, in microseconds.
    let end: Int64
  }

  let call: Call
  /// How far the job is; nil where that cannot be told.
  let status: PipelineStatus.Job?
  /// Now, in microseconds.
  let now: Int64

  /// Replaces `metrics/wikiguard_<job>.prom` in the home. Monitoring must not stop the pipeline: what goes wrong is logged.
  func write(_ session: Session) {
    let folder = session.home.appending("metrics")
    do {
      try FileWriting.makeFolder(folder)
      try FileWriting.replace("\(folder)/wikiguard_\(call.job.rawValue).prom", with: text)
    } catch {
      session.logger.warning("metrics are not written: \(error)")
    }
  }

  /// The metrics in Prometheus' text format.
  var text: String {
    var metrics = PrometheusText()
    add("last_run_timestamp_seconds", "When the newest call ended.", Double(call.end) / 1e6, to: &metrics)
    add("last_run_exit_code", "The exit code of the newest call.", Double(call.exitCode), to: &metrics)
    add("last_run_duration_seconds", "How long the newest call took.", call.seconds, to: &metrics)
    add("last_run_batches", "Batches that the newest call committed.", Double(call.reports.count), to: &metrics)
    addRows(to: &metrics)
    if let newest = call.reports.last {
      add(
        "batch_pass_rate", "Rows of the newest batch that passed, of those not dropped.", newest.counts.passRate,
        to: &metrics)
    }
    guard let status else { return metrics.text }
    add("waiting", "Records, rows or windows that wait for the job.", Double(status.waiting), to: &metrics)
    let age = status.oldestWaiting.map { Double(max(0, now - $0)) / 1e6 } ?? 0
    add("oldest_waiting_seconds", "How long the oldest of them waits; 0 when none does.", age, to: &metrics)
    add("blocked", "1 while a batch is blocked.", status.blocked == nil ? 0 : 1, to: &metrics)
    if let committed = status.lastCommit {
      add(
        "last_commit_timestamp_seconds", "When the newest batch was committed.", Double(committed) / 1e6, to: &metrics)
    }
    return metrics.text
  }

  private func addRows(to metrics: inout PrometheusText) {
    let counts = call.reports.reduce(QualityCounts()) { $0 + $1.counts }
    let fates = [("passed", counts.passed), ("failed", counts.failed), ("duplicate", counts.duplicates)]
    metrics.add(
      "wikiguard_job_last_run_rows", .gauge, "Rows of the newest call, by what became of them.",
      fates.map { .init($0.1, [("job", call.job.rawValue), ("outcome", $0.0)]) })
  }

  private func add(_ name: String, _ help: String, _ value: Double, to metrics: inout PrometheusText) {
    metrics.add("wikiguard_job_\(name)", .gauge, help, [.init(value, [("job", call.job.rawValue)])])
  }
}
