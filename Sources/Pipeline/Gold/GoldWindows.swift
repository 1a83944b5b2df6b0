public import Columns
import Detection
import Failures

/// The windows of a Gold batch, computed one at a time so that only one window's rows are in memory.
public struct GoldWindows: Sendable {
  private var tallies: [WindowTally?]
  private let pages: PageTable
  private let pageOrder: [UInt64]
  private let users: ByteKeyTable
  private let userOrder: [UInt32]
  private let settings: GoldSettings

  /// The starts of all windows asked for, ascending.
  public let starts: [Int64]

  init(tallies: [WindowTally], pages: PageTable, users: ByteKeyTable, settings: GoldSettings) {
    self.tallies = tallies
    self.pages = pages
    pageOrder = pages.sortKeys()
    self.users = users
    userOrder = users.ranks()
    self.settings = settings
    starts = tallies.map(\.start)
  }

  /// The window `starts[index]`; its groups are then forgotten.
  ///
  /// - Parameter previous: what the tables hold of this window; rows of other windows are ignored.
  /// - Throws: `.invalidArgument` when the window was taken before, or the previous rows have other columns than Gold's.
  public mutating func window(_ index: Int, previous: PreviousGold = PreviousGold()) throws -> GoldWindow {
    guard tallies.indices.contains(index), let tally = tallies[index] else {
      throw Failure.invalidArgument("window \(index) of \(tallies.count) is not there any more")
    }
    tallies[index] = nil
    let stamp = settings.stamp(tally.start)
    let known = WindowBaselines(window: tally.start, rules: settings.rules.baselines, book: settings.baselines)
    let builder = GoldWindowBuilder(stamp: stamp)
    let entities = try builder.settle(
      try EntityRow.batch(entityRows(tally, known), pages: pages, stamp), settings.checks.entities,
      previous: previous.entities)
    let users = try builder.settle(
      try UserRow.batch(userRows(tally, known), users: self.users, stamp), settings.checks.users,
      previous: previous.users)
    let globals = try builder.settle(
      try GlobalRow.batch(globalRows(tally, known), stamp), settings.checks.globals, previous: previous.globals)
    return try GoldWindow(start: tally.start, entities: entities, users: users, globals: globals)
  }

  /// Sorted by entity, then wiki.
  private func entityRows(_ tally: WindowTally, _ known: WindowBaselines) -> [EntityRow] {
    let order = tally.entities.indices.map { (key: pageOrder[tally.entities[$0].page], position: $0) }
      .sorted { $0.key < $1.key }
    return order.map { item in
      let entity = tally.entities[item.position]
      let baseline = known.page(
        entity: pages.entities.key(pages.entity(of: entity.page)), wiki: pages.wikis.key(pages.wiki(of: entity.page)))
      return EntityRow(entity, failed: tally.failedByPage[entity.page] ?? 0, baseline, settings.rules)
    }
  }

  /// Sorted by user_name, is_bot, is_anonymous.
  private func userRows(_ tally: WindowTally, _ known: WindowBaselines) -> [UserRow] {
    let order = tally.users.map { user in
      let rank = userOrder[Int(user.user)]
      return (key: WindowTally.userKey(rank, isBot: user.isBot, isAnonymous: user.isAnonymous), user: user)
    }
    return order.sorted { $0.key < $1.key }.map { item in
      UserRow(item.user, failed: tally.failedByUser[item.user.user] ?? 0, known.user, settings.rules)
    }
  }

  private func globalRows(_ tally: WindowTally, _ known: WindowBaselines) -> [GlobalRow] {
    guard tally.global.counts.total > 0 else { return [] }
    return [GlobalRow(tally.global, failed: tally.failed, known.global, settings.rules)]
  }
}

/// What the Gold tables hold of a window, all columns of theirs. Rows of other windows do no harm.
public struct PreviousGold: Sendable {
  /// Rows of gold_entity_metrics_10min.
  public var entities: ColumnBatch?
  /// Rows of gold_user_metrics_10min.
  public var users: ColumnBatch?
  /// Rows of gold_global_metrics_10min.
  public var globals: ColumnBatch?

  /// Previous rows; nil where there are none.
  public init(entities: ColumnBatch? = nil, users: ColumnBatch? = nil, globals: ColumnBatch? = nil) {
    self.entities = entities
    self.users = users
    self.globals = globals
  }
}
