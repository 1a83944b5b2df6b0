/// Numbers as digits, without making strings.
enum Digits {
  /// Decimal digits, with a sign where negative.
  static func append(_ value: Int, to output: inout [UInt8]) {
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { buffer in
      var rest = value.magnitude
      var start = buffer.count
      repeat {
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 { output.append(UInt8(ascii: "-")) }
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// The last `width` decimal digits of a number that is not negative, with leading zeros.
  static func append(_ value: Int, width: Int, to output: inout [UInt8]) {
    var scale = (1..<max(width, 1)).reduce(1) { scale, _ in scale * 10 }
    while scale > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / scale % 10))
      scale /= 10
    }
  }

  /// Hexadecimal digits in upper case without leading zeros.
  static func appendHexadecimal(_ value: Int, to output: inout [UInt8]) {
    output += Array(String(value, radix: 16, uppercase: true).utf8)
  }

  /// A random UUID, version 4.
  static func appendUUID(high: UInt64, low: UInt64, to output: inout [UInt8]) {
    let high = high & ~0xf000 | 0x4000
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { output.append(UInt8(ascii: "-")) }
      let word = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16))) & 15
      output.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
  }
}
