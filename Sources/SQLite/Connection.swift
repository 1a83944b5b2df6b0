internal import CSQLite
internal import Failures
internal import Glibc

/// An open connection, lent by its `Database` to one caller at a time and not kept beyond the call.
public final class Connection {
  /// The file's path, as it was given.
  public let path: String
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// So many prepared statements are kept; a job has a few dozen.
  private static let cachedStatements = 64

  init(path: String, options: OpenOptions) throws {
    var handle: OpaquePointer?
    let result = sqlite3_open_v2(path, &handle, options.flags, nil)
    guard let handle else {
      throw ResultCode.outOfMemory.failure(message: "out of memory", systemError: 0, path: path, sql: nil)
    }
    self.path = path
    self.handle = handle
    guard result == SQLITE_OK else { throw failure(result, sql: nil) }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, options.busyTimeoutMilliseconds)
    try check(wg_sqlite3_harden(handle))
    for pragma in options.pragmas { try patiently(options.busyTimeoutMilliseconds) { try executeScript(pragma) } }
  }

  /// SQLite does not wait for the locks by which a file gets its journal mode: of two that open a new one at once, one is told that it is
  /// busy at once.
  private func patiently(_ milliseconds: Int32, _ body: () throws -> Void) throws {
    for _ in 0..<max(0, milliseconds / 5) {
      do { return try body() } catch let failure as Failure where failure.kind == .busy { usleep(5000) }
    }
    try body()
  }

  deinit {
    statements.removeAll()
    // Closes when the last statement is gone, should one still be held.
    sqlite3_close_v2(handle)
  }

  private func check(_ result: Int32, sql: String? = nil) throws {
    if result != SQLITE_OK { throw failure(result, sql: sql) }
  }

  func failure(_ result: Int32, sql: String?) -> Failure {
    let extended = sqlite3_extended_errcode(handle)
    // `result` and the connection's last code differ when a call failed before it reached the connection.
    let code = extended & 0xff == result & 0xff ? extended : result
    let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown error"
    return ResultCode(rawValue: code)
      .failure(message: message, systemError: sqlite3_system_errno(handle), path: path, sql: sql)
  }

  /// A prepared statement, from the cache where it is not in use; its parameters are NULL. Throws for anything but one statement.
  public func statement(_ sql: String) throws -> Statement {
    if let cached = statements[sql], !cached.isBusy {
      cached.clear()
      return cached
    }
    let statement = try prepare(sql)
    if statements.count >= Self.cachedStatements { statements.removeAll() }
    if statements[sql] == nil { statements[sql] = statement }
    return statement
  }

  private func prepare(_ sql: String) throws -> Statement {
    var prepared: OpaquePointer?
    var text = sql
    let isOne = try text.withUTF8 { utf8 in
      try utf8.withMemoryRebound(to: CChar.self) { characters in
        guard let length = Int32(exactly: characters.count) else {
          throw Failure.limitExceeded("SQL of \(characters.count) bytes")
        }
        var tail: UnsafePointer<CChar>?
        try check(sqlite3_prepare_v3(handle, characters.baseAddress, length, 0, &prepared, &tail), sql: sql)
        guard let tail, let start = characters.baseAddress else { return true }
        return utf8[(tail - start)...].allSatisfy { $0 == 0x20 || $0 == 0x0a || $0 == 0x3b }
      }
    }
    guard let prepared, isOne else {
      sqlite3_finalize(prepared)
      throw Failure.invalidArgument("not one SQL statement: \(sql)").within(path)
    }
    return Statement(handle: prepared, connection: self, sql: sql)
  }

  /// Runs one statement to its end and returns the number of rows that it changed.
  @discardableResult
  public func execute(_ sql: String, _ values: [SQLiteValue] = []) throws -> Int {
    let statement = try bound(sql, values)
    try statement.run()
    return statement.isReadOnly ? 0 : Int(sqlite3_changes64(handle))
  }

  /// Runs statements without parameters, separated by semicolons.
  public func executeScript(_ sql: String) throws {
    try check(sqlite3_exec(handle, sql, nil, nil, nil), sql: sql)
  }

  /// What `row` makes of each row, in order. Inside it the statement stands at the row and is only read.
  public func rows<Result>(
    _ sql: String, _ values: [SQLiteValue] = [], _ row: (Statement) throws -> Result
  ) throws -> [Result] {
    let statement = try bound(sql, values)
    defer { statement.reset() }
    var results: [Result] = []
    while try statement.step() { results.append(try row(statement)) }
    return results
  }

  /// What `row` makes of the first row, nil when there is none.
  public func first<Result>(
    _ sql: String, _ values: [SQLiteValue] = [], _ row: (Statement) throws -> Result
  ) throws -> Result? {
    let statement = try bound(sql, values)
    defer { statement.reset() }
    return try statement.step() ? try row(statement) : nil
  }

  private func bound(_ sql: String, _ values: [SQLiteValue]) throws -> Statement {
    let statement = try statement(sql)
    guard values.count == statement.parameterCount else {
      throw Failure.invalidArgument("\(values.count) values for \(statement.parameterCount) parameters: \(sql)").within(
        path)
    }
    for (index, value) in values.enumerated() { try statement.bind(value: value, to: index + 1) }
    return statement
  }

  func serialized() throws -> [UInt8] {
    var size: sqlite3_int64 = 0
    guard let start = sqlite3_serialize(handle, "main", &size, 0) else { throw failure(SQLITE_NOMEM, sql: nil) }
    defer { sqlite3_free(start) }
    return [UInt8](UnsafeBufferPointer(start: start, count: Int(size)))
  }

  /// The key of the row inserted last.
  public var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}

extension OpenOptions {
  fileprivate var flags: Int32 {
    let access: Int32 =
      switch access {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    // The Database serializes; SQLite's own mutex would be a second one.
    return access | SQLITE_OPEN_NOMUTEX
  }

  fileprivate var pragmas: [String] {
    var pragmas: [String] = []
    if access != .readOnly {
      if let pageBytes { pragmas.append("PRAGMA page_size = \(pageBytes)") }
      if usesWriteAheadLog { pragmas.append("PRAGMA journal_mode = WAL") }
      pragmas.append("PRAGMA synchronous = \(synchronous.rawValue)")
      if let checkpointPages { pragmas.append("PRAGMA wal_autocheckpoint = \(checkpointPages)") }
    }
    pragmas.append("PRAGMA foreign_keys = ON")
    return pragmas
  }
}
