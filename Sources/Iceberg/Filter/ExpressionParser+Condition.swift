import Failures

/// Conditions on one column.
extension ExpressionParser {
  private static let keywords: Set<String> = [
    "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "BETWEEN", "TRUE", "FALSE",
  ]
  private static let comparisons: [String: Expression.Comparison] = [
    "=": .equal, "==": .equal, "!=": .notEqual, "<>": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  /// A column that was named, and what can be compared with it; nil for one that is nested.
  private struct Column {
    let name: String
    let type: PrimitiveType?
  }

  mutating func condition() throws(Failure) -> Expression {
    if cursor.take(keyword: "TRUE") { return .alwaysTrue }
    if cursor.take(keyword: "FALSE") { return .alwaysFalse }
    let start = cursor.token.position
    let column = try self.column()
    if case .symbol(let symbol) = cursor.token.kind, let comparison = Self.comparisons[symbol] {
      cursor.advance()
      return .compare(column.name, comparison, try constant(of: column))
    }
    if cursor.take(keyword: "IS") { return try isNull(column) }
    let isNegated = cursor.take(keyword: "NOT")
    if let condition = try membership(column) { return isNegated ? .not(condition) : condition }
    guard !isNegated else { throw cursor.unexpected("IN, LIKE or BETWEEN") }
    if column.type == .boolean { return .equal(column.name, .boolean(true)) }
    guard cursor.token.kind == .end else { throw cursor.unexpected("a comparison") }
    throw FilterLexer.failure(at: start, "column \(column.name) alone is no condition")
  }

  private mutating func isNull(_ column: Column) throws(Failure) -> Expression {
    let isNegated = cursor.take(keyword: "NOT")
    guard cursor.take(keyword: "NULL") else { throw cursor.unexpected("NULL") }
    return isNegated ? .notNull(column.name) : .isNull(column.name)
  }

  /// What may follow a column and a NOT; nil where it does not.
  private mutating func membership(_ column: Column) throws(Failure) -> Expression? {
    if cursor.take(keyword: "IN") { return .isIn(column.name, try constants(of: column)) }
    if cursor.take(keyword: "LIKE") { return try like(column) }
    guard cursor.take(keyword: "BETWEEN") else { return nil }
    let lower = try constant(of: column)
    guard cursor.take(keyword: "AND") else { throw cursor.unexpected("AND") }
    return .and([.greaterOrEqual(column.name, lower), .lessOrEqual(column.name, try constant(of: column))])
  }

  private mutating func like(_ column: Column) throws(Failure) -> Expression {
    let position = cursor.token.position
    guard column.type == .string else {
      throw FilterLexer.failure(at: position, "LIKE is for text, and column \(column.name) is none")
    }
    guard case .string(let pattern) = cursor.token.kind else { throw cursor.unexpected("a pattern, as 'prefix%'") }
    guard let prefix = LikePattern(pattern) else {
      throw FilterLexer.failure(at: position, "the pattern '\(pattern)' is more than a prefix with a % at its end")
    }
    cursor.advance()
    return prefix.isWhole ? .equal(column.name, .text(prefix.text)) : .startsWith(column.name, Array(prefix.text.utf8))
  }
}

/// Columns and constants.
extension ExpressionParser {
  private mutating func column() throws(Failure) -> Column {
    let start = cursor.token.position
    var name = try namePart()
    while cursor.take(symbol: ".") { name += "." + (try namePart()) }
    guard let field = schema.field(at: name) else {
      let names = schema.allFields.compactMap { schema.path(of: $0.id) }
      throw FilterLexer.failure(at: start, "there is no column \(name)\(hint(for: name, among: names))")
    }
    return Column(name: name, type: field.type.primitive)
  }

  private mutating func namePart() throws(Failure) -> String {
    switch cursor.token.kind {
    case .word(let word) where !Self.keywords.contains(word.uppercased()):
      cursor.advance()
      return word
    case .name(let name):
      cursor.advance()
      return name
    default: throw cursor.unexpected("a column's name")
    }
  }

  private mutating func constants(of column: Column) throws(Failure) -> [Literal] {
    guard cursor.take(symbol: "(") else { throw cursor.unexpected("(") }
    var values = [try constant(of: column)]
    while cursor.take(symbol: ",") { values.append(try constant(of: column)) }
    guard cursor.take(symbol: ")") else { throw cursor.unexpected(", or )") }
    return values
  }

  private mutating func constant(of column: Column) throws(Failure) -> Literal {
    let position = cursor.token.position
    guard let type = column.type else {
      throw FilterLexer.failure(at: position, "column \(column.name) is nested and cannot be compared")
    }
    let text = try constantText(type)
    do {
      return try Literal(filterConstant: text, type: type)
    } catch {
      throw FilterLexer.failure(at: position, error.message)
    }
  }

  private mutating func constantText(_ type: PrimitiveType) throws(Failure) -> String {
    let text: String
    switch cursor.token.kind {
    case .string(let string): text = string
    case .number(let number) where !type.isQuoted: text = number
    case .word where cursor.token.isKeyword("NULL"):
      throw FilterLexer.failure(
        at: cursor.token.position, "nothing compares with NULL: IS NULL and IS NOT NULL test for it")
    case .word(let word) where type == .boolean || type.isFloatingPoint: text = word
    default: throw cursor.unexpected("a \(type), as \(type.example)")
    }
    cursor.advance()
    return text
  }
}
