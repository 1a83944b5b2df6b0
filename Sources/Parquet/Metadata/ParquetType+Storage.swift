extension ParquetType {
  /// How values of a type that is written are stored, with the length of each where it is fixed; nil for nested types
  /// and those that are only read.
  var storage: (type: PhysicalType, length: Int?)? {
    switch self {
    case .boolean: (.boolean, nil)
    case .int32, .date: (.int32, nil)
    case .int64, .timestampMicros, .timeMicros: (.int64, nil)
    case .float: (.float, nil)
    case .double: (.double, nil)
    case .string, .binary: (.byteArray, nil)
    case .uuid: (.fixedLengthByteArray, 16)
    case .fixed(let length): (.fixedLengthByteArray, length)
    case .decimal(let precision, _): Self.decimalStorage(precision)
    default: nil
    }
  }

  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#decimal
  private static func decimalStorage(_ precision: Int) -> (PhysicalType, Int?) {
    if precision <= 9 { return (.int32, nil) }
    if precision <= 18 { return (.int64, nil) }
    // One bit more than the largest value has, for the sign.
    return (.fixedLengthByteArray, (Int128.bitWidth - largest(precision).leadingZeroBitCount) / 8 + 1)
  }

  /// The largest number of so many digits.
  ///
  /// Precondition: there are at most 38.
  static func largest(_ digits: Int) -> Int128 {
    (0..<digits).reduce(Int128(1)) { product, _ in product * 10 } - 1
  }
}
