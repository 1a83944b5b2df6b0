/// A type without parts (Iceberg specification, "Primitive Types": <https://iceberg.apache.org/spec/#primitive-types>).
public enum PrimitiveType: Sendable, Hashable {
  /// True or false.
  case boolean
  /// 32-bit signed integer.
  case int
  /// 64-bit signed integer.
  case long
  /// 32-bit IEEE 754.
  case float
  /// 64-bit IEEE 754.
  case double
  /// Fixed-point decimal of at most 38 digits.
  case decimal(precision: Int, scale: Int)
  /// Days since 1970-01-01.
  case date
  /// Microseconds since midnight.
  case time
  /// Microseconds since 1970-01-01 on a clock without zone.
  case timestamp
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamptz
  /// UTF-8 text.
  case string
  /// Sixteen bytes.
  case uuid
  /// Bytes of one length.
  case fixed(Int)
  /// Bytes.
  case binary

  /// Whether a column of this type may become `other` (specification, "Schema Evolution").
  public func canPromote(to other: PrimitiveType) -> Bool {
    switch (self, other) {
    case (.int, .long), (.float, .double): true
    case (.decimal(let precision, let scale), .decimal(let wider, let otherScale)):
      scale == otherScale && wider >= precision
    default: self == other
    }
  }

  /// Whether values can be NaN.
  public var isFloatingPoint: Bool { self == .float || self == .double }
}

extension PrimitiveType: CustomStringConvertible {
  /// The type in the specification's JSON notation, `decimal(9, 2)`, `fixed[16]`.
  public var description: String {
    switch self {
    case .boolean: "boolean"
    case .int: "int"
    case .long: "long"
    case .float: "float"
    case .double: "double"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .date: "date"
    case .time: "time"
    case .timestamp: "timestamp"
    case .timestamptz: "timestamptz"
    case .string: "string"
    case .uuid: "uuid"
    case .fixed(let length): "fixed[\(length)]"
    case .binary: "binary"
    }
  }
}
