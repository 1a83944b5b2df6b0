public import Quality

/// The quality of a job's batches over some time.
public struct QualityTrend: Sendable {
  /// One batch.
  public struct Batch: Sendable {
    /// Its name.
    public let name: String
    /// The clock of its plan, in microseconds.
    public let clock: Int64
    /// What became of its rows.
    public let counts: QualityCounts
    /// `SUCCESS`, `WARNING` or `CRITICAL`.
    public let severity: Severity
  }

  /// A check that failed, over all batches.
  public struct FailedCheck: Sendable {
    /// Its name.
    public let name: String
    /// Rows that failed it; for a batch check the batches.
    public var failed: Int64
    /// Rows that were asked; for a batch check the failed batches, since those that passed without a metric are not stored.
    public var checked: Int64
  }

  /// The job.
  public let job: JobName
  /// The batches, oldest first.
  public internal(set) var batches: [Batch] = []
  /// The checks that failed, those with most failures first.
  public internal(set) var failedChecks: [FailedCheck] = []

  init(job: JobName) { self.job = job }

  /// All batches' rows.
  public var counts: QualityCounts { batches.reduce(QualityCounts()) { $0 + $1.counts } }
}
