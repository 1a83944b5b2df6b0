import Bytes
import Glibc

/// The different byte strings of a column in the order of their first appearance.
///
/// An open-addressing table over bytes: a slot holds an entry's number plus one and above it its hash, so that other
/// entries are hardly ever looked at, or 0. No string is made of any value.
struct BinaryDictionary {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  private var slots = [UInt64](repeating: 0, count: 1024)
  /// The entry that was asked for last: in many columns it is asked for again.
  private var last: UInt32 = 0

  /// The number of entries.
  var count: Int { offsets.count - 1 }

  /// The bytes of the entries.
  var byteCount: Int { bytes.count }

  /// The number of `value`, added when it is new.
  mutating func index(of value: UnsafeRawBufferPointer) -> UInt32 {
    if last < count, isEqual(last, value) { return last }
    last = number(of: value)
    return last
  }

  private mutating func number(of value: UnsafeRawBufferPointer) -> UInt32 {
    let hash = Self.hash(value)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = UInt32(truncatingIfNeeded: slots[slot]) &- 1
      if slots[slot] >> 32 == hash && isEqual(entry, value) { return entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    let entry = UInt32(truncatingIfNeeded: count)
    bytes.append(contentsOf: value)
    offsets.append(bytes.count)
    slots[slot] = UInt64(hash) << 32 | UInt64(entry + 1)
    if count * 2 > slots.count { grow() }
    return entry
  }

  /// Calls `body` with the bytes of each entry in order.
  func forEach(_ body: (UnsafeRawBufferPointer) -> Void) {
    bytes.withUnsafeBytes { bytes in
      for entry in 0..<count { body(UnsafeRawBufferPointer(rebasing: bytes[offsets[entry]..<offsets[entry + 1]])) }
    }
  }

  /// Calls `body` with the bytes of an entry.
  ///
  /// Precondition: `entry` is less than `count`.
  func withEntry<Result>(_ entry: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[offsets[Int(entry)]..<offsets[Int(entry) + 1]]))
    }
  }

  private func isEqual(_ entry: UInt32, _ value: UnsafeRawBufferPointer) -> Bool {
    let entry = Int(entry)
    guard offsets[entry + 1] - offsets[entry] == value.count else { return false }
    guard value.count > 0, let start = value.baseAddress else { return true }
    return bytes.withUnsafeBytes { stored in
      guard let base = stored.baseAddress else { return false }
      return memcmp(base + offsets[entry], start, value.count) == 0
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// A multiply-and-fold hash of eight bytes at a time. Not for values that try to collide: the dictionary is bounded,
  /// so that the worst they do is cost time on one page.
  private static func hash(_ value: UnsafeRawBufferPointer) -> UInt32 {
    var state = UInt64(truncatingIfNeeded: value.count) ^ 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= value.count {
      state = mix(state, value.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < value.count {
      tail = tail << 8 | UInt64(value[offset])
      offset += 1
    }
    state = mix(state, tail)
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }

  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low &+ 0x2545_F491_4F6C_DD1D
  }
}
