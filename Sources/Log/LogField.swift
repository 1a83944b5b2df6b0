/// A value of a log line.
public enum LogValue: Sendable, Hashable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringInterpolation
{
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

/// A named value of a log line.
public struct LogField: Sendable, Hashable {
  /// The name, such as `batch`.
  public let name: String
  /// The value.
  public let value: LogValue

  /// A named value.
  public init(_ name: String, _ value: LogValue) {
    self.name = name
    self.value = value
  }

  /// A named text.
  public init(_ name: String, _ value: String) { self.init(name, .string(value)) }
  /// A named whole number.
  public init(_ name: String, _ value: some FixedWidthInteger) { self.init(name, .integer(Int64(clamping: value))) }
}
