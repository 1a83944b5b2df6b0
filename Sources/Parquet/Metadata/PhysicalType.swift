/// How values lie in pages.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#types
public enum PhysicalType: Int32, Sendable, Hashable, CaseIterable {
  /// One bit.
  case boolean = 0
  /// Four bytes, little-endian.
  case int32 = 1
  /// Eight bytes, little-endian.
  case int64 = 2
  /// Twelve bytes: nanoseconds of the day and a Julian day number. Deprecated; only read.
  case int96 = 3
  /// IEEE 754 single precision, little-endian.
  case float = 4
  /// IEEE 754 double precision, little-endian.
  case double = 5
  /// Bytes of any length.
  case byteArray = 6
  /// Bytes of one length.
  case fixedLengthByteArray = 7
}

extension PhysicalType: CustomStringConvertible {
  /// The name in the format.
  public var description: String {
    switch self {
    case .boolean: "BOOLEAN"
    case .int32: "INT32"
    case .int64: "INT64"
    case .int96: "INT96"
    case .float: "FLOAT"
    case .double: "DOUBLE"
    case .byteArray: "BYTE_ARRAY"
    case .fixedLengthByteArray: "FIXED_LEN_BYTE_ARRAY"
    }
  }
}
