import Hashing

/// A split-block bloom filter: tells for sure that a value is not in a column chunk.
///
/// https://github.com/apache/parquet-format/blob/master/BloomFilter.md
public struct BloomFilter: Sendable, Equatable {
  /// Blocks of eight words, in each of which a value sets one bit.
  private(set) var words: [UInt32]

  private static let blockBytes = 32
  /// The largest filter that is written or read.
  static let largestSize = 128 << 20
  private static let salt: [UInt32] = [
    0x47b6_137b, 0x4497_4d91, 0x8824_ad5b, 0xa2b7_289d, 0x7054_95c7, 0x2df1_424b, 0x9efc_4947, 0x5c6b_fb31,
  ]

  /// An empty filter of `bytes` bytes, rounded up to whole blocks.
  init(bytes: Int) {
    words = [UInt32](repeating: 0, count: max(1, (bytes + Self.blockBytes - 1) / Self.blockBytes) * 8)
  }

  /// A filter over its bitset, whose length is a multiple of 32 and not 0.
  init(bitset: UnsafeRawBufferPointer) {
    words = stride(from: 0, to: bitset.count, by: 4).map {
      UInt32(littleEndian: bitset.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
    }
  }

  /// The bytes of the bitset.
  public var byteCount: Int { words.count * 4 }

  /// Whether the chunk may hold `value`, given as in `ColumnStatistics`: its PLAIN bytes without a length. When false
  /// it does not.
  public func mightContain(_ value: [UInt8]) -> Bool {
    let hash = XXHash64.hash(value)
    let start = block(hash)
    let key = UInt32(truncatingIfNeeded: hash)
    return Self.salt.indices.allSatisfy { words[start + $0] & Self.mask(key, $0) != 0 }
  }

  mutating func insert(hash: UInt64) {
    let start = block(hash)
    let key = UInt32(truncatingIfNeeded: hash)
    for word in Self.salt.indices { words[start + word] |= Self.mask(key, word) }
  }

  /// The first word of the hash's block.
  private func block(_ hash: UInt64) -> Int {
    Int(((hash >> 32) * UInt64(words.count / 8)) >> 32) * 8
  }

  private static func mask(_ key: UInt32, _ word: Int) -> UInt32 { 1 << ((key &* salt[word]) >> 27) }
}
