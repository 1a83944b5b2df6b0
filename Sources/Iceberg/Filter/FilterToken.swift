/// A piece of a filter's text.
struct FilterToken: Equatable {
  enum Kind: Equatable {
    /// A bare word: a keyword or a column's name.
    case word(String)
    /// A column's name in double quotes or backquotes.
    case name(String)
    /// A string in single quotes.
    case string(String)
    /// A number as it is written, with its sign.
    case number(String)
    /// An operator, a bracket, a comma or a point.
    case symbol(String)
    /// Behind the last piece.
    case end
  }

  let kind: Kind
  /// Which character it begins at, the first being 1.
  let position: Int

  /// Whether it is this keyword, in capitals or not.
  func isKeyword(_ keyword: String) -> Bool {
    if case .word(let word) = kind { word.uppercased() == keyword } else { false }
  }

  /// Whether it is this symbol.
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

  /// The piece as an error names it.
  var description: String {
    switch kind {
    case .word(let text), .number(let text), .symbol(let text): text
    case .name(let text): "\"\(text)\""
    case .string(let text): "'\(text)'"
    case .end: "the end"
    }
  }
}
