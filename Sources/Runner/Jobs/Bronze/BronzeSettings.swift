public import Iceberg
public import Quality

/// What Bronze is told by its configuration.
public struct BronzeSettings: Sendable {
  /// What happens when retention has deleted records that Bronze has not read.
  public enum OnMissing: String, Sendable {
    /// The job stops with data loss until it is accepted.
    case fail
    /// The range is recorded as lost and passed over.
    case skip
  }

  /// At most so many records a batch.
  public var rowLimit: Int
  /// At most about so many bytes of keys and values a batch; one record more than fits is still taken when it is the only one.
  public var byteLimit: Int
  /// How many bytes one fetch asks for.
  public var fetchBytes: Int
  /// Attempts before a range is halved.
  public var attempts: Int
  /// Topics of events.
  public var topics: [String]
  /// Topics whose records go to quarantine.
  public var deadLetterTopics: [String]
  /// What happens at a missing head.
  public var onMissing: OnMissing
  /// How data files are written.
  public var files: DataFileOptions
  /// The row checks at a clock (microseconds).
  public var checks: @Sendable (_ clock: Int64) throws -> RowChecks
  /// The batch checks at a clock (microseconds).
  public var batchChecks: @Sendable (_ clock: Int64) throws -> BatchChecks

  /// Settings.
  public init(
    rowLimit: Int, byteLimit: Int, topics: [String], deadLetterTopics: [String], onMissing: OnMissing,
    files: DataFileOptions, fetchBytes: Int = 16 << 20, attempts: Int = 3,
    checks: @escaping @Sendable (_ clock: Int64) throws -> RowChecks,
    batchChecks: @escaping @Sendable (_ clock: Int64) throws -> BatchChecks = { _ in .none }
  ) {
    self.rowLimit = rowLimit
    self.byteLimit = byteLimit
    self.fetchBytes = fetchBytes
    self.attempts = attempts
    self.topics = topics
    self.deadLetterTopics = deadLetterTopics
    self.onMissing = onMissing
    self.files = files
    self.checks = checks
    self.batchChecks = batchChecks
  }
}
