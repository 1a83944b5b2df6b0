import Failures

/// Single-value serialization: the bytes of bounds in manifests and manifest lists (specification, "Binary single-value
/// serialization": <https://iceberg.apache.org/spec/#binary-single-value-serialization>).
extension Literal {
  /// The value as bytes.
  public var singleValue: [UInt8] {
    switch self {
    case .boolean(let value): [value ? 1 : 0]
    case .int(let value), .date(let value): Self.littleEndian(value)
    case .long(let value), .time(let value), .timestamp(let value), .timestamptz(let value): Self.littleEndian(value)
    case .float(let value): Self.littleEndian(value.bitPattern)
    case .double(let value): Self.littleEndian(value.bitPattern)
    case .decimal(let value): value.minimalBigEndianBytes
    case .string(let bytes), .fixed(let bytes), .binary(let bytes): bytes
    case .uuid(let value): withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
    }
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) }
  }

  /// The value of `type` that `bytes` stand for. Four bytes are also a long or a double: the bounds of a file that was
  /// written before its column was widened.
  ///
  /// Throws `.malformedInput` when the number of bytes does not fit the type.
  public init(singleValue bytes: [UInt8], type: PrimitiveType) throws {
    switch (type, bytes.count) {
    case (.boolean, 1): self = .boolean(bytes[0] != 0)
    case (.int, 4): self = .int(Self.integer(bytes))
    case (.date, 4): self = .date(Self.integer(bytes))
    case (.long, 4): self = .long(Int64(Self.integer(bytes) as Int32))
    case (.long, 8): self = .long(Self.integer(bytes))
    case (.time, 8): self = .time(Self.integer(bytes))
    case (.timestamp, 8): self = .timestamp(Self.integer(bytes))
    case (.timestamptz, 8): self = .timestamptz(Self.integer(bytes))
    case (.float, 4): self = .float(Float(bitPattern: Self.integer(bytes)))
    case (.double, 4): self = .double(Double(Float(bitPattern: Self.integer(bytes))))
    case (.double, 8): self = .double(Double(bitPattern: Self.integer(bytes)))
    case (.uuid, 16): self = .uuid(bytes.reduce(0) { ($0 << 8) | UInt128($1) })
    case (.string, _): self = .string(bytes)
    case (.binary, _): self = .binary(bytes)
    case (.fixed, _): self = .fixed(bytes)
    case (.decimal, _):
      guard let value = Int128(bigEndianBytes: bytes) else { throw Self.misfit(bytes, type) }
      self = .decimal(value)
    default: throw Self.misfit(bytes, type)
    }
  }

  private static func misfit(_ bytes: [UInt8], _ type: PrimitiveType) -> Failure {
    .malformedInput("a single value of \(bytes.count) bytes is no \(type)")
  }

  /// The integer of exactly as many bytes as it has.
  private static func integer<Value: FixedWidthInteger>(_ bytes: [UInt8]) -> Value {
    bytes.reversed().reduce(0) { ($0 << 8) | Value(truncatingIfNeeded: $1) }
  }
}
