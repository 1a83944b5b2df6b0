/// Pairs of numbers, the second of which is never 0: who was seen where.
///
/// Invariant: `slots` has a power of two entries, less than half of them in use; a slot holds a pair, 0 when it is free.
struct PairSet {
  private var slots = [UInt64](repeating: 0, count: 16)
  private var count = 0

  /// Adds a pair; true when it was not known before.
  mutating func insert(_ first: Int, _ second: UInt32) -> Bool {
    let pair = UInt64(first) << 32 | UInt64(second)
    let slot = slot(of: pair)
    guard slots[slot] == 0 else { return false }
    slots[slot] = pair
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  /// Where `pair` is, or the free slot where it belongs.
  private func slot(of pair: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(pair)) & (slots.count - 1)
    while slots[slot] != 0, slots[slot] != pair { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for pair in old where pair != 0 { slots[slot(of: pair)] = pair }
  }
}
