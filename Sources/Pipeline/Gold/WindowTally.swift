import Columns

/// One window's groups while its rows come in.
///
/// Keys are numbered within the window: windows share nothing, so several are tallied and written at the same time, and the tables of
/// one stay in the processor's cache. Distinct counts are exact: a set of pairs (group, key number), whose growth is counted at the
/// group.
struct WindowTally: Sendable {
  let start: Int64
  private(set) var global = GlobalTally()
  /// By page number; one of whose rows all were refused has no event.
  private(set) var entities: [EntityTally] = []
  private(set) var users: [UserTally] = []
  private(set) var failedByUser: [UInt32: Int64] = [:]
  private(set) var pages = PageTable()
  private(set) var names = ByteKeyTable()

  private var userIndex = NumberTable()
  private var editors = PairSet()
  private var anonymousEditors = PairSet()
  private var userEntities = PairSet()
  private var userWikis = PairSet()
  private let excludedWikis: UInt32

  /// An empty tally of the window that begins at `start`. `excludedWikis` do not count for CROSS_WIKI.
  init(start: Int64, excludedWikis: BinaryColumn) {
    self.start = start
    // Numbered first, so that a comparison tells them from the others.
    _ = pages.wikis.numbers(of: excludedWikis, rows: Array(0..<excludedWikis.count))
    self.excludedWikis = UInt32(pages.wikis.count - 1)
  }

  /// Counts rows of silver_events.
  mutating func add(_ rows: [Int], of events: SilverReader) {
    let pages = pages.numbers(entities: events.entities, wikis: events.wikis, rows: rows)
    let users = names.numbers(of: events.users, rows: rows)
    for (index, row) in rows.enumerated() { add(events.row(row), page: pages[index], user: users[index]) }
  }

  /// Counts open rows of silver_quarantine. One without an entity or a wiki is of no page.
  mutating func add(_ rows: [Int], of quarantined: QuarantineReader) {
    global.failed += Int64(rows.count)
    let isPage = rows.filter { quarantined.entities.isValid($0) && quarantined.wikis.isValid($0) }
    for page in pages.numbers(entities: quarantined.entities, wikis: quarantined.wikis, rows: isPage) {
      addEntity(page)
      entities[page].failed += 1
    }
    for user in names.numbers(of: quarantined.users, rows: rows) where user != ByteKeyTable.missing {
      failedByUser[user, default: 0] += 1
    }
  }

  /// The window as a whole, with its distinct keys counted.
  func total() -> GlobalTally {
    var total = global
    let edited = entities.indices.filter { entities[$0].counts.edits > 0 }
    total.users = Self.distinct(users.map(\.user), of: names)
    total.entities = Self.distinct(edited.map(pages.entity(of:)), of: pages.entities)
    total.wikis = Self.distinct(edited.map(pages.wiki(of:)), of: pages.wikis)
    return total
  }

  /// As in SQL, a missing key is not one of the distinct ones.
  private static func distinct(_ numbers: [UInt32], of table: ByteKeyTable) -> UInt32 {
    var isThere = [Bool](repeating: false, count: table.count)
    for number in numbers { isThere[Int(number)] = true }
    isThere[Int(ByteKeyTable.missing)] = false
    return UInt32(isThere.count { $0 })
  }

  private mutating func add(_ row: SilverRow, page: Int, user: UInt32) {
    global.add(row)
    addEntity(page)
    entities[page].add(row)
    let position = userPosition(user, isBot: row.isBot, isAnonymous: row.isAnonymous)
    users[position].add(row)
    if row.isEdit { addDistinct(page, position, isAnonymous: row.isAnonymous) }
  }

  private mutating func addEntity(_ page: Int) {
    if page == entities.count { entities.append(EntityTally()) }
  }

  private mutating func userPosition(_ user: UInt32, isBot: Bool, isAnonymous: Bool) -> Int {
    let key = UInt64(user) << 2 | (isBot ? 2 : 0) | (isAnonymous ? 1 : 0)
    let (position, isNew) = userIndex.insert(key)
    if isNew { users.append(UserTally(user: user, isBot: isBot, isAnonymous: isAnonymous)) }
    return position
  }

  private mutating func addDistinct(_ page: Int, _ user: Int, isAnonymous: Bool) {
    let (name, entity, wiki) = (users[user].user, pages.entity(of: page), pages.wiki(of: page))
    if name != ByteKeyTable.missing {
      if editors.insert(page, name) { entities[page].editors += 1 }
      if isAnonymous, anonymousEditors.insert(page, name) { entities[page].anonymousEditors += 1 }
    }
    if entity != ByteKeyTable.missing, userEntities.insert(user, entity) { users[user].entities += 1 }
    if wiki != ByteKeyTable.missing, userWikis.insert(user, wiki) {
      users[user].wikis += 1
      if wiki > excludedWikis { users[user].countedWikis += 1 }
    }
  }
}
