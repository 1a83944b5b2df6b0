public import Failures

extension Expression {
  /// The condition that `text` states about the columns of `schema`, in the words of SQL:
  ///
  ///     wiki = 'enwiki' AND (length > 1000 OR NOT minor) AND day >= '2024-01-31'
  ///     title LIKE 'Main%' AND id IN (1, 2, 3) AND comment IS NOT NULL AND price BETWEEN 1.5 AND 2
  ///
  /// Comparisons (`=`, `==`, `!=`, `<>`, `<`, `<=`, `>`, `>=`), `[NOT] IN`, `[NOT] BETWEEN`, `IS [NOT] NULL`, `[NOT] LIKE` with a
  /// prefix and a `%` at its end (`\` before a `%` or `_` that is meant), `AND`, `OR`, `NOT`, brackets, `TRUE` and `FALSE`; a boolean
  /// column alone is a condition too. A column is named by its full name (`point.x`), its parts in double quotes or backquotes where
  /// they are no plain words or are keywords. Constants have the column's type; everything but a number may stand in single quotes, in
  /// the form that ``Literal/init(parsing:type:)`` takes. Three-valued logic as in SQL.
  ///
  /// Throws `.invalidArgument` naming the character where the text does not go on as it should, a column that is not there, or a constant
  /// that is none of its type; `.limitExceeded` for brackets nested deeper than 100.
  public init(parsing text: String, schema: Schema) throws(Failure) {
    var parser = ExpressionParser(try FilterLexer.tokens(of: text), schema)
    self = try parser.whole()
  }
}

/// Reads a filter by recursive descent: OR binds least, then AND, then NOT.
private struct ExpressionParser {
  private static let depthLimit = 100
  private static let keywords: Set<String> = [
    "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "BETWEEN", "TRUE", "FALSE",
  ]

  private let tokens: [FilterToken]
  private let schema: Schema
  private var index = 0
  private var depth = 0

  init(_ tokens: [FilterToken], _ schema: Schema) {
    self.tokens = tokens
    self.schema = schema
  }

  mutating func whole() throws(Failure) -> Expression {
    let expression = try disjunction()
    guard token.kind == .end else { throw unexpected("AND, OR or the end") }
    return expression
  }

  private var token: FilterToken { tokens[min(index, tokens.count - 1)] }

  private func unexpected(_ wanted: String) -> Failure {
    FilterLexer.failure(at: token.position, "\(wanted) is expected, not \(token.description)")
  }

  private mutating func take(keyword: String) -> Bool {
    guard token.isKeyword(keyword) else { return false }
    index += 1
    return true
  }

  private mutating func take(symbol: String) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    index += 1
    return true
  }

  private mutating func disjunction() throws(Failure) -> Expression {
    var parts = [try conjunction()]
    while take(keyword: "OR") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction() throws(Failure) -> Expression {
    var parts = [try negation()]
    while take(keyword: "AND") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .limitExceeded("a filter nested more than \(Self.depthLimit) levels deep")
    }
    if take(keyword: "NOT") { return .not(try negation()) }
    guard take(symbol: "(") else { return try condition() }
    let inner = try disjunction()
    guard take(symbol: ")") else { throw unexpected("AND, OR or )") }
    return inner
  }

  private mutating func condition() throws(Failure) -> Expression {
    if take(keyword: "TRUE") { return .alwaysTrue }
    if take(keyword: "FALSE") { return .alwaysFalse }
    let start = token.position
    let column = try self.column()
    if let comparison = comparison() { return .compare(column.name, comparison, try constant(of: column)) }
    if take(keyword: "IS") {
      let isNegated = take(keyword: "NOT")
      guard take(keyword: "NULL") else { throw unexpected("NULL") }
      return isNegated ? .notNull(column.name) : .isNull(column.name)
    }
    let isNegated = take(keyword: "NOT")
    let condition: Expression
    if take(keyword: "IN") {
      condition = .isIn(column.name, try constants(of: column))
    } else if take(keyword: "LIKE") {
      condition = try like(column)
    } else if take(keyword: "BETWEEN") {
      let lower = try constant(of: column)
      guard take(keyword: "AND") else { throw unexpected("AND") }
      condition = .and([.greaterOrEqual(column.name, lower), .lessOrEqual(column.name, try constant(of: column))])
    } else if !isNegated, column.type == .boolean {
      return .equal(column.name, .boolean(true))
    } else {
      if !isNegated, token.kind == .end {
        throw FilterLexer.failure(at: start, "column \(column.name) alone is no condition")
      }
      throw unexpected(isNegated ? "IN, LIKE or BETWEEN" : "a comparison")
    }
    return isNegated ? .not(condition) : condition
  }

  /// A column that was named, and what can be compared with it; nil for one that is nested.
  private struct Column {
    let name: String
    let type: PrimitiveType?
  }

  private mutating func column() throws(Failure) -> Column {
    let start = token.position
    var name = try namePart()
    while take(symbol: ".") { name += "." + (try namePart()) }
    guard let field = schema.field(at: name) else {
      let names = schema.allFields.compactMap { schema.path(of: $0.id) }
      throw FilterLexer.failure(at: start, "there is no column \(name)\(hint(for: name, among: names))")
    }
    return Column(name: name, type: field.type.primitive)
  }

  private mutating func namePart() throws(Failure) -> String {
    switch token.kind {
    case .word(let word) where !Self.keywords.contains(word.uppercased()):
      index += 1
      return word
    case .name(let name):
      index += 1
      return name
    default: throw unexpected("a column's name")
    }
  }

  private mutating func comparison() -> Expression.Comparison? {
    let comparisons: [String: Expression.Comparison] = [
      "=": .equal, "==": .equal, "!=": .notEqual, "<>": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
      ">=": .greaterOrEqual,
    ]
    guard case .symbol(let symbol) = token.kind, let comparison = comparisons[symbol] else { return nil }
    index += 1
    return comparison
  }

  private mutating func constants(of column: Column) throws(Failure) -> [Literal] {
    guard take(symbol: "(") else { throw unexpected("(") }
    var values = [try constant(of: column)]
    while take(symbol: ",") { values.append(try constant(of: column)) }
    guard take(symbol: ")") else { throw unexpected(", or )") }
    return values
  }

  private mutating func constant(of column: Column) throws(Failure) -> Literal {
    guard let type = column.type else {
      throw FilterLexer.failure(at: token.position, "column \(column.name) is nested and cannot be compared")
    }
    let position = token.position
    let text: String
    switch token.kind {
    case .string(let string): text = string
    case .number(let number) where !type.isText: text = number
    case .word(let word) where type == .boolean || (type.isFloatingPoint && !token.isKeyword("NULL")): text = word
    case .word where token.isKeyword("NULL"):
      throw FilterLexer.failure(at: position, "nothing compares with NULL: IS NULL and IS NOT NULL test for it")
    default: throw unexpected("a \(type), as \(type.example)")
    }
    index += 1
    do {
      return try Literal(filterConstant: text, type: type)
    } catch {
      throw FilterLexer.failure(at: position, error.message)
    }
  }

  private mutating func like(_ column: Column) throws(Failure) -> Expression {
    guard column.type == .string else {
      throw FilterLexer.failure(at: token.position, "LIKE is for text, and column \(column.name) is none")
    }
    guard case .string(let pattern) = token.kind else { throw unexpected("a pattern, as 'prefix%'") }
    guard let prefix = LikePattern(pattern) else {
      throw FilterLexer.failure(
        at: token.position, "the pattern '\(pattern)' is more than a prefix with a % at its end")
    }
    index += 1
    return prefix.isWhole ? .equal(column.name, .text(prefix.text)) : .startsWith(column.name, Array(prefix.text.utf8))
  }
}

extension PrimitiveType {
  /// Whether a constant has to stand in quotes.
  fileprivate var isText: Bool {
    switch self {
    case .boolean, .int, .long, .float, .double, .decimal: false
    default: true
    }
  }

  /// A constant of the type, as an error shows it.
  fileprivate var example: String {
    switch self {
    case .boolean: "TRUE"
    case .int, .long: "42"
    case .float, .double, .decimal: "1.5"
    case .date: "'2024-01-31'"
    case .time: "'12:00:00'"
    case .timestamp: "'2024-01-31T12:00:00'"
    case .timestamptz: "'2024-01-31T12:00:00Z'"
    case .string: "'text'"
    case .uuid: "'f79c3e09-677c-4bbd-a479-3f349cb785e7'"
    case .fixed, .binary: "'00ff'"
    }
  }
}

extension Literal {
  /// A constant of a filter: an integer that an `int` column cannot hold is a `long`, which compares as it should.
  fileprivate init(filterConstant text: String, type: PrimitiveType) throws(Failure) {
    if type == .int, Int32(text) == nil, let number = Int64(text) {
      self = .long(number)
    } else {
      try self.init(parsing: text, type: type)
    }
  }
}
