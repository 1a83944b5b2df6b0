import CSQLite
import Failures

/// Keeps SQL that somebody else wrote to what an expression over a row may do, and to its time.
///
/// One owner, together with the connection that it is installed in, which must be closed before it is gone.
///
/// Source: https://www.sqlite.org/security.html
final class ExpressionSandbox {
  /// Pure functions of their arguments whose time and memory are bounded by the length limit. Dates are not among them: with "now" or
  /// without arguments they are functions of the clock. Nor is printf: it pads a billion times, whatever the limit.
  static let functions: Set<String> = [
    "->", "->>", "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "char",
    "coalesce",
    "concat", "concat_ws", "cos", "cosh", "degrees", "exp", "floor", "glob", "hex", "ifnull", "iif", "instr",
    "json", "json_array", "json_array_length", "json_extract", "json_object", "json_quote", "json_type", "json_valid",
    "length", "like", "likelihood", "likely", "ln", "log", "log10", "log2", "lower", "ltrim", "max", "min", "mod",
    "nullif", "octet_length", "pi", "pow", "power", "quote", "radians", "replace", "round", "rtrim", "sign",
    "sin", "sinh", "sqrt", "substr", "substring", "tan", "tanh", "trim", "trunc", "typeof", "unhex", "unicode",
    "unlikely", "upper",
  ]

  /// The longest text that an expression may take or make, in bytes. No function can be interrupted, and `instr`, `replace` and `trim`
  /// take the square of it.
  static let longestText: Int32 = 65_536

  /// Many times what a check needs, and little enough for a stack and a second.
  private static let limits: [(kind: Int32, value: Int32)] = [
    (SQLITE_LIMIT_LENGTH, longestText), (SQLITE_LIMIT_SQL_LENGTH, 1_000_000), (SQLITE_LIMIT_COLUMN, 2000),
    (SQLITE_LIMIT_EXPR_DEPTH, 300), (SQLITE_LIMIT_COMPOUND_SELECT, 1), (SQLITE_LIMIT_VDBE_OP, 250_000),
    (SQLITE_LIMIT_FUNCTION_ARG, 100), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256),
    (SQLITE_LIMIT_VARIABLE_NUMBER, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
  ]

  /// So many steps of SQLite's machine lie between two looks at the clock: some tens of microseconds.
  private static let stepsBetweenLooks: Int32 = 2000

  /// Why the statement that was prepared last was refused, where it was.
  private(set) var refusal: String?
  /// The columns that statements read since `forget`.
  private(set) var columnsRead: Set<String> = []
  /// When a run is given up.
  var deadline: ExpressionDeadline?
  private var selects = 0

  func install(in connection: OpaquePointer) {
    for limit in Self.limits { sqlite3_limit(connection, limit.kind, limit.value) }
    let own = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_set_authorizer(
      connection,
      { own, action, first, second, _, _ in
        guard let own else { return SQLITE_DENY }
        let sandbox = Unmanaged<ExpressionSandbox>.fromOpaque(own).takeUnretainedValue()
        return sandbox.allows(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
          ? SQLITE_OK : SQLITE_DENY
      }, own)
    sqlite3_progress_handler(
      connection, Self.stepsBetweenLooks,
      { own in
        guard let own else { return 1 }
        let sandbox = Unmanaged<ExpressionSandbox>.fromOpaque(own).takeUnretainedValue()
        return sandbox.deadline?.isOver ?? false ? 1 : 0
      }, own)
  }

  /// To be called before each statement that is prepared.
  func begin() {
    refusal = nil
    selects = 0
  }

  private func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
    switch action {
    case SQLITE_SELECT:
      selects += 1
      return selects == 1 || refuse("subqueries are not possible: an expression sees its row")
    case SQLITE_READ:
      guard first == RowTable.name, let second, second != "ROWID" else {
        return refuse("\(second ?? "") of \(first ?? "") cannot be read")
      }
      if !second.isEmpty { columnsRead.insert(second) }
      return true
    case SQLITE_FUNCTION:
      let name = second ?? ""
      return Self.functions.contains(name) || refuse("function \(name) is not allowed in a check")
    default: return refuse("only an expression over the row's columns is possible")
    }
  }

  private func refuse(_ reason: String) -> Bool {
    if refusal == nil { refusal = reason }
    return false
  }
}
