import Columns
import EventLog
import JobState
import Failures
import Iceberg
import Pipeline
import Quality

/// The log to Bronze: records appended as they are, those that fail a row check to quarantine.
struct BronzeJob: Job {
  let workspace: Workspace
  let settings: BronzeSettings

  let name = "bronze"
  let main = Tables.bronzeEvents
  let canHalve = true
  let owing: TableDefinition? = nil
  var attempts: Int { settings.attempts }

  func plan(_ request: PlanRequest, tables: inout TableSet) throws -> PlannedInput? {
    let accepted = try workspace.state.value(job: name, key: StateKey.acceptedLoss)
    return try BronzePlanner(
      log: workspace.eventLog, settings: settings, request: request, acceptedLoss: accepted
    ).plan()
  }

  func horizon(tables: inout TableSet) throws -> String? {
    try BronzePlanner(
      log: workspace.eventLog, settings: settings, request: PlanRequest(clock: workspace.clock), acceptedLoss: nil
    ).ends().text
  }

  func execute(_ plan: Plan, fetched: FetchedRecords?, tables: inout TableSet) throws -> Execution {
    let input = try BronzePlanInput(text: plan.input)
    let records = try fetched ?? RecordReader(log: workspace.eventLog, fetchBytes: settings.fetchBytes).read(input)
    let transform = BronzeTransform(
      .init(
        logID: input.log, clock: plan.clock, batchID: plan.batch,
        checks: try plan.refusing(settings.checks(plan.clock), of: main), waived: Set(plan.waivers)))
    let events = try OutputWriter(tables.owned(main), options: settings.files, workspace: workspace)
    var refused = ColumnBatch(empty: Tables.bronzeQuarantine.schema)
    var counts = QualityCounts()
    var checks: [String: CheckCount] = [:]
    var metrics = try BatchMetrics(settings.batchChecks(plan.clock).waiving(Set(plan.waivers)))
    for part in records.parts {
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      let result = try refine(part, transform, isPoison: input.isPoison)
      try events.write(result.events)
      try metrics.add(result.events)
      try refused.append(contentsOf: result.quarantine)
      counts = counts + result.counts
      for check in result.checks {
        checks[check.name, default: CheckCount(nothingOf: check)].add(check)
      }
    }
    let change = try events.finish(.append, isMain: true, conditions: [.forward])
    let quarantine = QuarantineWriter(table: try tables.owned(Tables.bronzeQuarantine), workspace: workspace)
    return Execution(
      changes: [change], following: try quarantine.change(refused).map { [$0] } ?? [], counts: counts,
      checks: checks.values.sorted { $0.name < $1.name }, metrics: [metrics])
  }

  private func refine(_ part: FetchedRecords.Part, _ transform: BronzeTransform, isPoison: Bool) throws -> BronzeResult
  {
    let input = try BronzeInput(
      topic: part.topic, partition: part.partition, offsets: part.records.offsets, timestamps: part.records.timestamps,
      keys: part.records.keys, values: part.records.values)
    if isPoison { return try transform.poisoned(input) }
    return try settings.deadLetterTopics.contains(part.topic) ? transform.deadLetters(input) : transform.events(input)
  }

  func committed(_ plan: Plan) throws {
    let progress = try BronzeProgress(text: plan.progressEnd)
    for (topic, offsets) in progress.offsets { try workspace.eventLog.noteProgress(topic: topic, offsets: offsets) }
    if try usedAcceptance(plan, progress) {
      try workspace.state.setValue(nil, job: name, key: StateKey.acceptedLoss)
    }
  }

  /// Whether the batch went on where without the operator's word it would have stopped: then the word is used up.
  private func usedAcceptance(_ plan: Plan, _ end: BronzeProgress) throws -> Bool {
    guard let text = plan.progressStart else { return false }
    let start = try BronzeProgress(text: text)
    let input = try BronzePlanInput(text: plan.input)
    return start.log != end.log
      || input.slices.contains { slice in
        slice.lostFrom != nil || start.offsets[slice.topic]?[slice.partition].map { $0 > slice.start } ?? false
      }
  }
}
