import Failures

/// A place among the pieces of a filter.
struct FilterCursor {
  private let tokens: [FilterToken]
  private var index = 0

  /// Begins at the first piece of `text`. Throws as `FilterLexer`.
  init(_ text: String) throws(Failure) { tokens = try FilterLexer.tokens(of: text) }

  /// The piece that comes next.
  var token: FilterToken { tokens[min(index, tokens.count - 1)] }

  /// Goes on to the piece after it.
  mutating func advance() { index += 1 }

  /// Goes on if a keyword comes next, and tells whether.
  mutating func take(keyword: String) -> Bool {
    guard token.isKeyword(keyword) else { return false }
    advance()
    return true
  }

  /// Goes on if a symbol comes next, and tells whether.
  mutating func take(symbol: String) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  /// What to throw where something else comes next than is wanted.
  func unexpected(_ wanted: String) -> Failure {
    FilterLexer.failure(at: token.position, "\(wanted) is expected, not \(token.description)")
  }
}
