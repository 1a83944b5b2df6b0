import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Writes computed windows, one data file a window and table, so that replacing a window copies no other rows.
struct GoldOutput {
  private let workspace: Workspace
  private let input: GoldPlanInput
  private var entities: WindowReplacement
  private var users: WindowReplacement
  private var globals: WindowReplacement
  private var quarantine: WindowReplacement
  private var counts = QualityCounts()
  private var checks: [String: CheckCount] = [:]

  init(workspace: Workspace, options: DataFileOptions, input: GoldPlanInput, tables: inout TableSet) throws {
    self.workspace = workspace
    self.input = input
    entities = try WindowReplacement(tables.owned(Tables.goldEntityMetrics), options: options, workspace: workspace)
    users = try WindowReplacement(tables.owned(Tables.goldUserMetrics), options: options, workspace: workspace)
    globals = try WindowReplacement(tables.owned(Tables.goldGlobalMetrics), options: options, workspace: workspace)
    quarantine = try WindowReplacement(tables.owned(Tables.goldQuarantine), column: "event_time", workspace: workspace)
  }

  /// Writes one window; refused rows keep what was decided about those in `quarantined`.
  mutating func add(_ window: GoldWindow, quarantined: ColumnBatch?) throws {
    if window.entities.needsWrite { try entities.replace(window.start, with: window.entities.rows) }
    if window.users.needsWrite { try users.replace(window.start, with: window.users.rows) }
    if window.globals.needsWrite { try globals.replace(window.start, with: window.globals.rows) }
    let refused = try quarantined.map { try QuarantineUpdate.keepingStatus(of: $0, in: window.quarantine) }
    try quarantine.replace(window.start, with: refused ?? window.quarantine)
    counts =
      counts
      + QualityCounts(
        total: window.passedCount + window.failedCount, passed: window.passedCount, failed: window.failedCount,
        duplicates: 0)
    for check in window.checks {
      checks[check.name, default: CheckCount(name: check.name, checked: 0, failed: 0)].add(check)
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
      checks: checks.values.sorted { $0.name < $1.name })
  }
}
