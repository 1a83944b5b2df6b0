/// How far each job has come, and what waits.
public struct PipelineStatus: Sendable {
  /// One job.
  public struct Job: Sendable {
    /// The job.
    public let name: JobName
    /// Its newest batch, nil before the first.
    public let lastBatch: String?
    /// When that batch was committed, in microseconds.
    public let lastCommit: Int64?
    /// Records, rows or windows that wait for it.
    public let waiting: Int64
    /// What `waiting` counts.
    public let unit: String
    /// When the oldest of them came, in microseconds; nil when nothing waits or it is not known.
    public let oldestWaiting: Int64?
    /// The batch that is blocked, nil when none is.
    public let blocked: String?
  }

  /// One table.
  public struct TableState: Sendable {
    /// The name.
    public let name: String
    /// Its rows, as the newest snapshot's summary has them.
    public let rows: Int64
    /// Its data files.
    public let files: Int64
    /// Their bytes.
    public let bytes: Int64
    /// Its snapshots.
    public let snapshots: Int
    /// When its newest snapshot was committed, in microseconds; nil before the first.
    public let committed: Int64?
    /// The newest time of its rows (events', windows' or when they were written), in microseconds; nil where files do not say.
    public let newestRow: Int64?
    /// Where its current metadata is.
    public let metadataLocation: String
  }

  /// The jobs in order.
  public let jobs: [Job]
  /// The tables that are there.
  public let tables: [TableState]
}
