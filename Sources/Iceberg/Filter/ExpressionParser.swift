import Failures

/// Reads a filter by recursive descent: OR binds least, then AND, then NOT.
struct ExpressionParser {
  private static let depthLimit = 100

  var cursor: FilterCursor
  let schema: Schema
  private var depth = 0

  /// Throws as `FilterLexer`.
  init(_ text: String, _ schema: Schema) throws(Failure) {
    cursor = try FilterCursor(text)
    self.schema = schema
  }

  /// The whole text as an expression.
  mutating func whole() throws(Failure) -> Expression {
    let expression = try disjunction()
    guard cursor.token.kind == .end else { throw cursor.unexpected("AND, OR or the end") }
    return expression
  }

  private mutating func disjunction() throws(Failure) -> Expression {
    var parts = [try conjunction()]
    while cursor.take(keyword: "OR") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction() throws(Failure) -> Expression {
    var parts = [try negation()]
    while cursor.take(keyword: "AND") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .limitExceeded("a filter nested more than \(Self.depthLimit) levels deep")
    }
    if cursor.take(keyword: "NOT") { return .not(try negation()) }
    guard cursor.take(symbol: "(") else { return try condition() }
    let inner = try disjunction()
    guard cursor.take(symbol: ")") else { throw cursor.unexpected("AND, OR or )") }
    return inner
  }
}
