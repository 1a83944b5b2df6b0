import Glibc

/// Sorts by byte strings, eight bytes at a time: they are compared as numbers, and looked at again only where these are equal, as they
/// are for many keys that begin alike.
struct KeySorter {
  /// What is sorted by the key with a number.
  struct Entry {
    let number: UInt32
    let item: Int
    /// Some bytes of the key as a number that sorts like them.
    fileprivate(set) var word: UInt64 = 0

    init(number: UInt32, item: Int) {
      self.number = number
      self.item = item
    }
  }

  typealias Entries = Slice<UnsafeMutableBufferPointer<Entry>>

  /// All keys' bytes.
  let bytes: UnsafeRawBufferPointer
  /// Where each key begins in `bytes`, and where the last one ends.
  let offsets: [Int]
  /// The order of items that have one key.
  let precedes: (Int, Int) -> Bool

  /// Keys that are equal up to here are compared as a whole.
  private static let deepest = 64

  /// Sorts entries whose keys are equal up to `offset`.
  func sort(_ entries: Entries, from offset: Int = 0) {
    var entries = entries
    for position in entries.indices { entries[position].word = word(entries[position].number, offset) }
    entries.sort { $0.word < $1.word }
    var start = entries.startIndex
    while start < entries.endIndex {
      var end = start + 1
      while end < entries.endIndex, entries[end].word == entries[start].word { end += 1 }
      if end - start > 1 { sortAlike(entries[start..<end], from: offset + 8) }
      start = end
    }
  }

  private func sortAlike(_ entries: Entries, from offset: Int) {
    var entries = entries
    let first = entries[entries.startIndex].number
    if offset < Self.deepest, entries.contains(where: { $0.number != first && range($0.number).count > offset }) {
      return sort(entries, from: offset)
    }
    entries.sort { left, right in
      left.number == right.number ? precedes(left.item, right.item) : isLess(left.number, right.number)
    }
  }

  /// By the bytes, unsigned; of two where one begins with the other, the shorter one first; the missing key before all.
  func isLess(_ left: UInt32, _ right: UInt32) -> Bool {
    guard left != ByteKeyTable.missing, right != ByteKeyTable.missing else { return left < right }
    let (first, second) = (range(left), range(right))
    guard let base = bytes.baseAddress else { return false }
    let order = memcmp(base + first.lowerBound, base + second.lowerBound, min(first.count, second.count))
    return order != 0 ? order < 0 : first.count < second.count
  }

  /// Eight bytes of a key, zeros behind its end.
  private func word(_ number: UInt32, _ offset: Int) -> UInt64 {
    let range = range(number)
    let start = range.lowerBound + offset
    if start + 8 <= range.upperBound {
      return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    var word: UInt64 = 0
    for position in start..<start + 8 { word = word << 8 | (position < range.upperBound ? UInt64(bytes[position]) : 0) }
    return word
  }

  private func range(_ number: UInt32) -> Range<Int> { offsets[Int(number)]..<offsets[Int(number) + 1] }
}
