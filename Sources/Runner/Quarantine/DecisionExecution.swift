import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Executes a plan that decides about quarantined rows: written durably, and not committed yet.
struct DecisionExecution {
  let workspace: Workspace
  let job: any Job
  let plan: Plan
  /// What the plan makes of rows.
  let status: QuarantineStatus

  /// What the run will commit: rows for the main table with the windows that change, then the status. Nothing where no row changes.
  func execute(tables: inout TableSet) throws -> Execution {
    let input = try DecisionPlanInput(text: plan.input)
    let table = try tables.owned(job.quarantine)
    let page = try QuarantinedPage(QuarantinePages(table: table, selection: input.selection), input)
    var execution = Execution(
      changes: [], following: [], counts: QualityCounts(), checks: [], metrics: [], decision: DecisionResult())
    var events = ColumnBatch(empty: job.main.schema)
    var decided = page.rows
    if status == .released {
      let redriven = try job.redrive(page, plan: plan, tables: &tables)
      events = redriven.events
      decided = try Self.released(page, redriven)
      execution.counts = redriven.counts
      execution.checks = redriven.checks
      execution.decision = DecisionResult(failing: try redriven.failing, restored: redriven.restored)
    }
    let writer = StatusWriter(table: table, workspace: workspace, plan: plan, status: status)
    guard let change = try writer.change(decided.selecting(StatusWriter.columns)) else { return execution }
    execution.decision?.decided = decided.rowCount
    execution.changes = [try mainChange(events, decided, tables: &tables)]
    execution.following = [change]
    return execution
  }

  /// The rows that passed, or are in the main table already.
  private static func released(_ page: QuarantinedPage, _ redriven: Redriven) throws -> ColumnBatch {
    let rows = try page.fromLogs()
    let refused = KeyIndex(try redriven.refused.binaries("row_id"))
    let ids = try rows.binaries("row_id")
    return rows.gathering((0..<rows.rowCount).filter { !refused.contains(ids, row: $0) })
  }

  /// The commit that is the batch: made also when it adds no row, for the windows it names and for what follows it.
  private func mainChange(_ events: ColumnBatch, _ decided: ColumnBatch, tables: inout TableSet) throws
    -> PreparedChange
  {
    let writer = try OutputWriter(tables.owned(job.main), options: job.files, workspace: workspace)
    try writer.write(events)
    var times = try decided.int64s("event_time")
    if events.schema.position(of: "event_time") != nil { times.append(contentsOf: try events.int64s("event_time")) }
    return try writer.finish(
      .append, isMain: true, conditions: status == .released ? [.lookedUp] : [],
      windows: Self.windows(of: (0..<times.count).compactMap { times[$0] }))
  }

  /// The windows of `times`; with some others between them where they are too many to be named, since the files do not tell those in
  /// which only a status changes. What Gold computes again without need does not change.
  private static func windows(of times: [Int64]) -> WindowRanges {
    let windows = WindowRanges(starts: Set(times.map(GoldWindowGrid.start(of:))))
    return windows.text(atMost: SummaryKey.longestValue) == nil ? windows.closed(toRanges: namedRanges) : windows
  }

  /// So many ranges always fit a summary: each has two numbers of at most ten digits.
  private static let namedRanges = SummaryKey.longestValue / 24
}
