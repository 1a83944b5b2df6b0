/// A fast hash of bytes for tables in memory. It decides where a key is looked for, never whether two keys are equal.
///
/// The folded multiplication of wyhash (https://github.com/wangyi-fudan/wyhash), 16 bytes a step.
enum ByteHash {
  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

  /// The hash of `bytes`.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var seed = first
    var offset = 0
    while bytes.count - offset > 16 {
      seed = mix(word(bytes, offset) ^ second, word(bytes, offset + 8) ^ seed)
      offset += 16
    }
    let (low, high) = tail(bytes, offset)
    return mix(second ^ UInt64(truncatingIfNeeded: bytes.count), mix(low ^ second, high ^ seed))
  }

  /// The hash of an integer.
  static func hash(_ value: UInt64) -> UInt64 { mix(value ^ first, second) }

  /// The last 0 to 16 bytes as two words.
  private static func tail(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> (UInt64, UInt64) {
    let left = bytes.count - offset
    if left >= 8 { return (word(bytes, offset), word(bytes, bytes.count - 8)) }
    var low: UInt64 = 0
    for index in offset..<bytes.count { low = low << 8 | UInt64(bytes[index]) }
    return (low, UInt64(truncatingIfNeeded: left))
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
