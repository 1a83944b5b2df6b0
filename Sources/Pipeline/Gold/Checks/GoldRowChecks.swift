public import Quality

/// The row checks of the three Gold tables, and which of them are waived.
public struct GoldRowChecks: Sendable {
  let entities: GoldTableChecks
  let users: GoldTableChecks
  let globals: GoldTableChecks

  /// Checks of each table; those called `waiving` are forgiven. Throws `.invalidArgument` for one that cannot be waived.
  public init(
    entities: RowChecks = .goldEntity, users: RowChecks = .goldUser, globals: RowChecks = .goldGlobal,
    waiving names: Set<String> = []
  ) throws {
    self.entities = try GoldTableChecks(
      Tables.goldEntityMetrics, key: ["window_start", "entity", "wiki"], entities, waiving: names)
    self.users = try GoldTableChecks(
      Tables.goldUserMetrics, key: ["window_start", "user_name", "is_bot", "is_anonymous"], users, waiving: names)
    self.globals = try GoldTableChecks(Tables.goldGlobalMetrics, key: ["window_start"], globals, waiving: names)
  }

  private init(entities: GoldTableChecks, users: GoldTableChecks, globals: GoldTableChecks) {
    self.entities = entities
    self.users = users
    self.globals = globals
  }

  /// These checks behind others, called `names`, that every row of the three tables fails.
  public func refusing(_ names: [String]) throws -> GoldRowChecks {
    guard !names.isEmpty else { return self }
    return GoldRowChecks(
      entities: try entities.refusing(names), users: try users.refusing(names), globals: try globals.refusing(names))
  }
}

/// The checks of one Gold table, and the key that its rows are found by.
struct GoldTableChecks: Sendable {
  let table: TableDefinition
  let key: [String]
  let checks: RowChecks
  let waivers: RowChecks.Waivers

  init(_ table: TableDefinition, key: [String], _ checks: RowChecks, waiving names: Set<String>) throws {
    self.table = table
    self.key = key
    self.checks = checks
    waivers = RowChecks.Waivers(everywhere: try checks.mask(waiving: names))
  }

  private init(_ table: TableDefinition, key: [String], _ checks: RowChecks, _ waivers: RowChecks.Waivers) {
    self.table = table
    self.key = key
    self.checks = checks
    self.waivers = waivers
  }

  func refusing(_ names: [String]) throws -> GoldTableChecks {
    // The bits of the other checks move up.
    let moved = RowChecks.Waivers(everywhere: waivers.everywhere << UInt64(names.count))
    return GoldTableChecks(table, key: key, try checks.refusingAll(names, column: key[0]), moved)
  }
}
