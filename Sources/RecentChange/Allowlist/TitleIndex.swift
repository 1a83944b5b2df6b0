internal import Hashing

/// Finds entries by the folded bytes of a title.
///
/// Invariant: `slots` has a power of two of places, at least half of them empty (-1); the others are positions in `titles`.
struct TitleIndex: Sendable {
  /// A title and the entry it stands for.
  private struct Title: Sendable {
    let folded: [UInt8]
    let wiki: [UInt8]?
    let entry: Int
  }

  private var titles: [Title] = []
  private var slots = [Int](repeating: -1, count: 16)

  /// Adds a title; returns the entry that has it already for the same wiki.
  mutating func insert(_ folded: [UInt8], wiki: String?, entry: Int) -> Int? {
    let wiki = wiki.map { Array($0.utf8) }
    if let present = titles.first(where: { $0.folded == folded && $0.wiki == wiki }) { return present.entry }
    titles.append(Title(folded: folded, wiki: wiki, entry: entry))
    if titles.count * 2 > slots.count {
      slots = [Int](repeating: -1, count: slots.count * 2)
      for position in titles.indices { place(position) }
    } else {
      place(titles.count - 1)
    }
    return nil
  }

  private mutating func place(_ position: Int) {
    var slot = Self.slot(titles[position].folded, slots.count)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = position
  }

  private static func slot(_ folded: [UInt8], _ count: Int) -> Int {
    Int(truncatingIfNeeded: XXHash64.hash(folded)) & (count - 1)
  }

  /// The entry of a folded title that `isWanted`; one for this wiki goes before one for every wiki.
  func entry(_ folded: [UInt8], wiki: UnsafeRawBufferPointer, where isWanted: (Int) -> Bool) -> Int? {
    if titles.isEmpty { return nil }
    var general: Int?
    var slot = Self.slot(folded, slots.count)
    while slots[slot] >= 0 {
      let title = titles[slots[slot]]
      if title.folded == folded, isWanted(title.entry) {
        guard let own = title.wiki else {
          general = title.entry
          slot = (slot + 1) & (slots.count - 1)
          continue
        }
        if wiki.elementsEqual(own) { return title.entry }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return general
  }
}
