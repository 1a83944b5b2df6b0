/// Unscaled decimals as big-endian two's complement bytes, the form of bounds, Avro and Parquet's fixed-length columns.
extension Int128 {
  /// The fewest bytes that hold the value, at least one.
  var minimalBigEndianBytes: [UInt8] {
    var bytes = withUnsafeBytes(of: bigEndian) { [UInt8]($0) }
    let sign: UInt8 = self < 0 ? 0xff : 0
    while bytes.count > 1, bytes[0] == sign, (bytes[1] ^ sign) < 0x80 { bytes.removeFirst() }
    return bytes
  }

  /// The value in exactly `count` bytes; nil when it takes more.
  func bigEndianBytes(count: Int) -> [UInt8]? {
    let bytes = minimalBigEndianBytes
    guard bytes.count <= count else { return nil }
    return [UInt8](repeating: self < 0 ? 0xff : 0, count: count - bytes.count) + bytes
  }

  /// The value of any number of bytes; nil for none or for one beyond 128 bits.
  init?(bigEndianBytes bytes: some Collection<UInt8>) {
    guard let first = bytes.first else { return nil }
    let isNegative = first >= 0x80
    let value = bytes.suffix(16).reduce(isNegative ? Int128(-1) : 0) { ($0 << 8) | Int128($1) }
    let isExtension = bytes.dropLast(16).allSatisfy { $0 == (isNegative ? 0xff : 0) }
    guard isExtension, bytes.count <= 16 || (value < 0) == isNegative else { return nil }
    self = value
  }

  /// The bytes of a fixed-length decimal of `precision` digits.
  static func byteCount(precision: Int) -> Int {
    var limit: Int128 = 1
    for _ in 0..<Swift.min(Swift.max(precision, 1), 38) { limit *= 10 }
    return (limit - 1).minimalBigEndianBytes.count
  }
}
