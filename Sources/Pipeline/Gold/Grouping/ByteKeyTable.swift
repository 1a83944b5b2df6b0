import Columns
import Glibc

/// Byte strings numbered in the order in which they first came: equal bytes have equal numbers, so that everything behind it
/// compares integers. Number 0 is the missing (null) key.
///
/// Invariant: `slots` has a power of two entries, less than half of them in use; a slot holds a key's number, 0 when it is free.
struct ByteKeyTable {
  private var slots: [UInt32]
  private var hashes: [UInt64] = [0]
  private var offsets: [Int] = [0, 0]
  private var bytes: [UInt8] = []

  /// The number of a missing key.
  static let missing: UInt32 = 0

  /// An empty table.
  init() { slots = [UInt32](repeating: 0, count: 64) }

  /// How many numbers are in use, the missing key's included.
  var count: Int { hashes.count }

  /// The bytes of a key; none for the missing one.
  func key(_ number: UInt32) -> ArraySlice<UInt8> { bytes[offsets[Int(number)]..<offsets[Int(number) + 1]] }

  /// The number of `key`, a new one where it was not known.
  mutating func number(of key: UnsafeRawBufferPointer) -> UInt32 {
    let hash = ByteHash.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if matches(slots[slot], hash, key) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(count)
    slots[slot] = number
    hashes.append(hash)
    bytes.append(contentsOf: key)
    offsets.append(bytes.count)
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The number of `key`, nil where it is not known.
  func find(_ key: UnsafeRawBufferPointer) -> UInt32? {
    let hash = ByteHash.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if matches(slots[slot], hash, key) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The numbers of the keys of `rows`, one each.
  mutating func numbers(of column: BinaryColumn, rows: [Int]) -> [UInt32] {
    column.bytes.withUnsafeBytes { all in
      rows.map { row in
        guard column.isValid(row) else { return Self.missing }
        return number(of: UnsafeRawBufferPointer(rebasing: all[column.offsets[row]..<column.offsets[row + 1]]))
      }
    }
  }

  /// For each number its place among all keys in byte order; the missing key comes first.
  func ranks() -> [UInt32] {
    let sorted = bytes.withUnsafeBytes { all in
      (1..<UInt32(count)).map { number in (prefix(number, all), number) }
        .sorted { $0.0 != $1.0 ? $0.0 < $1.0 : precedes($0.1, $1.1, all) }
    }
    var ranks = [UInt32](repeating: 0, count: count)
    for (rank, (_, number)) in sorted.enumerated() { ranks[Int(number)] = UInt32(rank + 1) }
    return ranks
  }

  private func matches(_ number: UInt32, _ hash: UInt64, _ key: UnsafeRawBufferPointer) -> Bool {
    guard hashes[Int(number)] == hash else { return false }
    let range = offsets[Int(number)]..<offsets[Int(number) + 1]
    guard range.count == key.count, let first = key.baseAddress else { return range.count == key.count }
    return bytes.withUnsafeBytes { all in
      all.baseAddress.map { memcmp($0 + range.lowerBound, first, range.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in 1..<count {
      var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number)
    }
  }

  /// The first eight bytes as a number that sorts like them.
  private func prefix(_ number: UInt32, _ all: UnsafeRawBufferPointer) -> UInt64 {
    let range = offsets[Int(number)]..<offsets[Int(number) + 1]
    var result: UInt64 = 0
    for index in 0..<8 { result = result << 8 | (index < range.count ? UInt64(all[range.lowerBound + index]) : 0) }
    return result
  }

  /// By the bytes, unsigned; of two where one begins with the other, the shorter one first.
  private func precedes(_ left: UInt32, _ right: UInt32, _ all: UnsafeRawBufferPointer) -> Bool {
    guard let base = all.baseAddress else { return false }
    let first = offsets[Int(left)]..<offsets[Int(left) + 1]
    let second = offsets[Int(right)]..<offsets[Int(right) + 1]
    let order = memcmp(base + first.lowerBound, base + second.lowerBound, min(first.count, second.count))
    return order != 0 ? order < 0 : first.count < second.count
  }
}
