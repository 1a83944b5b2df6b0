/// What a job remembers between processes: plans, runs and who works. It only saves work: the tables are the truth.
///
/// Every adapter (SQLite here; objects on S3 later) passes the same conformance suite.
public protocol JobState: Sendable {
  /// Takes the lock of `job`, nil when another process holds it. A SIGKILL frees it.
  func lock(job: String) throws -> (any JobLock)?
  /// Records a new run, its attempts counted as 0. Throws `.conflict` if the run exists.
  func record(_ run: RunRecord) throws
  /// Replaces what is stored of a run.
  func update(_ run: RunRecord) throws
  /// The run, nil when it is not known.
  func run(_ id: String) throws -> RunRecord?
  /// Runs of `job` that are planned or prepared, oldest first.
  func unfinished(job: String) throws -> [RunRecord]
  /// The newest run of `job` that is blocked, nil when there is none.
  func blocked(job: String) throws -> RunRecord?
  /// Runs of `job` (nil: of all), newest first, at most `limit`.
  func runs(job: String?, limit: Int) throws -> [RunRecord]
  /// Runs of a batch, newest first.
  func runs(batch: String) throws -> [RunRecord]
  /// A small value under a key of a job (such as the largest batch number), nil when absent.
  func value(job: String, key: String) throws -> String?
  /// Stores a small value; nil removes it.
  func setValue(_ value: String?, job: String, key: String) throws
}

/// A held lock; freed by `release` or with the process.
public protocol JobLock: AnyObject {
  /// Frees the lock.
  func release()
}

/// One run of one batch.
public struct RunRecord: Sendable, Hashable {
  /// Where the run stands.
  public enum Status: String, Sendable, CaseIterable {
    /// Its input is fixed; nothing is committed and it may be executed.
    case planned
    /// Its files are written; from here on it is only ever committed.
    case prepared
    /// All its commits are made.
    case done
    /// Another run did its work first.
    case superseded
    /// It failed and another run may plan its input.
    case failed
    /// Its gate suspended it.
    case blocked
  }

  /// UUID in lower case.
  public var id: String
  /// `bronze-000042`, `silver-x0123456789ab`.
  public var batch: String
  /// `bronze`, `silver`, `gold`.
  public var job: String
  /// Where it stands.
  public var status: Status
  /// The plan as JSON.
  public var plan: String
  /// Paths of what was prepared, as JSON; nil before.
  public var prepared: String?
  /// How often it was started; counted before the start.
  public var attempts: Int
  /// The counts and outcome as JSON; nil before the end.
  public var outcome: String?
  /// Milliseconds since 1970-01-01 UTC.
  public var createdMilliseconds: Int64
  /// Milliseconds since 1970-01-01 UTC.
  public var updatedMilliseconds: Int64

  /// A run.
  public init(
    id: String, batch: String, job: String, status: Status, plan: String, prepared: String? = nil, attempts: Int = 0,
    outcome: String? = nil, createdMilliseconds: Int64, updatedMilliseconds: Int64
  ) {
    self.id = id
    self.batch = batch
    self.job = job
    self.status = status
    self.plan = plan
    self.prepared = prepared
    self.attempts = attempts
    self.outcome = outcome
    self.createdMilliseconds = createdMilliseconds
    self.updatedMilliseconds = updatedMilliseconds
  }
}
