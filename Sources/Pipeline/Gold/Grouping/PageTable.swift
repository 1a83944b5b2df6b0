import Columns

/// Pages numbered from 0: an entity and a wiki each, as Gold's entity rows are keyed.
struct PageTable {
  /// The entities' names.
  var entities = ByteKeyTable()
  /// The wikis' names.
  var wikis = ByteKeyTable()
  private var pages = NumberTable()

  /// The number of pages.
  var count: Int { pages.count }

  /// The number of a page whose parts were numbered before.
  mutating func number(entity: UInt32, wiki: UInt32) -> Int { pages.insert(Self.pair(entity, wiki)).number }

  /// The numbers of the pages of `rows`, one each.
  mutating func numbers(entities: BinaryColumn, wikis: BinaryColumn, rows: [Int]) -> [Int] {
    let entityNumbers = self.entities.numbers(of: entities, rows: rows)
    let wikiNumbers = self.wikis.numbers(of: wikis, rows: rows)
    return zip(entityNumbers, wikiNumbers).map { number(entity: $0, wiki: $1) }
  }

  /// The number of the page with these names, nil where it is not known. Neither part is missing.
  func find(entity: ArraySlice<UInt8>, wiki: ArraySlice<UInt8>) -> Int? {
    guard let entity = entity.withUnsafeBytes({ entities.find($0) }),
      let wiki = wiki.withUnsafeBytes({ wikis.find($0) })
    else { return nil }
    return pages.find(Self.pair(entity, wiki))
  }

  /// The number of a page's entity.
  func entity(of page: Int) -> UInt32 { UInt32(truncatingIfNeeded: pages.keys[page] >> 32) }

  /// The number of a page's wiki.
  func wiki(of page: Int) -> UInt32 { UInt32(truncatingIfNeeded: pages.keys[page]) }

  /// `numbers` of pages in the byte order of their entity, then of their wiki; a missing part comes first.
  func sorted(_ numbers: [Int]) -> [Int] {
    entities.sorted(numbers, by: entity(of:)) { wikis.precedes(wiki(of: $0), wiki(of: $1)) }
  }

  private static func pair(_ entity: UInt32, _ wiki: UInt32) -> UInt64 { UInt64(entity) << 32 | UInt64(wiki) }
}
