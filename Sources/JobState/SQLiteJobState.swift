internal import Failures
internal import SQLite

/// Job state in one SQLite file, with one lock file a job beside it.
///
/// What was recorded is on the disk when a call returns. A file that is damaged is `.malformedInput` and says that it may be deleted:
/// all of it can be rebuilt from the tables.
public final class SQLiteJobState: JobState {
  private let database: Database
  private let locksDirectory: String

  /// "WGJS".
  private static let migrations = Migrations(
    applicationID: 0x5747_4a53,
    steps: [
      """
      CREATE TABLE runs (
        sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, batch TEXT NOT NULL, job TEXT NOT NULL, status TEXT NOT NULL,
        plan TEXT NOT NULL, prepared TEXT, attempts INTEGER NOT NULL, outcome TEXT,
        created INTEGER NOT NULL, updated INTEGER NOT NULL);
      CREATE INDEX runs_by_job ON runs (job, status, created, sequence);
      CREATE INDEX runs_by_batch ON runs (batch, created, sequence);
      CREATE INDEX runs_by_time ON runs (created, sequence);
      CREATE TABLE job_values (
        job TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (job, key)) WITHOUT ROWID;
      """
    ])

  /// Opens the state at `path`, which is made where it is missing; `locksDirectory` exists.
  public init(path: String, locksDirectory: String) throws {
    self.locksDirectory = locksDirectory
    database = try Self.reading(path) {
      let database = try Database(path: path)
      try database.migrate(Self.migrations)
      return database
    }
  }

  /// A damaged file is one that may be deleted, and the operator is told so. Wrong SQL can only mean a damaged schema.
  @discardableResult
  private static func reading<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as Failure {
      let isDamage = failure.kind == .malformedInput || (failure.underlying as? SQLiteError)?.code.primary == .error
      guard isDamage else { throw failure }
      throw Failure(
        .malformedInput,
        "the state file is damaged: \(failure.message); delete it and run `wikiguard-job state rebuild`",
        context: [path], underlying: failure.underlying)
    }
  }

  @discardableResult
  private func reading<Result>(_ body: () throws -> Result) throws -> Result {
    try Self.reading(database.path, body)
  }

  /// Takes the job's lock, nil when another holds it.
  public func lock(job: String) throws -> (any JobLock)? {
    guard !job.isEmpty, job.utf8.allSatisfy({ 0x61...0x7a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2d || $0 == 0x5f })
    else {
      throw Failure.invalidArgument("\"\(job)\" is no job name: lower-case letters, digits, '-' and '_'")
    }
    return try FileLock.acquire(locksDirectory + "/" + job + ".lock")
  }

  // MARK: Runs

  private static let columns = "id, batch, job, status, plan, prepared, attempts, outcome, created, updated"

  /// Records a new run.
  public func record(_ run: RunRecord) throws {
    try reading {
      do {
        try database.execute(
          "INSERT INTO runs (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", run.values)
      } catch let failure as Failure where failure.kind == .conflict {
        throw Failure(.conflict, "run \(run.id) is recorded already", underlying: failure, isRetryable: false)
      }
    }
  }

  /// Replaces what is stored of a run. Throws `.notFound` if it is not known.
  public func update(_ run: RunRecord) throws {
    let changed = try reading {
      try database.execute(
        """
        UPDATE runs SET batch = ?2, job = ?3, status = ?4, plan = ?5, prepared = ?6, attempts = ?7, outcome = ?8,
          created = ?9, updated = ?10 WHERE id = ?1
        """, run.values)
    }
    guard changed == 1 else { throw Failure.notFound("run \(run.id) is not recorded") }
  }

  /// The run, nil when it is not known.
  public func run(_ id: String) throws -> RunRecord? {
    try select("WHERE id = ?", [.text(id)]).first
  }

  /// Runs of `job` that are planned or prepared, oldest first.
  public func unfinished(job: String) throws -> [RunRecord] {
    try select(
      "WHERE job = ? AND status IN ('planned', 'prepared') ORDER BY created, sequence", [.text(job)])
  }

  /// The newest run of `job` that is blocked.
  public func blocked(job: String) throws -> RunRecord? {
    try select("WHERE job = ? AND status = 'blocked' ORDER BY created DESC, sequence DESC LIMIT 1", [.text(job)]).first
  }

  /// Runs of `job`, or of all, newest first, at most `limit`.
  public func runs(job: String?, limit: Int) throws -> [RunRecord] {
    let limit = SQLiteValue.integer(Int64(max(0, limit)))
    guard let job else { return try select("ORDER BY created DESC, sequence DESC LIMIT ?", [limit]) }
    return try select("WHERE job = ? ORDER BY created DESC, sequence DESC LIMIT ?", [.text(job), limit])
  }

  /// Runs of a batch, newest first.
  public func runs(batch: String) throws -> [RunRecord] {
    try select("WHERE batch = ? ORDER BY created DESC, sequence DESC", [.text(batch)])
  }

  private func select(_ clause: String, _ values: [SQLiteValue]) throws -> [RunRecord] {
    try reading {
      try database.with { connection in
        try connection.rows("SELECT \(Self.columns) FROM runs \(clause)", values) { try RunRecord($0) }
      }
    }
  }

  // MARK: Small values

  /// A small value, nil when absent.
  public func value(job: String, key: String) throws -> String? {
    try reading {
      try database.with { connection in
        try connection.first("SELECT value FROM job_values WHERE job = ? AND key = ?", [.text(job), .text(key)]) {
          $0.text(0) ?? ""
        }
      }
    }
  }

  /// Stores a small value; nil removes it.
  public func setValue(_ value: String?, job: String, key: String) throws {
    try reading {
      if let value {
        try database.execute(
          "INSERT OR REPLACE INTO job_values VALUES (?, ?, ?)", [.text(job), .text(key), .text(value)])
      } else {
        try database.execute("DELETE FROM job_values WHERE job = ? AND key = ?", [.text(job), .text(key)])
      }
    }
  }
}

extension RunRecord {
  fileprivate var values: [SQLiteValue] {
    [
      .text(id), .text(batch), .text(job), .text(status.rawValue), .text(plan), .text(orNull: prepared),
      .integer(Int64(attempts)), .text(orNull: outcome), .integer(createdMilliseconds), .integer(updatedMilliseconds),
    ]
  }

  fileprivate init(_ row: Statement) throws {
    let name = row.text(3) ?? ""
    guard let status = Status(rawValue: name) else {
      throw Failure.malformedInput("run \(row.text(0) ?? "") has the status \"\(name)\"")
    }
    self.init(
      id: row.text(0) ?? "", batch: row.text(1) ?? "", job: row.text(2) ?? "", status: status, plan: row.text(4) ?? "",
      prepared: row.text(5), attempts: Int(row.int64(6)), outcome: row.text(7), createdMilliseconds: row.int64(8),
      updatedMilliseconds: row.int64(9))
  }
}
