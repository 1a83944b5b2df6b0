/// One window's groups while its rows come in.
///
/// Distinct counts are exact: a set of pairs (group, key number), whose growth is counted at the group.
struct WindowTally {
  let start: Int64
  var global = GlobalTally()
  private(set) var entities: [EntityTally] = []
  private(set) var users: [UserTally] = []
  /// Quarantined rows of the window.
  private(set) var failed: Int64 = 0
  private(set) var failedByPage: [Int: Int64] = [:]
  private(set) var failedByUser: [UInt32: Int64] = [:]

  private var entityIndex = NumberTable()
  private var userIndex = NumberTable()
  private var editors = NumberTable()
  private var anonymousEditors = NumberTable()
  private var userEntities = NumberTable()
  private var userWikis = NumberTable()
  private var windowUsers = NumberTable()
  private var windowEntities = NumberTable()
  private var windowWikis = NumberTable()

  init(start: Int64) { self.start = start }

  /// Counts a row. Wikis up to number `excludedWikis` do not count for CROSS_WIKI.
  mutating func add(_ row: SilverRow, excludedWikis: UInt32) {
    global.add(row)
    let entity = entityPosition(row)
    entities[entity].add(row)
    let user = userPosition(row)
    users[user].add(row)
    if row.user != ByteKeyTable.missing, windowUsers.insert(0, row.user) { global.users += 1 }
    if row.isEdit { addDistinct(row, entity: entity, user: user, excludedWikis: excludedWikis) }
  }

  /// Counts a quarantined row. A page is nil where an entity or wiki is missing, as is a user.
  mutating func addFailed(page: Int?, user: UInt32) {
    failed += 1
    if let page { failedByPage[page, default: 0] += 1 }
    if user != ByteKeyTable.missing { failedByUser[user, default: 0] += 1 }
  }

  private mutating func entityPosition(_ row: SilverRow) -> Int {
    let (position, isNew) = entityIndex.insert(UInt64(row.page))
    if isNew { entities.append(EntityTally(page: row.page)) }
    return position
  }

  private mutating func userPosition(_ row: SilverRow) -> Int {
    let (position, isNew) = userIndex.insert(Self.userKey(row.user, isBot: row.isBot, isAnonymous: row.isAnonymous))
    if isNew { users.append(UserTally(user: row.user, isBot: row.isBot, isAnonymous: row.isAnonymous)) }
    return position
  }

  /// As in SQL, a missing key is not one of the distinct ones.
  private mutating func addDistinct(_ row: SilverRow, entity: Int, user: Int, excludedWikis: UInt32) {
    let missing = ByteKeyTable.missing
    if row.user != missing {
      if editors.insert(entity, row.user) { entities[entity].editors += 1 }
      if row.isAnonymous, anonymousEditors.insert(entity, row.user) { entities[entity].anonymousEditors += 1 }
    }
    if row.entity != missing {
      if userEntities.insert(user, row.entity) { users[user].entities += 1 }
      if windowEntities.insert(0, row.entity) { global.entities += 1 }
    }
    if row.wiki != missing {
      if windowWikis.insert(0, row.wiki) { global.wikis += 1 }
      if userWikis.insert(user, row.wiki) {
        users[user].wikis += 1
        if row.wiki > excludedWikis { users[user].countedWikis += 1 }
      }
    }
  }

  /// A user row's key as one number.
  static func userKey(_ user: UInt32, isBot: Bool, isAnonymous: Bool) -> UInt64 {
    UInt64(user) << 2 | (isBot ? 2 : 0) | (isAnonymous ? 1 : 0)
  }
}
