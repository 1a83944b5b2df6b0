import Columns
import Failures
import Iceberg
import Pipeline
import Quality
import Synchronization

/// Silver to Gold: every touched window is computed anew and replaces what stood there, whoever wrote it.
struct GoldJob: Job {
  let workspace: Workspace
  let settings: GoldSettings

  let name = "gold"
  let main = Tables.goldGlobalMetrics
  let outputs = [
    Tables.goldBaselines, Tables.goldEntityMetrics, Tables.goldUserMetrics, Tables.goldGlobalMetrics,
    Tables.goldQuarantine,
  ]
  let canHalve = false
  let owing: TableDefinition? = Tables.silverEvents
  var attempts: Int { settings.attempts }

  func plan(_ request: PlanRequest, tables: inout TableSet) throws -> PlannedInput? {
    guard let silver = try tables.existing(Tables.silverEvents) else { return nil }
    return try GoldPlanner(
      silver: silver, gold: tables.existing(main), settings: settings, request: request, log: workspace.log
    ).plan()
  }

  func horizon(tables: inout TableSet) throws -> String? {
    try tables.existing(Tables.silverEvents)?.metadata.currentSnapshotID.map { String($0) }
  }

  func execute(_ plan: Plan, fetched: FetchedRecords?, tables: inout TableSet) throws -> Execution {
    let input = try GoldPlanInput(text: plan.input)
    var changes: [PreparedChange] = []
    let baselines = try BaselineStep(workspace: workspace, settings: settings, plan: plan).run(input, tables: &tables)
    if let change = baselines.change { changes.append(change) }
    let reading = try GoldReading(input, tables: &tables)
    let previous = try PreviousWindows(input.windows, tables: &tables)
    var output = try GoldOutput(
      workspace: workspace, options: settings.files, input: input,
      batchChecks: settings.batchChecks(plan.clock).waiving(Set(plan.waivers)), tables: &tables)
    let checks = try settings.checks(plan.clock, Set(plan.waivers)).refusing(plan.quarantine?.allRows ?? [])
    for windows in input.windows.divided(into: Self.windowsInMemory(input)) {
      let transform = try GoldTransform(
        windows: windows.starts, rules: settings.rules, baselines: baselines.book, watermark: input.watermark,
        clock: plan.clock, batchID: plan.batch, checks: checks)
      let tallied = try reading.feed(transform, windows).finish()
      for window in try write(tallied, previous, output) { output.add(window) }
    }
    return try output.finish(after: changes)
  }

  /// About so many of Silver's rows are tallied in memory, however many the plan has.
  private static let rowsInMemory: Int64 = 1 << 20

  private static func windowsInMemory(_ input: GoldPlanInput) -> Int {
    let rowsOfWindow = max(input.rows / Int64(max(input.windows.count, 1)), 1)
    return Int(max(rowsInMemory / rowsOfWindow, 1))
  }

  /// Windows are independent of each other; so many are computed and written at a time.
  private static let windowsAtOnce = 4

  private func write(
    _ windows: consuming GoldWindows, _ previous: PreviousWindows, _ output: GoldOutput
  ) throws -> [GoldOutput.WrittenWindow] {
    let count = windows.starts.count
    // Taken one by one, so that the groups of those that are written are forgotten.
    let windows = Mutex(windows)
    return try runTasks(count, threads: Self.windowsAtOnce) { index in
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      let task = try windows.withLock { try $0.take(index) }
      let window = try task.compute(previous: previous.rows(of: task.start))
      return try output.write(window, quarantined: previous.quarantined(in: task.start))
    }
  }
}
