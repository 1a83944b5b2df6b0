/// A number that is not a 64-bit integer, kept as it was written so that nothing is rounded behind the reader's back.
///
/// Integers within `Int64` are `JSONValue.integer`; only `-0`, larger integers, fractions and exponents are here.
public struct JSONNumber: Sendable, Hashable {
  /// The number as in the document (RFC 8259 §6).
  public let text: String

  /// A number that the parser has checked.
  init(checked text: String) { self.text = text }

  /// The shortest text that reads back as `value`; nil for NaN and infinities, which JSON does not have.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
  }

  /// The nearest double; nil when the number lies outside its range.
  public var double: Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
