internal import CSQLite
public import Columns
public import Failures

/// SQL expressions that are put to the rows of column batches: true for good rows, and NULL passes, as in SQL's CHECK.
///
/// The rows are a virtual table that reads the columns' own memory; one statement (`SELECT (first), (second) … FROM batch`) judges
/// them in one pass. What an expression may do is limited: it sees its row, has a list of pure functions, no subqueries, and texts of at
/// most 64 KiB. One owner at a time.
///
/// Source: https://www.sqlite.org/lang_expr.html
public final class RowExpressions: @unchecked Sendable {
  /// The most expressions: a row's failures are the bits of one word.
  public static let limit = 64
  /// The longest expression, in bytes.
  public static let maximumBytes = 8192
  /// The functions that an expression may call.
  public static var functions: Set<String> { ExpressionSandbox.functions }

  private let connection: OpaquePointer
  private let table: RowTable
  private let sandbox = ExpressionSandbox()
  private var expressions: [String] = []
  /// The statement of each expression alone: for rows that the common statement stumbles over.
  private var single: [OpaquePointer] = []
  /// The statement of all expressions, made when it is first needed.
  private var common: OpaquePointer?

  /// No expressions yet, over rows of `columns`.
  public init(columns: [ExpressionColumn]) throws(Failure) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    let result = sqlite3_open_v2(":memory:", &opened, flags, nil)
    guard let opened else { throw .unavailable("no memory for SQL") }
    connection = opened
    table = RowTable(columns)
    guard result == SQLITE_OK, wg_sqlite3_isolate(opened) == SQLITE_OK, table.register(with: opened) == SQLITE_OK else {
      throw .internalError("SQLite refuses its settings: \(String(cString: sqlite3_errmsg(opened)))")
    }
    sqlite3_extended_result_codes(opened, 1)
    // The table is made before the sandbox stands: it would take that for writing.
    guard sqlite3_exec(opened, "SELECT 1 FROM \(RowTable.name)", nil, nil, nil) == SQLITE_OK else {
      throw .configuration("columns that SQL cannot name: \(String(cString: sqlite3_errmsg(opened)))")
    }
    sandbox.install(in: opened)
  }

  deinit {
    for statement in single + [common].compactMap(\.self) { sqlite3_finalize(statement) }
    sqlite3_close_v2(connection)
  }

  /// The number of expressions.
  public var count: Int { expressions.count }

  /// The names of the columns that the expressions read.
  public var columnsRead: Set<String> { sandbox.columnsRead }

  /// Adds an expression. Throws `.configuration`, with the position where it is known, for what is not one expression over the
  /// columns, or one that is not allowed.
  public func add(_ expression: String) throws(Failure) {
    guard count < Self.limit else { throw .configuration("more than \(Self.limit) SQL expressions") }
    let statement = try ExpressionCompiler(connection: connection, sandbox: sandbox, columns: table.columns)
      .compile(expression)
    single.append(statement)
    expressions.append(expression)
    sqlite3_finalize(common)
    common = nil
    try requireRowByRow(statement)
  }

  /// An aggregate has an answer where there are no rows. So has a constant that cannot be computed.
  private func requireRowByRow(_ statement: OpaquePointer) throws(Failure) {
    table.limit(to: 0..<0)
    defer { sqlite3_reset(statement) }
    switch sqlite3_step(statement) {
    case SQLITE_DONE: return
    case SQLITE_ROW:
      throw .configuration("an aggregate (min and max of one argument are) judges no row")
    default: throw .configuration(String(cString: sqlite3_errmsg(connection)))
    }
  }

  /// Puts all expressions to the rows of `columns` that `asked` marks (all by default).
  /// - Parameters:
  ///   - columns: one for each column given to `init`, all of `rowCount` rows.
  ///   - deadline: nil for as long as it takes.
  /// - Throws: `ExpressionsOverdue`; `.unavailable` when memory runs out.
  public func evaluate(
    _ columns: [Column], rowCount: Int, asked: [Bool]? = nil, deadline: ExpressionDeadline? = nil
  ) throws -> RowAnswers {
    guard columns.count == table.columns.count, columns.allSatisfy({ $0.count == rowCount }),
      asked.map({ $0.count == rowCount }) ?? true
    else { throw Failure.invalidArgument("columns do not fit the table that the expressions are for") }
    var answers = RowAnswers(failures: [UInt64](repeating: 0, count: rowCount))
    guard count > 0, rowCount > 0 else { return answers }
    let read = table.columns.indices.filter { columnsRead.contains(table.columns[$0].name) }
    setDeadline(deadline)
    defer { setDeadline(nil) }
    var outcome = Result<Void, any Error>.success(())
    table.show(read.map { columns[$0] }, at: read, rows: asked) {
      outcome = Result { try judge(rowCount, &answers) }
    }
    try outcome.get()
    return answers
  }

  /// SQLite looks at the clock after some steps, the table after some rows, since a step may be a slow function.
  private func setDeadline(_ deadline: ExpressionDeadline?) {
    sandbox.deadline = deadline
    table.setDeadline(deadline)
  }

  private func judge(_ rowCount: Int, _ answers: inout RowAnswers) throws {
    let statement = try commonStatement()
    var start = 0
    while start < rowCount {
      table.limit(to: start..<rowCount)
      do {
        return try run(statement) { row in
          for expression in 0..<count where sqlite3_column_int(statement, Int32(expression)) == 0 {
            answers.failures[row] |= 1 << UInt64(expression)
          }
        }
      } catch _ as StatementFault {
        let row = table.row
        try judge(alone: row, &answers)
        start = row + 1
      } catch _ as Interruption {
        throw ExpressionsOverdue(expression: try slowest(from: table.row, rowCount))
      }
    }
  }

  /// Puts the expressions to one row one by one, since one of them cannot be evaluated for it.
  private func judge(alone row: Int, _ answers: inout RowAnswers) throws {
    for (expression, statement) in single.enumerated() {
      table.limit(to: row..<row + 1)
      do {
        try run(statement) { row in
          if sqlite3_column_int(statement, 0) == 0 { answers.failures[row] |= 1 << UInt64(expression) }
        }
      } catch let fault as StatementFault {
        answers.failures[row] |= 1 << UInt64(expression)
        answers.faults.append(RowAnswers.Fault(row: row, expression: expression, message: fault.message))
      } catch _ as Interruption {
        throw ExpressionsOverdue(expression: expression)
      }
    }
  }

  /// The expression that takes the most time of a few rows from `row` on. Each has a second.
  private func slowest(from row: Int, _ rowCount: Int) throws -> Int {
    guard count > 1, let deadline = sandbox.deadline else { return 0 }
    var longest = (expression: 0, seconds: 0.0)
    for (expression, statement) in single.enumerated() {
      table.limit(to: row..<min(row + 100, rowCount))
      let start = deadline.now()
      setDeadline(ExpressionDeadline(now: deadline.now, end: start + 1))
      do { try run(statement) { _ in } } catch _ as StatementFault {} catch _ as Interruption {}
      let seconds = deadline.now() - start
      if seconds > longest.seconds { longest = (expression, seconds) }
    }
    return longest.expression
  }

  private func commonStatement() throws -> OpaquePointer {
    if count == 1 { return single[0] }
    if let common { return common }
    let statement = try ExpressionCompiler(connection: connection, sandbox: sandbox, columns: table.columns)
      .compile(all: expressions)
    common = statement
    return statement
  }

  // MARK: - Running a statement

  /// SQLite could not evaluate an expression for the row at which it stands.
  private struct StatementFault: Error { let message: String }
  /// The deadline passed.
  private struct Interruption: Error {}

  /// Calls `body` with each row of the statement.
  private func run(_ statement: OpaquePointer, _ body: (Int) -> Void) throws {
    defer { sqlite3_reset(statement) }
    while true {
      let result = sqlite3_step(statement)
      switch result & 0xff {
      case SQLITE_ROW: body(table.row)
      case SQLITE_DONE: return
      case SQLITE_INTERRUPT: throw Interruption()
      case SQLITE_NOMEM: throw Failure.unavailable("no memory for SQL")
      case SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE:
        throw StatementFault(message: String(cString: sqlite3_errmsg(connection)))
      default: throw Failure.internalError("SQLite code \(result): \(String(cString: sqlite3_errmsg(connection)))")
      }
    }
  }
}
