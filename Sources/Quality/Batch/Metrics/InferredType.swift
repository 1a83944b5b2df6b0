/// What a text looks like.
///
/// The patterns are those of Deequ's `StatefulDataType`; each value has exactly one type, `numeric` is either kind of
/// number.
public enum InferredType: String, Sendable, CaseIterable {
  /// `-1.5`, `2e9`: digits with a fraction or an exponent.
  case fractional
  /// `42`, `-7`: digits only.
  case integral
  /// `true` or `false`.
  case boolean
  /// Anything else.
  case string
  /// Fractional or integral.
  case numeric

  /// The type of a text, never `numeric`.
  static func of(_ text: UnsafeRawBufferPointer) -> InferredType {
    if text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) { return .boolean }
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    guard takeDigits(&rest) else { return .string }
    if rest.isEmpty { return .integral }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(&rest) else { return .string }
      if rest.isEmpty { return .fractional }
    }
    guard let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") else { return .string }
    rest.removeFirst()
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
    return takeDigits(&rest) && rest.isEmpty ? .fractional : .string
  }

  /// Removes the digits in front; false where there are none.
  private static func takeDigits(_ text: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    let count = text.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    text.removeFirst(count)
    return count > 0
  }
}
