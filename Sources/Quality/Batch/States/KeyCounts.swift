import Hashing
import Glibc

/// Byte strings and how often each was added: open addressing over hashes, keys compared as bytes.
struct KeyCounts: Sendable {
  /// How often anything was added.
  private(set) var total = 0
  /// How many keys were added exactly once.
  private(set) var onceCount = 0
  private var counts: [Int] = []
  private var hashes: [UInt64] = []
  /// The keys one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  /// The number of an entry + 1 in each slot, 0 where it is empty. A power of two, at most half full.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// The number of different keys.
  var count: Int { counts.count }

  /// Adds `key` so many times.
  mutating func add(_ key: UnsafeRawBufferPointer, times: Int) {
    add(key, hash: XXHash64.hash(key), times: times)
  }

  /// Adds what was added to `other`.
  mutating func add(_ other: KeyCounts) {
    other.bytes.withUnsafeBytes { bytes in
      for entry in other.counts.indices {
        let key = UnsafeRawBufferPointer(rebasing: bytes[other.ends[entry]..<other.ends[entry + 1]])
        add(key, hash: other.hashes[entry], times: other.counts[entry])
      }
    }
  }

  private mutating func add(_ key: UnsafeRawBufferPointer, hash: UInt64, times: Int) {
    total += times
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if hashes[entry] == hash, holds(key, entry) {
        if counts[entry] == 1 { onceCount -= 1 }
        counts[entry] += times
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(counts.count + 1)
    counts.append(times)
    hashes.append(hash)
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    if times == 1 { onceCount += 1 }
    if counts.count * 2 > slots.count { grow() }
  }

  private func holds(_ key: UnsafeRawBufferPointer, _ entry: Int) -> Bool {
    bytes.withUnsafeBytes { $0[ends[entry]..<ends[entry + 1]].elementsEqual(key) }
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: slots.count * 4)
    for (entry, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(entry + 1)
    }
    slots = larger
  }

  /// −Σ p · ln p over the keys, p being a key's share of what was added; as ln n − Σ c · ln c / n, in which equal counts
  /// cost nothing.
  var entropy: Double {
    let total = Double(total)
    var sum = CompensatedSum()
    for count in counts where count > 1 { sum.add(Double(count) * log(Double(count))) }
    return max(0, log(total) - sum.value / total)
  }
}
