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
      let known = Int(slots[slot])
      if hashes[known] == hash, Self.areEqual(bytes.span.bytes, offsets[known]..<offsets[known + 1], key) {
        return slots[slot]
      }
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
      let known = Int(slots[slot])
      if hashes[known] == hash, Self.areEqual(bytes.span.bytes, offsets[known]..<offsets[known + 1], key) {
        return slots[slot]
      }
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

  /// `items` in the byte order of the keys whose numbers they have, the missing key first; items of one key as `precedes` has them.
  func sorted(
    _ items: [Int], by number: (Int) -> UInt32, then precedes: (Int, Int) -> Bool
  ) -> [Int] {
    var entries = items.map { KeySorter.Entry(number: number($0), item: $0) }
    withoutActuallyEscaping(precedes) { precedes in
      bytes.withUnsafeBytes { bytes in
        let sorter = KeySorter(bytes: bytes, offsets: offsets, precedes: precedes)
        entries.withUnsafeMutableBufferPointer { sorter.sort($0[...]) }
      }
    }
    return entries.map(\.item)
  }

  /// Whether a key's bytes come before another's; the missing key comes first.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    bytes.withUnsafeBytes { KeySorter(bytes: $0, offsets: offsets) { _, _ in false }.isLess(left, right) }
  }

  /// The keys with these numbers; the missing one is null.
  func column(_ numbers: [UInt32]) -> BinaryColumn {
    var column = BinaryColumn()
    column.reserve(
      rows: numbers.count, bytes: numbers.reduce(0) { $0 + offsets[Int($1) + 1] - offsets[Int($1)] })
    bytes.withUnsafeBytes { bytes in
      for number in numbers {
        let range = offsets[Int(number)]..<offsets[Int(number) + 1]
        if number == Self.missing { column.appendNull() } else { column.append(.init(rebasing: bytes[range])) }
      }
    }
    return column
  }

  /// Whether a part of the table's bytes is `key`. No method of the table: a call of one retained each of its arrays.
  private static func areEqual(_ bytes: RawSpan, _ range: Range<Int>, _ key: UnsafeRawBufferPointer) -> Bool {
    guard range.count == key.count, let other = key.baseAddress else { return range.count == key.count }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + range.lowerBound, other, range.count) == 0 } ?? false
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
}
