import Failures
import SQLite

/// What alerts remember between processes, in one SQLite file: open causes, who was told what, and what is not delivered yet.
///
/// Several processes may have it open: each decision is one transaction. Failures name the file; nothing in it is needed for a batch.
public final class AlertStore: Sendable {
  private let database: Database

  /// "WGAL".
  private static let migrations = Migrations(
    applicationID: 0x5747_414c,
    steps: [
      """
      CREATE TABLE causes (
        cause TEXT PRIMARY KEY, severity TEXT NOT NULL, is_open INTEGER NOT NULL, opened INTEGER NOT NULL,
        seen_at INTEGER NOT NULL, seen INTEGER NOT NULL, alert TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE notices (
        cause TEXT NOT NULL, channel TEXT NOT NULL, severity TEXT NOT NULL, sent INTEGER NOT NULL,
        is_current INTEGER NOT NULL, PRIMARY KEY (cause, channel)) WITHOUT ROWID;
      CREATE TABLE occurrences (
        cause TEXT NOT NULL, occurrence TEXT NOT NULL, severity TEXT NOT NULL, time INTEGER NOT NULL,
        PRIMARY KEY (cause, occurrence)) WITHOUT ROWID;
      CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, cause TEXT NOT NULL, kind TEXT NOT NULL,
        is_critical INTEGER NOT NULL, message TEXT NOT NULL, created INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0,
        claimed_until INTEGER NOT NULL DEFAULT 0, claim TEXT, last_error TEXT);
      CREATE INDEX outbox_by_channel ON outbox (channel, number);
      CREATE TABLE held (
        number INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, is_critical INTEGER NOT NULL,
        rank INTEGER NOT NULL, alert TEXT NOT NULL, time INTEGER NOT NULL);
      CREATE TABLE spent (channel TEXT NOT NULL, is_digest INTEGER NOT NULL, time INTEGER NOT NULL);
      """
    ])

  /// Opens the file at `path`, which is made where it is missing. Waits a second or two for other processes, not longer.
  ///
  /// Throws what `SQLite.Database` does; a damaged file is `.malformedInput` and says that it may be deleted.
  public init(path: String) throws {
    database = try Self.reading(path) {
      let database = try Database(path: path, options: OpenOptions(busyTimeoutMilliseconds: 2000))
      try database.migrate(Self.migrations)
      return database
    }
  }

  /// Runs `body` in a transaction that may write.
  func update<Result: Sendable>(_ body: (AlertTables) throws -> Result) throws -> Result {
    try Self.reading(database.path) { try database.transaction { try body(AlertTables(connection: $0)) } }
  }

  /// Runs `body` on one state of the file.
  func read<Result: Sendable>(_ body: (AlertTables) throws -> Result) throws -> Result {
    try Self.reading(database.path) { try database.transaction(.deferred) { try body(AlertTables(connection: $0)) } }
  }

  /// Wrong SQL or JSON in it can only mean a damaged file.
  private static func reading<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as Failure {
      let isDamage = failure.kind == .malformedInput || (failure.underlying as? SQLiteError)?.code.primary == .error
      guard isDamage else { throw failure }
      throw Failure(
        .malformedInput, "the memory of alerts is damaged: \(failure.message); it may be deleted", context: [path],
        underlying: failure.underlying)
    }
  }
}
