import Glibc
import Hashing

/// The hashes of a chunk's values, of which its bloom filter is made when their number is known.
struct ValueHashes {
  private var hashes: [UInt64] = []

  /// Notes numbers of `width` bytes.
  mutating func note(_ bytes: UnsafeRawBufferPointer, width: Int) {
    hashes.reserveCapacity(hashes.count + bytes.count / width)
    for start in stride(from: 0, to: bytes.count, by: width) {
      hashes.append(XXHash64.hash(UnsafeRawBufferPointer(rebasing: bytes[start..<start + width])))
    }
  }

  /// Notes byte strings, without their lengths.
  mutating func note(_ values: PlainByteArrays) {
    for value in values { hashes.append(XXHash64.hash(value)) }
  }

  /// A filter of the smallest size that keeps to the rate, or of the largest.
  consuming func filter(falsePositiveRate rate: Double, maximumBytes: Int) -> BloomFilter {
    hashes.sort()
    var distinct = 0
    for (index, hash) in hashes.enumerated() where index == 0 || hash != hashes[index - 1] { distinct += 1 }
    var filter = BloomFilter(bytes: min(maximumBytes, Self.size(distinct, rate)))
    for hash in hashes { filter.insert(hash: hash) }
    return filter
  }

  /// Bytes for so many different values, a power of two as Java's are.
  /// https://github.com/apache/parquet-format/blob/master/BloomFilter.md#sizing-an-sbbf
  private static func size(_ distinct: Int, _ rate: Double) -> Int {
    let bits = -8 * Double(distinct) / log(1 - pow(rate, 1 / 8))
    var size = 32
    while Double(size * 8) < bits && size < BloomFilter.largestSize { size *= 2 }
    return size
  }
}
