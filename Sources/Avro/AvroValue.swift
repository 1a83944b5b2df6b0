/// A value of any type, for callers that do not decode field by field.
public enum AvroValue: Sendable, Hashable {
  /// No value.
  case null
  /// A boolean.
  case boolean(Bool)
  /// A 32-bit integer.
  case int(Int32)
  /// A 64-bit integer.
  case long(Int64)
  /// Single precision.
  case float(Float)
  /// Double precision.
  case double(Double)
  /// Bytes.
  case bytes([UInt8])
  /// Text.
  case string(String)
  /// A record's values, in the order of its fields.
  case record([AvroValue])
  /// The position of an enumeration's symbol.
  case enumeration(Int)
  /// An array's elements.
  case array([AvroValue])
  /// A map's entries, in the order of the file.
  case map([MapEntry])
  /// A union's value and the position of its type.
  indirect case union(Int, AvroValue)
  /// Bytes of the type's length.
  case fixed([UInt8])

  /// A key of a map and its value.
  public struct MapEntry: Sendable, Hashable {
    /// The key.
    public let key: String
    /// Its value.
    public let value: AvroValue

    /// An entry.
    public init(key: String, value: AvroValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value without the union around it.
  public var unwrapped: AvroValue { if case .union(_, let value) = self { value } else { self } }

  /// What it is, for messages.
  var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .int: "an int"
    case .long: "a long"
    case .float: "a float"
    case .double: "a double"
    case .bytes: "bytes"
    case .string: "a string"
    case .record: "a record"
    case .enumeration: "an enumeration"
    case .array: "an array"
    case .map: "a map"
    case .union: "a union"
    case .fixed: "a fixed"
    }
  }
}
