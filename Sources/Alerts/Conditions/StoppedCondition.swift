/// Whether a job goes on by itself.
public enum StoppedCondition {
  /// A job that waits for a decision: `reason` is its error, which says what to do; nil when it goes on.
  public static func observation(job: String, batch: String?, reason: String?, at now: Int64) -> Observation {
    let cause = "stopped/\(job)"
    guard let reason else { return .clears(family: cause) }
    let what = batch.map { "batch \($0) is blocked" } ?? "nothing more is taken in"
    return .holds(
      Alert(
        cause: cause, severity: .critical, title: "\(job.capitalizedJob) waits for a decision: \(what)",
        detail: reason, batch: batch,
        command: batch.map { "wikiguard-job batches show \($0)" } ?? "wikiguard-job status", time: now))
  }

  /// A record that broke the job again and again and went to quarantine unseen.
  public static func poison(job: String, batch: String, at now: Int64) -> Alert {
    Alert(
      cause: "poison/\(job)", occurrence: batch, severity: .warning,
      title: "\(job.capitalizedJob) put a record aside that breaks it",
      detail: "it failed alone after its batch was halved; it lies in \(job)_quarantine with the reason poison",
      batch: batch, command: "wikiguard-job batches show \(batch)", time: now)
  }
}
