internal import Failures
internal import Synchronization

/// A SQLite file and the one serialized owner of its connection.
///
/// Any thread may call; callers wait for each other. Calls do not nest: inside a body use the `Connection` that it is given.
/// Failures name the path: `.busy` (another connection's lock), `.unavailable` (disk full, I/O error), `.conflict` (a constraint),
/// `.malformedInput` (not a database, or a damaged one), `.notFound`, `.invalidArgument` (wrong SQL); `underlying` is a
/// `SQLiteError` with SQLite's own code.
public final class Database: Sendable {
  /// The file's path, as it was given.
  public let path: String
  private let owner = Mutex(())
  /// Touched only by the holder of `owner`; nil once closed.
  nonisolated(unsafe) private var connection: Connection?

  /// Opens a file, or a database in memory for the path `:memory:`.
  public init(path: String, options: OpenOptions = OpenOptions()) throws {
    self.path = path
    connection = try Connection(path: path, options: options)
  }

  /// A transaction's kind.
  public enum TransactionKind: String, Sendable {
    /// Takes the write lock at the start: for all that writes.
    case immediate = "BEGIN IMMEDIATE"
    /// Takes locks when needed: a consistent view for several reads.
    case deferred = "BEGIN DEFERRED"
  }

  /// Lends the connection to `body`.
  public func with<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
    try owner.withLock { _ in
      guard let connection else { throw Failure.internalError("the database is closed").within(path) }
      return try body(connection)
    }
  }

  /// Runs `body` in a transaction, which is rolled back when it throws.
  public func transaction<Result: Sendable>(
    _ kind: TransactionKind = .immediate, _ body: (Connection) throws -> Result
  ) throws -> Result {
    try with { connection in
      try connection.execute(kind.rawValue)
      do {
        let result = try body(connection)
        try connection.execute("COMMIT")
        return result
      } catch {
        // A full disk or an I/O error may have rolled back already.
        if connection.isInTransaction { _ = try? connection.execute("ROLLBACK") }
        throw error
      }
    }
  }

  /// Runs one statement; see `Connection.execute`.
  @discardableResult
  public func execute(_ sql: String, _ values: [SQLiteValue] = []) throws -> Int {
    try with { try $0.execute(sql, values) }
  }

  /// Copies the write-ahead log into the file and empties it, so that the file is complete by itself. False when readers were in the way.
  public func checkpoint() throws -> Bool {
    try with { try $0.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.int64(0) == 0 } ?? true }
  }

  /// The database as the bytes of a file, without its write-ahead log: for files that must appear whole.
  public func serialized() throws -> [UInt8] {
    try with { try $0.serialized() }
  }

  /// Closes the file. Later calls throw.
  public func close() {
    owner.withLock { _ in connection = nil }
  }
}
