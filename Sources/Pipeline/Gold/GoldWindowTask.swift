import Columns
import Detection

/// A window whose rows are still to be made of its groups; windows are independent of each other.
public struct GoldWindowTask: Sendable {
  let tally: WindowTally
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
      try EntityRow.batch(entityRows(known), pages: tally.pages, stamp, known.pageKind), settings.checks.entities,
      previous: previous.entities)
    let users = try builder.settle(
      try UserRow.batch(userRows(known.user.baseline), names: tally.names, stamp, known.user.kind),
      settings.checks.users, previous: previous.users)
    let globals = try builder.settle(
      try GlobalRow.batch(globalRows(known.global), stamp, known.global.kind), settings.checks.globals,
      previous: previous.globals)
    return try GoldWindow(start: tally.start, entities: entities, users: users, globals: globals)
  }

  /// Sorted by entity, then wiki.
  private func entityRows(_ known: WindowBaselines) -> [EntityRow] {
    let pages = tally.entities.indices.filter { tally.entities[$0].counts.total > 0 }
    return tally.pages.sorted(pages).map { page in
      EntityRow(page, tally.entities[page], known.page(page, of: tally.pages).baseline, settings.rules)
    }
  }

  /// Sorted by user_name, is_bot, is_anonymous.
  private func userRows(_ baseline: Baseline?) -> [UserRow] {
    let users = tally.names.sorted(Array(tally.users.indices), by: { tally.users[$0].user }) {
      tally.users[$0].flagOrder < tally.users[$1].flagOrder
    }
    return users.map { position in
      let user = tally.users[position]
      return UserRow(user, failed: tally.failedByUser[user.user] ?? 0, baseline, settings.rules)
    }
  }

  private func globalRows(_ known: WindowBaselines.Known) -> [GlobalRow] {
    let total = tally.total()
    return total.counts.total > 0 ? [GlobalRow(total, known, settings.rules)] : []
  }
}
