/// A value that a check compares with, as configuration writes it.
public enum Scalar: Sendable, Hashable {
  /// A whole number.
  case integer(Int64)
  /// A number with a fraction.
  case number(Double)
  /// Text, compared byte by byte.
  case text(String)
  /// True or false.
  case boolean(Bool)
}

extension Scalar: CustomStringConvertible {
  /// The value as configuration writes it.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    case .boolean(let value): "\(value)"
    }
  }
}

extension Scalar: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
}
