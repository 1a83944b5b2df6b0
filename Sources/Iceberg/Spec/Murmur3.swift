/// 32-bit Murmur3, x86 variant, seed 0: the hash of bucket transforms (specification, Appendix B, "32-bit Hash Requirements":
/// <https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements>).
struct Murmur3 {
  private var state: UInt32 = 0

  static func hash(_ bytes: some Collection<UInt8>) -> Int32 {
    var hasher = Murmur3()
    var word: UInt32 = 0
    var filled: UInt32 = 0
    for byte in bytes {
      word |= UInt32(byte) << (filled * 8)
      filled += 1
      if filled == 4 {
        hasher.add(block: word)
        (word, filled) = (0, 0)
      }
    }
    if filled > 0 { hasher.state ^= mixed(word) }
    return hasher.finish(length: UInt32(truncatingIfNeeded: bytes.count))
  }

  static func hash(_ value: Int64) -> Int32 {
    var hasher = Murmur3()
    let bits = UInt64(bitPattern: value)
    hasher.add(block: UInt32(truncatingIfNeeded: bits))
    hasher.add(block: UInt32(truncatingIfNeeded: bits >> 32))
    return hasher.finish(length: 8)
  }

  private static func rotate(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }

  private static func mixed(_ block: UInt32) -> UInt32 { rotate(block &* 0xcc9e_2d51, 15) &* 0x1b87_3593 }

  private mutating func add(block: UInt32) {
    state = Self.rotate(state ^ Self.mixed(block), 13) &* 5 &+ 0xe654_6b64
  }

  private func finish(length: UInt32) -> Int32 {
    var hash = state ^ length
    hash = (hash ^ (hash >> 16)) &* 0x85eb_ca6b
    hash = (hash ^ (hash >> 13)) &* 0xc2b2_ae35
    return Int32(bitPattern: hash ^ (hash >> 16))
  }
}
