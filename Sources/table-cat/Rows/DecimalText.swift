/// Decimals as digits with a point.
enum DecimalText {
  /// The unscaled value of two's complement bytes; nil for none or more than 128 bits.
  static func value(bigEndian bytes: UnsafeRawBufferPointer) -> Int128? {
    guard let first = bytes.first, bytes.count <= 16 else { return nil }
    return bytes.reduce(first >= 0x80 ? Int128(-1) : 0) { ($0 << 8) | Int128($1) }
  }

  /// `-123.45` for −12345 with scale 2: always as many digits behind the point as the scale says.
  static func text(_ unscaled: Int128, scale: Int) -> String {
    let digits = String(unscaled.magnitude)
    let sign = unscaled < 0 ? "-" : ""
    guard scale > 0 else { return sign + digits + String(repeating: "0", count: digits == "0" ? 0 : -scale) }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
