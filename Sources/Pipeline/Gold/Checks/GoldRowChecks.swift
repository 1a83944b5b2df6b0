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
}
