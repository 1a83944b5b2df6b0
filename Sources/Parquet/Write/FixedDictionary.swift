import Bytes

/// The different values of a column of numbers, told apart by their bits, in the order of their first appearance.
///
/// An open-addressing table: a slot holds an entry's number plus one, or 0.
struct FixedDictionary<Value: WrittenValue> {
  private(set) var entries: [Value] = []
  private var slots = [UInt32](repeating: 0, count: 1024)
  private var shift: UInt64 = 64 - 10
  /// The entry that was asked for last: in many columns it is asked for again.
  private var last = 0

  var byteCount: Int { entries.count * MemoryLayout<Value>.size }

  /// The number of `value`, added when it is new.
  mutating func index(of value: Value) -> UInt32 {
    let bits = value.bits
    if last < entries.count, entries[last].bits == bits { return UInt32(truncatingIfNeeded: last) }
    last = Int(number(of: value, bits))
    return UInt32(truncatingIfNeeded: last)
  }

  private mutating func number(of value: Value, _ bits: UInt64) -> UInt32 {
    var slot = Self.start(bits, shift)
    while slots[slot] != 0 {
      let entry = slots[slot] - 1
      if entries[Int(entry)].bits == bits { return entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    let entry = UInt32(truncatingIfNeeded: entries.count)
    entries.append(value)
    slots[slot] = entry + 1
    if entries.count * 2 > slots.count { grow() }
    return entry
  }

  private static func start(_ bits: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: ((bits ^ bits >> 32) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow() {
    shift -= 1
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Self.start(entry.bits, shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index) + 1
    }
  }
}
