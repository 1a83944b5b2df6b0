public import Quality

/// The batch checks of the three Gold tables. Their names differ, also between tables.
public struct GoldBatchChecks: Sendable, Hashable {
  /// Those of gold_entity_metrics_10min.
  public var entities: BatchChecks
  /// Those of gold_user_metrics_10min.
  public var users: BatchChecks
  /// Those of gold_global_metrics_10min.
  public var globals: BatchChecks

  /// Checks of each table.
  public init(entities: BatchChecks = .none, users: BatchChecks = .none, globals: BatchChecks = .none) {
    self.entities = entities
    self.users = users
    self.globals = globals
  }

  /// Without those that are waived. Throws `.invalidArgument` for one that cannot be.
  func waiving(_ names: Set<String>) throws -> GoldBatchChecks {
    GoldBatchChecks(
      entities: try entities.waiving(names), users: try users.waiving(names), globals: try globals.waiving(names))
  }
}
