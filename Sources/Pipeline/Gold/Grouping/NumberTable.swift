/// 64-bit keys numbered from 0 in the order in which they first came: the index of groups.
///
/// Invariant: `slots` has a power of two entries, less than half of them in use; a slot holds a key's number + 1, 0 when free.
struct NumberTable {
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 16)
  private(set) var keys: [UInt64] = []

  /// The number of keys.
  var count: Int { keys.count }

  /// The number of `key`, and whether it was not known before.
  mutating func insert(_ key: UInt64) -> (number: Int, isNew: Bool) {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if keys[number] == key { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return (keys.count - 1, true)
  }

  /// The number of `key`, nil where it is not known.
  func find(_ key: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if keys[number] == key { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
