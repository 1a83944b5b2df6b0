/// One value of a primitive type: a partition value, a bound, a constant in a filter.
public enum Literal: Sendable, Hashable {
  /// True or false.
  case boolean(Bool)
  /// 32-bit signed integer.
  case int(Int32)
  /// 64-bit signed integer.
  case long(Int64)
  /// 32-bit IEEE 754.
  case float(Float)
  /// 64-bit IEEE 754.
  case double(Double)
  /// The unscaled value; the scale is the type's.
  case decimal(Int128)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since midnight.
  case time(Int64)
  /// Microseconds since 1970-01-01 on a clock without zone.
  case timestamp(Int64)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamptz(Int64)
  /// UTF-8 bytes: text is equal where its bytes are, as in every other engine.
  case string([UInt8])
  /// Sixteen bytes, most significant first.
  case uuid(UInt128)
  /// Bytes of one length.
  case fixed([UInt8])
  /// Bytes.
  case binary([UInt8])

  /// A string.
  public static func text(_ string: String) -> Literal { .string(Array(string.utf8)) }
}

extension Literal {
  /// Whether this comes before `other`: numbers by size (-0.0 equals 0.0, NaN is before nothing), bytes as unsigned.
  /// Nil when the kinds cannot be compared.
  public func isLess(than other: Literal) -> Bool? {
    switch (self, other) {
    case (.boolean(let first), .boolean(let second)): !first && second
    case (.int(let first), .int(let second)), (.date(let first), .date(let second)): first < second
    case (.long(let first), .long(let second)), (.time(let first), .time(let second)),
      (.timestamp(let first), .timestamp(let second)), (.timestamptz(let first), .timestamptz(let second)):
      first < second
    case (.float(let first), .float(let second)): first < second
    case (.double(let first), .double(let second)): first < second
    case (.decimal(let first), .decimal(let second)): first < second
    case (.string(let first), .string(let second)), (.fixed(let first), .fixed(let second)),
      (.binary(let first), .binary(let second)):
      first.lexicographicallyPrecedes(second)
    case (.uuid(let first), .uuid(let second)): first < second
    default: nil
    }
  }

  /// Whether the value is not a number.
  public var isNaN: Bool {
    switch self {
    case .float(let value): value.isNaN
    case .double(let value): value.isNaN
    default: false
    }
  }
}
