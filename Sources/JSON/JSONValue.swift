/// A JSON value in memory (RFC 8259).
///
/// Equality is exact: strings by their bytes (Swift's `==` would call two spellings of "é" equal), numbers by their
/// text, objects by their members in order.
public enum JSONValue: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// An integer within 64 bits, exact.
  case integer(Int64)
  /// Any other number.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object(JSONObject)
}

extension JSONValue: Equatable {
  /// Whether both would be written the same.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSONValue {
  /// A double; nil for NaN and infinities.
  public init?(_ double: Double) {
    guard let number = JSONNumber(double) else { return nil }
    self = .number(number)
  }

  /// An integer of any width up to 64 bits.
  public init(_ integer: Int) { self = .integer(Int64(integer)) }

  /// True for `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The value of `true` or `false`.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The value of an integer within 64 bits; nil for anything else, also for `1.0`.
  public var int64: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// The value of an integer within 32 bits.
  public var int32: Int32? { int64.flatMap { Int32(exactly: $0) } }

  /// The value of an integer within `Int`.
  public var int: Int? { int64.flatMap { Int(exactly: $0) } }

  /// The nearest double of any number.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value.double
    default: nil
    }
  }

  /// The string.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements of an array.
  public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

  /// The object.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// A member's value; nil when this is no object or has no such member.
  public subscript(key: String) -> JSONValue? { object?[key] }

  /// An array's element; nil when this is no array or has no such element.
  public subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// What it is, for messages: `a string`.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
  /// `null`
  public init(nilLiteral: ()) { self = .null }
}
