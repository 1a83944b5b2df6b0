import CSQLite
import Failures

/// Makes statements of expressions, and sees to it that an expression is one.
struct ExpressionCompiler {
  let connection: OpaquePointer
  let sandbox: ExpressionSandbox
  let columns: [ExpressionColumn]

  /// What stands before an expression that is compiled as it is.
  private static let head = "SELECT "

  /// The statement of one expression.
  ///
  /// It is compiled inside parentheses, where `DISTINCT x` is none, and as it is, where `1) OR (0` is none. The column's name behind
  /// it, which does not occur in it, is there only if no comment or string of it swallowed the rest.
  func compile(_ expression: String) throws(Failure) -> OpaquePointer {
    guard expression.utf8.count <= RowExpressions.maximumBytes else {
      throw .configuration(
        "an expression of \(expression.utf8.count) bytes, longer than \(RowExpressions.maximumBytes)")
    }
    let alias = alias(not: expression)
    let statement = try prepare(
      "\(Self.head)\(judged(expression)) AS \(alias) FROM \(RowTable.name)", of: expression, shift: 2)
    do throws(Failure) {
      let bare = try prepare("\(Self.head)\(expression)\nAS \(alias) FROM \(RowTable.name)", of: expression)
      defer { sqlite3_finalize(bare) }
      guard isOne(bare, alias), isOne(statement, alias) else { throw notOne(expression) }
    } catch {
      sqlite3_finalize(statement)
      throw error
    }
    return statement
  }

  private func notOne(_ expression: String) -> Failure {
    .configuration("not one whole SQL expression: \(Self.excerpt(expression[...]))")
  }

  /// The statement of several expressions, each of which was compiled alone.
  func compile(all expressions: [String]) throws(Failure) -> OpaquePointer {
    let list = expressions.map(judged).joined(separator: ", ")
    return try prepare("SELECT \(list) FROM \(RowTable.name)", of: nil)
  }

  /// 0 where the expression is false, 1 where it is true or NULL. The line break ends a comment.
  private func judged(_ expression: String) -> String { "((\(expression)\n) IS NOT FALSE)" }

  private func alias(not expression: String) -> String {
    var number = 0
    while expression.contains("judged\(number)") { number += 1 }
    return "judged\(number)"
  }

  private func isOne(_ statement: OpaquePointer, _ alias: String) -> Bool {
    sqlite3_column_count(statement) == 1
      && sqlite3_column_name(statement, 0).map { String(cString: $0) } == alias
  }

  /// `shift` is how many bytes more than `head` stand before the expression.
  private func prepare(_ sql: String, of expression: String?, shift: Int = 0) throws(Failure) -> OpaquePointer {
    sandbox.begin()
    var prepared: OpaquePointer?
    guard !sql.utf8.contains(0) else { throw .configuration("the expression contains U+0000") }
    let result = sqlite3_prepare_v2(connection, sql, -1, &prepared, nil)
    if result == SQLITE_OK, let prepared { return prepared }
    sqlite3_finalize(prepared)
    guard result & 0xff != SQLITE_NOMEM else { throw .configuration("the expression is too complex") }
    guard let expression else { throw .internalError(String(cString: sqlite3_errmsg(connection))) }
    let offset = Int(sqlite3_error_offset(connection)) - Self.head.utf8.count - shift
    throw failure(expression, offset: offset)
  }

  private func failure(_ expression: String, offset: Int) -> Failure {
    let said = String(cString: sqlite3_errmsg(connection))
    guard offset < expression.utf8.count, said != "incomplete input" else { return notOne(expression) }
    let message = sandbox.refusal ?? words(said)
    guard offset >= 0 else {
      return .configuration("\(message) in \(Self.excerpt(expression[...]))")
    }
    let place = expression.utf8.index(expression.startIndex, offsetBy: offset)
    let position = expression.unicodeScalars.distance(from: expression.startIndex, to: place) + 1
    return .configuration("\(message) at position \(position): \(Self.excerpt(expression[place...]))")
  }

  /// SQLite's words, without what they say of the text behind the expression, and with a column that may be meant.
  private func words(_ message: String) -> String {
    if message.hasPrefix("unrecognized token") { return "a string or token that does not end or is none" }
    let unknown = "no such column: "
    guard message.hasPrefix(unknown) else { return message }
    return message + hint(for: String(message.dropFirst(unknown.count)), among: columns.map(\.name))
  }

  /// The beginning of `text`, in quotes.
  private static func excerpt(_ text: Substring) -> String {
    text.count > 60 ? "\"\(text.prefix(60))…\"" : "\"\(text)\""
  }
}
