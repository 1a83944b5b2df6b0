import Failures

/// Divides a filter's text into pieces.
struct FilterLexer {
  private let text: [Unicode.Scalar]
  private var index = 0

  private init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The pieces of `text`, the last of which is `.end`. Throws `.invalidArgument` naming the position of what is none.
  static func tokens(of text: String) throws(Failure) -> [FilterToken] {
    var lexer = FilterLexer(text)
    var tokens: [FilterToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens + [FilterToken(kind: .end, position: lexer.index + 1)]
  }

  /// A failure about what begins at a character.
  static func failure(at position: Int, _ message: String) -> Failure {
    .invalidArgument("at character \(position): \(message)")
  }

  private var current: Unicode.Scalar? { text.indices.contains(index) ? text[index] : nil }
  private var following: Unicode.Scalar? { text.indices.contains(index + 1) ? text[index + 1] : nil }

  private mutating func next() throws(Failure) -> FilterToken? {
    while current?.properties.isWhitespace ?? false { index += 1 }
    guard let scalar = current else { return nil }
    let start = index + 1
    let kind: FilterToken.Kind
    switch scalar {
    case "'": kind = .string(try quoted(by: scalar))
    case "\"", "`": kind = .name(try quoted(by: scalar))
    case "0"..."9": kind = .number(number())
    case "-", "+", ".":
      guard let digit = following, ("0"..."9").contains(digit) || (scalar != "." && digit == ".") else {
        guard scalar == "." else { throw Self.failure(at: start, "a number is missing after \(scalar)") }
        index += 1
        return FilterToken(kind: .symbol("."), position: start)
      }
      kind = .number(number())
    case _ where Self.isPartOfWord(scalar): kind = .word(take(while: Self.isPartOfWord))
    default: kind = .symbol(try symbol())
    }
    return FilterToken(kind: kind, position: start)
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    var taken = String.UnicodeScalarView()
    while let scalar = current, belongs(scalar) {
      taken.append(scalar)
      index += 1
    }
    return String(taken)
  }

  /// A sign, digits with a point, an exponent. What it is worth is seen when the column's type is known.
  private mutating func number() -> String {
    var taken = ""
    if current == "-" || current == "+" { taken = takeOne() }
    taken += take { ("0"..."9").contains($0) || $0 == "." }
    guard current == "e" || current == "E" else { return taken }
    taken += takeOne()
    if current == "-" || current == "+" { taken += takeOne() }
    return taken + take { ("0"..."9").contains($0) }
  }

  private mutating func takeOne() -> String {
    defer { index += 1 }
    return current.map { String(Character($0)) } ?? ""
  }

  /// What stands between two quotation marks; a doubled mark stands for itself.
  private mutating func quoted(by mark: Unicode.Scalar) throws(Failure) -> String {
    let start = index + 1
    var taken = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      if scalar == mark {
        guard current == mark else { return String(taken) }
        index += 1
      }
      taken.append(scalar)
    }
    throw Self.failure(at: start, "the closing \(mark) is missing")
  }

  private mutating func symbol() throws(Failure) -> String {
    let start = index + 1
    let scalar = text[index]
    let pair = String(Character(scalar)) + (following.map { String(Character($0)) } ?? "")
    if ["<=", ">=", "<>", "!=", "=="].contains(pair) {
      index += 2
      return pair
    }
    guard ["<", ">", "=", "(", ")", ","].contains(scalar) else {
      throw Self.failure(at: start, "\(scalar) belongs to no filter")
    }
    index += 1
    return String(Character(scalar))
  }
}
