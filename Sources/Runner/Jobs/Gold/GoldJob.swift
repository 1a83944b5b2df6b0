import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Silver to Gold: every touched window is computed anew and replaces what stood there, whoever wrote it.
struct GoldJob: Job {
  let workspace: Workspace
  let settings: GoldSettings

  let name = "gold"
  let main = Tables.goldGlobalMetrics
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
    var transform = try GoldTransform(
      windows: input.windows.starts, rules: settings.rules, baselines: baselines.book, watermark: input.watermark,
      clock: plan.clock, batchID: plan.batch,
      checks: settings.checks(plan.clock, Set(plan.waivers)).refusing(plan.quarantine?.allRows ?? []))
    try GoldReading(input: input).feed(&transform, tables: &tables)
    var output = try GoldOutput(
      workspace: workspace, options: settings.files, input: input,
      batchChecks: settings.batchChecks(plan.clock).waiving(Set(plan.waivers)), tables: &tables)
    let previous = try PreviousWindows(input.windows, tables: &tables)
    var windows = transform.finish()
    for first in stride(from: 0, to: windows.starts.count, by: Self.windowsAtOnce) {
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      let indices = first..<min(first + Self.windowsAtOnce, windows.starts.count)
      for window in try write(indices.map { try windows.take($0) }, previous, output) { output.add(window) }
    }
    return try output.finish(after: changes)
  }

  /// Windows are independent of each other; so many are computed and written at a time.
  private static let windowsAtOnce = 4

  private func write(
    _ tasks: [GoldWindowTask], _ previous: PreviousWindows, _ output: GoldOutput
  ) throws -> [GoldOutput.WrittenWindow] {
    try runTasks(tasks.count, isConcurrent: true) { index in
      let start = tasks[index].start
      let window = try tasks[index].compute(previous: previous.rows(of: start))
      return try output.write(window, quarantined: previous.quarantined(in: start))
    }
  }
}
