import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Writes computed windows, one data file a window and table, so that replacing a window copies no other rows.
struct GoldOutput {
  private let workspace: Workspace
  private let input: GoldPlanInput
  private let batchChecks: GoldBatchChecks
  private var metrics: GoldMetrics
  private var entities: WindowReplacement
  private var users: WindowReplacement
  private var globals: WindowReplacement
  private var quarantine: WindowReplacement
  private var counts = QualityCounts()
  private var checks: [String: CheckCount] = [:]

  init(
    workspace: Workspace, options: DataFileOptions, input: GoldPlanInput, batchChecks: GoldBatchChecks,
    tables: inout TableSet
  ) throws {
    self.workspace = workspace
    self.input = input
    self.batchChecks = batchChecks
    metrics = try GoldMetrics(batchChecks)
    entities = try WindowReplacement(tables.owned(Tables.goldEntityMetrics), options: options, workspace: workspace)
    users = try WindowReplacement(tables.owned(Tables.goldUserMetrics), options: options, workspace: workspace)
    globals = try WindowReplacement(tables.owned(Tables.goldGlobalMetrics), options: options, workspace: workspace)
    quarantine = try WindowReplacement(tables.owned(Tables.goldQuarantine), column: "event_time", workspace: workspace)
  }

  /// The files of one window; nil for a table that keeps what it has.
  struct WrittenWindow: Sendable {
    let window: GoldWindow
    let entities: [DataFile]?
    let users: [DataFile]?
    let globals: [DataFile]?
    let quarantine: [DataFile]
    let metrics: GoldMetrics
  }

  /// Writes one window; refused rows keep what was decided about those in `quarantined`. Several windows may be written at once.
  func write(_ window: GoldWindow, quarantined: ColumnBatch?) throws -> WrittenWindow {
    var metrics = try GoldMetrics(batchChecks)
    try metrics.add(window)
    let refused = try quarantined.map { try QuarantineUpdate.keepingStatus(of: $0, in: window.quarantine) }
    return WrittenWindow(
      window: window,
      entities: try window.entities.needsWrite ? entities.write(window.entities.rows) : nil,
      users: try window.users.needsWrite ? users.write(window.users.rows) : nil,
      globals: try window.globals.needsWrite ? globals.write(window.globals.rows) : nil,
      quarantine: try quarantine.write(refused ?? window.quarantine), metrics: metrics)
  }

  /// Adds a window that was written to the changes.
  mutating func add(_ written: WrittenWindow) {
    let window = written.window
    if let files = written.entities { entities.replace(window.start, with: files) }
    if let files = written.users { users.replace(window.start, with: files) }
    if let files = written.globals { globals.replace(window.start, with: files) }
    quarantine.replace(window.start, with: written.quarantine)
    metrics.merge(written.metrics)
    counts =
      counts
      + QualityCounts(
        total: window.passedCount + window.failedCount, passed: window.passedCount, failed: window.failedCount,
        duplicates: 0)
    for check in window.checks {
      checks[check.name, default: CheckCount(nothingOf: check)].add(check)
    }
  }

  /// The changes of the batch, after those in `first`. Gold's main table is committed even when nothing in it changes.
  mutating func finish(after first: [PreparedChange]) throws -> Execution {
    var changes = first
    if let change = try entities.finish() { changes.append(change) }
    if let change = try users.finish() { changes.append(change) }
    changes.append(try globals.finishMain(windows: input.windows))
    return Execution(
      changes: changes, following: try quarantine.finish().map { [$0] } ?? [], counts: counts,
      checks: checks.values.sorted { $0.name < $1.name },
      metrics: [metrics.entities, metrics.users, metrics.globals])
  }
}
