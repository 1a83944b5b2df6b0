public import Columns
public import Quality

/// One window's rows of one Gold table.
public struct GoldTableWindow: Sendable {
  /// What happened to the window since the table last saw it.
  public enum Change: Sendable, Hashable {
    /// There were no rows and there are none.
    case empty
    /// Its first rows.
    case appeared
    /// A value changed, a row came or a row went (perhaps all of them).
    case changed
    /// Nothing but `is_final` changed.
    case finality
    /// Nothing changed: the rows that are there may stay.
    case unchanged
  }

  /// The rows that passed the checks, in the order of their key.
  public let rows: ColumnBatch
  /// What happened.
  public let change: Change

  /// Whether the table has to be told.
  public var needsWrite: Bool { change != .empty && change != .unchanged }
}

/// One window of Gold: what replaces it in each table.
public struct GoldWindow: Sendable {
  /// The window's start in microseconds.
  public let start: Int64
  /// The window's date, by which the tables are partitioned, in days since 1970-01-01.
  public let day: Int32
  /// Rows of gold_entity_metrics_10min.
  public let entities: GoldTableWindow
  /// Rows of gold_user_metrics_10min.
  public let users: GoldTableWindow
  /// Rows of gold_global_metrics_10min; one, or none where nothing happened.
  public let globals: GoldTableWindow
  /// Rows of gold_quarantine.
  public let quarantine: ColumnBatch
  /// How many rows of the three tables passed the checks.
  public let passedCount: Int
  /// How many failed one.
  public let failedCount: Int
  /// How often each check was asked and failed: those of pages, then users, then the platform. Names may come in several.
  public let checks: [CheckCount]

  init(start: Int64, entities: CheckedRows, users: CheckedRows, globals: CheckedRows) throws {
    self.start = start
    day = GoldWindowGrid.day(of: start)
    self.entities = entities.passed
    self.users = users.passed
    self.globals = globals.passed
    var quarantine = ColumnBatch(empty: Tables.goldQuarantine.schema)
    for part in [entities, users, globals] {
      try quarantine.append(contentsOf: part.quarantine)
    }
    self.quarantine = quarantine
    checks = entities.counts + users.counts + globals.counts
    failedCount = quarantine.rowCount
    passedCount = self.entities.rows.rowCount + self.users.rows.rowCount + self.globals.rows.rowCount
  }

  /// Whether any table has to be told.
  public var needsWrite: Bool { entities.needsWrite || users.needsWrite || globals.needsWrite }
}

/// One table's rows of a window after the checks.
struct CheckedRows {
  let passed: GoldTableWindow
  let quarantine: ColumnBatch
  let counts: [CheckCount]
}
