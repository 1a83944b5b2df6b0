/// IEEE 754 binary16 by hand: `Float16` is not there on every platform.
///
/// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#float16
package enum HalfPrecision {
  /// Whether the bits are a NaN.
  package static func isNaN(_ bits: UInt16) -> Bool { bits & 0x7fff > 0x7c00 }

  /// The value of the bits.
  package static func float(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 31: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
