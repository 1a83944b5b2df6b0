internal import CSQLite
internal import Failures

/// A prepared statement: bind, step, read the row.
///
/// Belongs to the `Connection` that prepared it and is used only while that connection is. Parameters count from 1, columns
/// from 0, as in SQLite. A parameter or column out of range is an error or reads as NULL; nothing here traps.
public final class Statement {
  private let handle: OpaquePointer
  private unowned let connection: Connection
  /// The text that was prepared.
  public let sql: String

  init(handle: OpaquePointer, connection: Connection, sql: String) {
    self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  /// The number of columns of a row.
  public var columnCount: Int { Int(sqlite3_column_count(handle)) }

  /// The number of parameters.
  public var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }

  /// The name of a column.
  public func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(clamping: column)).map { String(cString: $0) } ?? ""
  }

  /// Whether it changes nothing in the file.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

  /// Whether it was begun and is not reset.
  var isBusy: Bool { sqlite3_stmt_busy(handle) != 0 }

  private func check(_ result: Int32) throws {
    if result != SQLITE_OK { throw connection.failure(result, sql: sql) }
  }

  // MARK: Binding

  /// Binds NULL.
  public func bindNull(_ parameter: Int) throws {
    try check(sqlite3_bind_null(handle, Int32(clamping: parameter)))
  }

  /// Binds an integer.
  public func bind(int64 value: Int64, to parameter: Int) throws {
    try check(sqlite3_bind_int64(handle, Int32(clamping: parameter), value))
  }

  /// Binds a double. NaN becomes NULL: SQLite has none.
  public func bind(double value: Double, to parameter: Int) throws {
    try check(sqlite3_bind_double(handle, Int32(clamping: parameter), value))
  }

  /// Binds text.
  public func bind(text value: String, to parameter: Int) throws {
    var value = value
    try value.withUTF8 { try bind(text: UnsafeRawBufferPointer($0), to: parameter) }
  }

  /// Binds bytes as text, which should be UTF-8; they are copied.
  public func bind(text bytes: UnsafeRawBufferPointer, to parameter: Int) throws {
    let start = bytes.baseAddress ?? emptyBytes
    let index = Int32(clamping: parameter)
    try check(
      wg_sqlite3_bind_text(handle, index, start.assumingMemoryBound(to: CChar.self), sqlite3_uint64(bytes.count)))
  }

  /// Binds bytes as a blob; they are copied.
  public func bind(blob bytes: UnsafeRawBufferPointer, to parameter: Int) throws {
    let start = bytes.baseAddress ?? emptyBytes
    try check(
      wg_sqlite3_bind_blob(handle, Int32(clamping: parameter), start, sqlite3_uint64(bytes.count)))
  }

  /// Binds a value of any type.
  public func bind(value: SQLiteValue, to parameter: Int) throws {
    switch value {
    case .null: try bindNull(parameter)
    case .integer(let integer): try bind(int64: integer, to: parameter)
    case .real(let double): try bind(double: double, to: parameter)
    case .text(let text): try bind(text: text, to: parameter)
    case .blob(let bytes): try bytes.withUnsafeBytes { try bind(blob: $0, to: parameter) }
    }
  }

  // MARK: Running

  /// Goes to the next row; false when there is none, and then the statement is reset.
  public func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let result:
      let failure = connection.failure(result, sql: sql)
      sqlite3_reset(handle)
      throw failure
    }
  }

  /// Runs a statement to its end.
  public func run() throws {
    while try step() {}
  }

  /// Ends reading; bound values stay.
  public func reset() { sqlite3_reset(handle) }

  /// Ends reading and makes all parameters NULL.
  public func clear() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  // MARK: Reading the row

  /// Whether the column is NULL.
  public func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, index(column)) == SQLITE_NULL }

  /// The column as an integer; NULL is 0, text and doubles convert as SQLite does.
  public func int64(_ column: Int) -> Int64 { sqlite3_column_int64(handle, index(column)) }

  /// The column as a double; NULL is 0.
  public func double(_ column: Int) -> Double { sqlite3_column_double(handle, index(column)) }

  /// The column as text, nil for NULL. Ill-formed UTF-8 is repaired.
  public func text(_ column: Int) -> String? {
    guard let start = sqlite3_column_text(handle, index(column)) else { return nil }
    let length = Int(sqlite3_column_bytes(handle, index(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// Calls `body` with the column's bytes (blob or text; empty for NULL), valid only inside it.
  public func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    let start = sqlite3_column_blob(handle, index(column))
    let length = start == nil ? 0 : Int(sqlite3_column_bytes(handle, index(column)))
    return try body(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// The column's bytes, nil for NULL.
  public func blob(_ column: Int) -> [UInt8]? {
    isNull(column) ? nil : withBytes(column) { [UInt8]($0) }
  }

  /// The column as a value of the type that it is stored as.
  public func value(_ column: Int) -> SQLiteValue {
    switch sqlite3_column_type(handle, index(column)) {
    case SQLITE_INTEGER: .integer(int64(column))
    case SQLITE_FLOAT: .real(double(column))
    case SQLITE_TEXT: .text(text(column) ?? "")
    case SQLITE_BLOB: .blob(blob(column) ?? [])
    default: .null
    }
  }

  /// SQLite answers NULL for a column that does not exist.
  private func index(_ column: Int) -> Int32 { Int32(clamping: column) }
}

/// An address for empty text and blobs: SQLite takes a null pointer for NULL. Static memory, never read.
nonisolated(unsafe) let emptyBytes = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
