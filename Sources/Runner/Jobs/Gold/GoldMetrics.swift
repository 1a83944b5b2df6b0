import Pipeline
import Quality

/// What Gold's batch checks measure: the rows that are written, a window at a time.
struct GoldMetrics: Sendable {
  private(set) var entities: BatchMetrics
  private(set) var users: BatchMetrics
  private(set) var globals: BatchMetrics

  init(_ checks: GoldBatchChecks) throws {
    entities = try BatchMetrics(checks.entities)
    users = try BatchMetrics(checks.users)
    globals = try BatchMetrics(checks.globals)
  }

  /// Adds the rows of a window that the tables are told.
  mutating func add(_ window: GoldWindow) throws {
    if window.entities.needsWrite { try entities.add(window.entities.rows) }
    if window.users.needsWrite { try users.add(window.users.rows) }
    if window.globals.needsWrite { try globals.add(window.globals.rows) }
  }

  /// Adds what was measured of other windows.
  mutating func merge(_ other: GoldMetrics) {
    entities.merge(other.entities)
    users.merge(other.users)
    globals.merge(other.globals)
  }
}
