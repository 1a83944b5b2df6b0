import Columns
import Detection

/// The keys of a Gold batch and the order in which their rows are written.
struct GoldKeys: Sendable {
  let pages: PageTable
  let pageOrder: [UInt64]
  let users: ByteKeyTable
  let userOrder: [UInt32]
}

/// A window whose rows are still to be made of its groups; windows are independent of each other.
public struct GoldWindowTask: Sendable {
  let tally: WindowTally
  let keys: GoldKeys
  let settings: GoldSettings

  /// The window's start in microseconds.
  public var start: Int64 { tally.start }

  /// Makes the rows. Throws `.invalidArgument` when the previous rows have other columns than Gold's.
  ///
  /// - Parameter previous: what the tables hold of this window; rows of other windows are ignored.
  public func compute(previous: PreviousGold = PreviousGold()) throws -> GoldWindow {
    let stamp = settings.stamp(tally.start)
    let known = WindowBaselines(window: tally.start, rules: settings.rules.baselines, book: settings.baselines)
    let builder = GoldWindowBuilder(stamp: stamp)
    let entities = try builder.settle(
      try EntityRow.batch(entityRows(known), pages: keys.pages, stamp), settings.checks.entities,
      previous: previous.entities)
    let users = try builder.settle(
      try UserRow.batch(userRows(known), users: keys.users, stamp), settings.checks.users, previous: previous.users)
    let globals = try builder.settle(
      try GlobalRow.batch(globalRows(known), stamp), settings.checks.globals, previous: previous.globals)
    return try GoldWindow(start: tally.start, entities: entities, users: users, globals: globals)
  }

  /// Sorted by entity, then wiki.
  private func entityRows(_ known: WindowBaselines) -> [EntityRow] {
    let order = tally.entities.indices.map { (key: keys.pageOrder[tally.entities[$0].page], position: $0) }
      .sorted { $0.key < $1.key }
    return order.map { item in
      let entity = tally.entities[item.position]
      let baseline = known.page(
        entity: keys.pages.entities.key(keys.pages.entity(of: entity.page)),
        wiki: keys.pages.wikis.key(keys.pages.wiki(of: entity.page)))
      return EntityRow(entity, failed: tally.failedByPage[entity.page] ?? 0, baseline, settings.rules)
    }
  }

  /// Sorted by user_name, is_bot, is_anonymous.
  private func userRows(_ known: WindowBaselines) -> [UserRow] {
    let order = tally.users.map { user in
      let rank = keys.userOrder[Int(user.user)]
      return (key: WindowTally.userKey(rank, isBot: user.isBot, isAnonymous: user.isAnonymous), user: user)
    }
    return order.sorted { $0.key < $1.key }.map { item in
      UserRow(item.user, failed: tally.failedByUser[item.user.user] ?? 0, known.user, settings.rules)
    }
  }

  private func globalRows(_ known: WindowBaselines) -> [GlobalRow] {
    guard tally.global.counts.total > 0 else { return [] }
    return [GlobalRow(tally.global, failed: tally.failed, known.global, settings.rules)]
  }
}
