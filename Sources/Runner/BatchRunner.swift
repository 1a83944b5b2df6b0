import ObjectStore
import Failures
import Iceberg
import JSON
import JobState
import Pipeline
import Quality

/// Runs the batches of one job, one at a time: lock, finish what was left, plan, execute, prepare, commit, record.
struct BatchRunner {
  /// After so many attempts a range is halved, or the job stops.
  static let attempts = 3

  let workspace: Workspace
  let job: any Job
  let options: RunOptions

  /// Runs one batch, or finishes one that an earlier process left. Nil when there is nothing to do.
  ///
  /// Throws `.busy` when another process has the lock or did the work first.
  func runOnce(horizon: String? = nil) throws -> BatchReport? {
    let lock = try JobLocking(workspace: workspace).acquire(job: job.name, waiting: options.waitSeconds)
    defer { lock.release() }
    return try within(job.name) {
      var tables = TableSet(workspace)
      let main = try tables.owned(job.main)
      try Leftovers(workspace: workspace, job: job.name).settle(main: main, tables: &tables)
      for record in try workspace.state.unfinished(job: job.name) {
        if let report = try resume(record, tables: &tables) { return report }
      }
      return try runForward(horizon: horizon, tables: &tables)
    }
  }

  /// How far the input reaches now: the bound of a drain.
  func horizon() throws -> String? {
    var tables = TableSet(workspace)
    return try job.horizon(tables: &tables)
  }

  // MARK: - Resuming

  /// Finishes a run of an earlier process. Nil when it turns out to need no work any more.
  private func resume(_ record: RunRecord, tables: inout TableSet) throws -> BatchReport? {
    let plan = try Plan(text: record.plan)
    if record.status == .prepared, let text = record.prepared {
      return try commit(PreparedRun(text: text), plan: plan, record: record, tables: &tables)
    }
    let progress = try Lineage(metadata: tables.owned(job.main).metadata).progress()
    guard progress == plan.progressStart else {
      try finish(record, .superseded, outcome: nil)
      return nil
    }
    if record.attempts >= Self.attempts { return try giveUp(record, tables: &tables) }
    return try execute(plan, record: record, fetched: nil, tables: &tables)
  }

  /// What happens after too many attempts: the next plan takes half the rows, or the job stops.
  private func giveUp(_ record: RunRecord, tables: inout TableSet) throws -> BatchReport? {
    guard job.canHalve else {
      try finish(record, .blocked, outcome: nil)
      throw blocked(record)
    }
    let rows = try JSONValue.object(parsing: Plan(text: record.plan).input, as: "input").optionalInt64("rows") ?? 1
    try workspace.state.setValue(String(rows / 2), job: job.name, key: StateKey.rowLimit)
    try finish(record, .failed, outcome: nil)
    return nil
  }

  private func blocked(_ record: RunRecord) -> Failure {
    .qualityGate(
      "batch \(record.batch) is blocked; look at it with `wikiguard-job batches` and go on with `wikiguard-job batches retry \(record.batch)`"
    )
  }

  // MARK: - Forward

  private func runForward(horizon: String?, tables: inout TableSet) throws -> BatchReport? {
    if let record = try workspace.state.runs(job: job.name, limit: 1).first, record.status == .blocked {
      throw blocked(record)
    }
    let main = try tables.owned(job.main)
    var request = PlanRequest(clock: workspace.clock(), horizon: horizon)
    request.progress = try Lineage(metadata: main.metadata).progress()
    if let limit = try workspace.state.value(job: job.name, key: StateKey.rowLimit).flatMap({ Int($0) }) {
      request.rowLimit = max(1, limit)
      request.isPoison = limit == 0
    }
    guard let planned = try job.plan(request, tables: &tables) else { return nil }
    let plan = try record(planned, request: request, main: main)
    try ConfigurationArchive(workspace: workspace).store(options.configuration)
    let record = RunRecord(
      id: plan.run, batch: plan.batch, job: job.name, status: .planned, plan: try plan.text, attempts: 0,
      createdMilliseconds: workspace.clock() / 1000, updatedMilliseconds: workspace.clock() / 1000)
    try workspace.state.record(record)
    return try execute(plan, record: record, fetched: planned.fetched, tables: &tables)
  }

  private func record(_ planned: PlannedInput, request: PlanRequest, main: Table) throws -> Plan {
    let known = try workspace.state.value(job: job.name, key: StateKey.batchNumber).flatMap { Int($0) } ?? 0
    let number = max(known, try Lineage(metadata: main.metadata).largestBatchNumber(job: job.name)) + 1
    try workspace.state.setValue(String(number), job: job.name, key: StateKey.batchNumber)
    return Plan(
      job: job.name, batch: BatchID(job: job.name, number: number).description, run: RunID.make(workspace.random),
      clock: request.clock, progressStart: request.progress, progressEnd: planned.progressEnd, input: planned.input,
      waivers: options.waivers.sorted(), configuration: options.configuration.hash)
  }

  // MARK: - Execute, prepare, commit, record

  private func execute(
    _ plan: Plan, record: RunRecord, fetched: FetchedRecords?, tables: inout TableSet
  ) throws -> BatchReport? {
    var record = record
    record.attempts += 1
    try update(&record)
    do {
      let execution = try job.execute(plan, fetched: fetched, tables: &tables)
      let prepared = try PreparedRun(execution, plan: plan)
      record.status = .prepared
      record.prepared = prepared.text
      try update(&record)
      return try commit(prepared, plan: plan, record: record, tables: &tables)
    } catch let failure as Failure where failure.isOfTheEnvironment && record.status == .planned {
      // A full disk or a service that is away says nothing about the range: only crashes and refused data count.
      record.attempts -= 1
      try? update(&record)
      throw failure
    }
  }

  private func commit(
    _ prepared: PreparedRun, plan: Plan, record: RunRecord, tables: inout TableSet
  ) throws -> BatchReport? {
    let committer = Committer(workspace: workspace, plan: plan, outcome: prepared.outcome)
    var committed = 0
    for change in prepared.changes + prepared.following {
      if workspace.isStopping() && committed == 0 {
        throw Failure.unavailable("asked to stop before the commit; the next run makes it")
      }
      let verdict = try within("committing \(change.table)") {
        try committer.commit(
          change, to: tables.owned(Tables.definition(named: change.table)),
          following: change.isMain ? prepared.following : [])
      }
      switch verdict {
      case .committed: committed += 1
      case .stale where committed == 0:
        return try executeAgain(prepared, plan: plan, record: record, tables: &tables)
      case .stale(let reason), .superseded(let reason):
        try supersede(Array((prepared.changes + prepared.following).dropFirst(committed)), record: record)
        throw Failure.busy("run \(plan.run) of \(plan.batch) is superseded: \(reason)")
      }
    }
    return try recordDone(prepared, plan: plan, record: record)
  }

  private func executeAgain(
    _ prepared: PreparedRun, plan: Plan, record: RunRecord, tables: inout TableSet
  ) throws -> BatchReport? {
    try delete(prepared.changes + prepared.following)
    var record = record
    record.status = .planned
    record.prepared = nil
    tables.refresh()
    guard record.attempts < Self.attempts else { return try giveUp(record, tables: &tables) }
    return try execute(plan, record: record, fetched: nil, tables: &tables)
  }

  private func supersede(_ uncommitted: [PreparedChange], record: RunRecord) throws {
    try delete(uncommitted)
    try finish(record, .superseded, outcome: nil)
  }

  private func delete(_ changes: [PreparedChange]) throws {
    try workspace.store.delete(changes.flatMap(\.written))
  }

  private func recordDone(_ prepared: PreparedRun, plan: Plan, record: RunRecord) throws -> BatchReport {
    try job.committed(plan)
    try QualityLedger(workspace: workspace, job: job.name).add(prepared, plan: plan)
    try workspace.state.setValue(nil, job: job.name, key: StateKey.rowLimit)
    try finish(record, .done, outcome: JSONValue.object(prepared.outcome).text)
    return BatchReport(plan: plan, counts: prepared.counts, windows: prepared.windowCount)
  }

  private func finish(_ record: RunRecord, _ status: RunRecord.Status, outcome: String?) throws {
    var record = record
    record.status = status
    record.outcome = outcome
    try update(&record)
  }

  private func update(_ record: inout RunRecord) throws {
    record.updatedMilliseconds = workspace.clock() / 1000
    try workspace.state.update(record)
  }
}

extension Failure {
  /// Whether the failure comes from outside the batch, so that the same range may well succeed later.
  var isOfTheEnvironment: Bool {
    switch kind {
    case .unavailable, .busy, .conflict, .commitStateUnknown, .configuration: true
    default: false
    }
  }
}
