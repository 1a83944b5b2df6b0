internal import CSQLite
internal import Failures

/// A result code of SQLite. A struct rather than an enum, so that codes this package has no name for survive.
///
/// Source: https://www.sqlite.org/rescode.html
public struct ResultCode: RawRepresentable, Hashable, Sendable {
  /// The number, extended or primary.
  public let rawValue: Int32

  /// Any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The code without its extension: the low eight bits.
  public var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

  /// Success.
  public static let ok = ResultCode(rawValue: SQLITE_OK)
  /// An SQL error or a missing table.
  public static let error = ResultCode(rawValue: SQLITE_ERROR)
  /// Another connection holds a lock.
  public static let busy = ResultCode(rawValue: SQLITE_BUSY)
  /// A conflict inside one connection or a shared cache.
  public static let locked = ResultCode(rawValue: SQLITE_LOCKED)
  /// Out of memory.
  public static let outOfMemory = ResultCode(rawValue: SQLITE_NOMEM)
  /// A write to a read-only database.
  public static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
  /// Stopped by `sqlite3_interrupt` or a progress handler.
  public static let interrupt = ResultCode(rawValue: SQLITE_INTERRUPT)
  /// The operating system reported an I/O error.
  public static let ioError = ResultCode(rawValue: SQLITE_IOERR)
  /// The file is damaged.
  public static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
  /// The disk, or the database's page limit, is full.
  public static let full = ResultCode(rawValue: SQLITE_FULL)
  /// The file cannot be opened.
  public static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
  /// A lock protocol error of the write-ahead log.
  public static let lockProtocol = ResultCode(rawValue: SQLITE_PROTOCOL)
  /// The schema changed.
  public static let schema = ResultCode(rawValue: SQLITE_SCHEMA)
  /// A string, blob or row over the size limit.
  public static let tooBig = ResultCode(rawValue: SQLITE_TOOBIG)
  /// A constraint is violated.
  public static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
  /// The interface was used wrongly.
  public static let misuse = ResultCode(rawValue: SQLITE_MISUSE)
  /// A bound parameter or column out of range.
  public static let range = ResultCode(rawValue: SQLITE_RANGE)
  /// The file is not a database.
  public static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)
}

/// What SQLite said, kept as `underlying` of the `Failure` that users see.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code.
  public let code: ResultCode
  /// The statement that failed, nil where there was none.
  public let sql: String?

  /// An error of a statement.
  public init(code: ResultCode, sql: String?) {
    self.code = code
    self.sql = sql
  }

  /// `SQLite 2067`, and the statement where there is one.
  public var description: String {
    "SQLite code \(code.rawValue)" + (sql.map { " in \($0)" } ?? "")
  }
}

extension ResultCode {
  /// How a failed call is reported: by whose fault it is, naming the file first.
  func failure(message: String, systemError: Int32, path: String, sql: String?) -> Failure {
    let underlying = SQLiteError(code: self, sql: sql)
    func make(_ kind: Failure.Kind, _ message: String, isRetryable: Bool? = nil) -> Failure {
      Failure(kind, message, context: [path], underlying: underlying, isRetryable: isRetryable)
    }
    switch primary {
    case .busy, .locked, .lockProtocol, .schema: return make(.busy, message)
    case .full: return make(.unavailable, "disk full: \(message)", isRetryable: false)
    case .constraint: return make(.conflict, message)
    case .notADatabase, .corrupt: return make(.malformedInput, message)
    // Also said of a file that is there when its write-ahead log cannot be made, as on a read-only file system.
    case .cannotOpen where systemError == noSuchFile && !fileExists(path): return make(.notFound, "no such file")
    case .cannotOpen:
      let obstacle = obstacleToWriting(path)
      return make(.unavailable, obstacle.map { "cannot be opened: \($0)" } ?? message, isRetryable: false)
    case .readOnly: return make(.unavailable, message, isRetryable: false)
    case .ioError where systemError == noSpaceLeft:
      return make(.unavailable, "disk full: \(message)", isRetryable: false)
    case .ioError, .outOfMemory, .interrupt: return make(.unavailable, message)
    case .tooBig: return make(.limitExceeded, message)
    case .error: return make(.invalidArgument, message)
    default: return make(.internalError, message)
    }
  }
}
