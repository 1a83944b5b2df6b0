/// A scalar's value under the core schema.
///
/// Specification: <https://yaml.org/spec/1.2.2/#103-core-schema>. `yes`, `no`, `on`, `off`, dates and sexagesimals
/// are strings there.
public enum YAMLScalarValue: Sendable, Hashable {
  /// `null`, `~` or nothing.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A decimal, `0o` octal or `0x` hexadecimal integer of 64 bits.
  case integer(Int64)
  /// A floating point number, infinity or not-a-number.
  case number(Double)
  /// Anything else.
  case string(String)

  /// The type's name in errors.
  public var typeName: String {
    switch self {
    case .null: "nothing"
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a text"
    }
  }
}

extension YAMLScalar {
  /// The value that the core schema gives this scalar. An integer beyond 64 bits is a number.
  public var resolved: YAMLScalarValue {
    guard isPlain else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    default: return integer ?? number ?? .string(text)
    }
  }

  private var integer: YAMLScalarValue? {
    if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16) }
    return Int64(text).map { .integer($0) }
  }

  private func digits(_ text: Substring, radix: Int) -> YAMLScalarValue? {
    guard let first = text.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    return Int64(text, radix: radix).map { .integer($0) }
  }

  /// Swift's own parser takes more (`inf`, `0x1p3`) than the schema's
  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
  private var number: YAMLScalarValue? {
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"): continue
      default: return nil
      }
    }
    return digits > 0 ? Double(text).map { .number($0) } : nil
  }
}
