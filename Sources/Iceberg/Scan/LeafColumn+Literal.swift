package import Parquet

/// The bytes of statistics and bloom filters as values of a table's types, and back.
extension LeafColumn {
  /// The value of `wanted` that the PLAIN bytes of a bound stand for; nil where the stored type cannot be that. Nanoseconds are rounded
  /// down, as the reader does with values, so that order is kept.
  package func literal(_ bytes: [UInt8], as wanted: PrimitiveType) -> Literal? {
    switch (type, wanted) {
    case (.boolean, .boolean), (.int32, .int), (.int32, .long), (.int64, .long), (.date, .date), (.float, .float),
      (.float, .double), (.double, .double), (.string, .string), (.json, .string), (.enumeration, .string),
      (.binary, .binary), (.bson, .binary), (.timestampMicros, .timestamptz), (.timestampMicros, .timestamp),
      (.timeMicros, .time), (.uuid, .uuid), (.fixed, .fixed), (.int8, .int), (.int16, .int), (.uint8, .int),
      (.uint16, .int):
      return try? Literal(singleValue: bytes, type: wanted)
    case (.uint32, .long): return Self.unsigned(bytes, 4).flatMap { Int64(exactly: $0) }.map { .long($0) }
    case (.uint64, .decimal(_, 0)): return Self.unsigned(bytes, 8).map { .decimal(Int128($0)) }
    case (.timestampMillis, .timestamptz), (.timestampMillis, .timestamp), (.timestampNanos, .timestamptz),
      (.timestampNanos, .timestamp), (.timeMillis, .time), (.timeNanos, .time):
      return Self.signed(bytes).flatMap { microseconds($0) }.map { Literal(integer: $0, type: wanted) } ?? nil
    case (.decimal(_, let scale), .decimal(_, let wantedScale)):
      guard scale == wantedScale else { return nil }
      switch physicalType {
      case .int32, .int64: return Int128(bigEndianBytes: bytes.reversed()).map { .decimal($0) }
      default: return Int128(bigEndianBytes: bytes).map { .decimal($0) }
      }
    default: return nil
    }
  }

  private func microseconds(_ value: Int64) -> Int64? {
    switch type {
    case .timestampNanos, .timeNanos: return value.flooredQuotient(1000)
    default:
      let (product, overflows) = value.multipliedReportingOverflow(by: 1000)
      return overflows ? nil : product
    }
  }

  private static func unsigned(_ bytes: [UInt8], _ count: Int) -> UInt64? {
    bytes.count == count ? bytes.reversed().reduce(0) { ($0 << 8) | UInt64($1) } : nil
  }

  private static func signed(_ bytes: [UInt8]) -> Int64? {
    Int128(bigEndianBytes: bytes.reversed()).flatMap { Int64(exactly: $0) }
  }

  /// The PLAIN bytes of a value that is stored in the same form; nil where more than one stored value may equal it, or its form is not
  /// known: a bloom filter then tells nothing.
  func plainBytes(of value: Literal) -> [UInt8]? {
    switch (type, value) {
    case (.int32, .long(let number)): Int32(exactly: number).map { Literal.int($0).singleValue }
    case (.int32, .int), (.int64, .long), (.date, .date), (.timestampMicros, .timestamptz),
      (.timestampMicros, .timestamp), (.timeMicros, .time), (.string, .string), (.json, .string),
      (.enumeration, .string), (.binary, .binary), (.uuid, .uuid), (.fixed, .fixed):
      value.singleValue
    case (.float, .float(let number)): number == 0 || number.isNaN ? nil : value.singleValue
    case (.double, .double(let number)): number == 0 || number.isNaN ? nil : value.singleValue
    case (.decimal, .decimal(let number)):
      switch physicalType {
      case .int32: Int32(exactly: number).map { Literal.int($0).singleValue }
      case .int64: Int64(exactly: number).map { Literal.long($0).singleValue }
      default: nil
      }
    default: nil
    }
  }
}
