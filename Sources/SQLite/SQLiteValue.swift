/// A value bound to a parameter. Hot code binds typed values to a `Statement` instead.
public enum SQLiteValue: Sendable, Hashable {
  /// NULL.
  case null
  /// A 64-bit integer.
  case integer(Int64)
  /// A double.
  case real(Double)
  /// UTF-8 text.
  case text(String)
  /// Bytes.
  case blob([UInt8])

  /// Text, or NULL for nil.
  public static func text(orNull value: String?) -> SQLiteValue { value.map { .text($0) } ?? .null }

  /// An integer, or NULL for nil.
  public static func integer(orNull value: Int64?) -> SQLiteValue { value.map { .integer($0) } ?? .null }
}

extension SQLiteValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// NULL.
  public init(nilLiteral: ()) { self = .null }
}
