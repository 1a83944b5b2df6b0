import Failures
import Iceberg
import JSON
import JobState
import Log
import ObjectStore
import Pipeline
import Quality

/// Runs the batches of one job, one at a time: lock, finish what was left, plan, execute, prepare, commit, record.
struct BatchRunner {
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
      try settle(&tables)
      for record in try workspace.state.unfinished(job: job.name) {
        if let report = try resume(record, tables: &tables) { return report }
      }
      return try runForward(horizon: horizon, tables: &tables)
    }
  }

  /// How far the input reaches now: the bound of a drain.
  func horizon() throws -> String? {
    var tables = TableSet(workspace)
    return try within(job.name) { try job.horizon(tables: &tables) }
  }

  private func settle(_ tables: inout TableSet) throws {
    // All of them at the first run, so that whoever reads finds every table, be it empty.
    if try tables.existing(job.main) == nil { for definition in Tables.all { _ = try tables.owned(definition) } }
    let leftovers = Leftovers(workspace: workspace, job: job.name)
    try leftovers.deleteOrphanedMetadata(tables: &tables)
    try leftovers.commitFollowing(of: tables.owned(job.main), tables: &tables)
    if let owing = job.owing, let table = try tables.existing(owing) {
      try leftovers.commitFollowing(of: table, tables: &tables)
    }
  }

  // MARK: - Resuming

  /// Finishes a run of an earlier process. Nil when it turns out to need no work any more.
  private func resume(_ record: RunRecord, tables: inout TableSet) throws -> BatchReport? {
    let plan = try Plan(text: record.plan)
    if record.status == .prepared, let text = record.prepared {
      return try execution(plan).commit(PreparedRun(text: text), record: record, tables: &tables)
    }
    let progress = try Lineage(metadata: tables.owned(job.main).metadata).progress()
    guard progress == plan.progressStart else {
      try execution(plan).finish(record, .superseded)
      return nil
    }
    if record.attempts >= job.attempts { return try giveUp(record) }
    do {
      return try execution(plan).execute(record, fetched: nil, tables: &tables)
    } catch let gone as InputGone {
      workspace.log.warning("\(plan.batch) is planned anew: \(gone.message)")
      return nil
    }
  }

  /// What happens after too many attempts: the next plan takes half the rows, or the job stops.
  private func giveUp(_ record: RunRecord) throws -> BatchReport? {
    let plan = try Plan(text: record.plan)
    guard job.canHalve else {
      let blocked = BlockedBatch()
      try execution(plan).finish(record, .blocked, outcome: blocked.text)
      throw blocked.failure(of: record.batch)
    }
    let limit = RowLimit.halving(try plan.rows, after: try rowLimit())
    try workspace.state.setValue(limit.text, job: job.name, key: StateKey.rowLimit)
    try execution(plan).finish(record, .failed)
    return nil
  }

  private func rowLimit() throws -> RowLimit? {
    try workspace.state.value(job: job.name, key: StateKey.rowLimit).map(RowLimit.init(text:))
  }

  private func execution(_ plan: Plan) -> RunExecution { RunExecution(workspace: workspace, job: job, plan: plan) }

  // MARK: - Forward

  private func runForward(horizon: String?, tables: inout TableSet) throws -> BatchReport? {
    let main = try tables.owned(job.main)
    var request = PlanRequest(clock: workspace.clock, horizon: horizon)
    request.progress = try Lineage(metadata: main.metadata).progress()
    try checkBlocked(progress: request.progress)
    if let limit = try rowLimit() {
      request.rowLimit = max(1, limit.rows)
      request.isPoison = limit.rows == 0
    }
    guard let planned = try job.plan(request, tables: &tables) else { return nil }
    let plan = try plan(planned, request: request, main: main)
    try ConfigurationArchive(workspace: workspace).store(options.configuration)
    let now = workspace.clock() / 1000
    let record = RunRecord(
      id: plan.run, batch: plan.batch, job: job.name, status: .planned, plan: try plan.text, attempts: 0,
      createdMilliseconds: now, updatedMilliseconds: now)
    try workspace.state.record(record)
    do {
      return try execution(plan).execute(record, fetched: planned.fetched, tables: &tables)
    } catch let gone as InputGone {
      throw Failure.busy("\(gone.message); the next run plans anew")
    }
  }

  /// A blocked batch keeps the job from going on, unless another process has done its work.
  private func checkBlocked(progress: String?) throws {
    guard let record = try workspace.state.blocked(job: job.name) else { return }
    let plan = try Plan(text: record.plan)
    guard plan.progressStart != progress else { throw try BlockedBatch(record).failure(of: record.batch) }
    try execution(plan).finish(record, .superseded)
  }

  private func plan(_ planned: PlannedInput, request: PlanRequest, main: Table) throws -> Plan {
    let known = try workspace.state.value(job: job.name, key: StateKey.batchNumber).flatMap { Int($0) } ?? 0
    let number = max(known, try Lineage(metadata: main.metadata).largestBatchNumber(job: job.name)) + 1
    try workspace.state.setValue(String(number), job: job.name, key: StateKey.batchNumber)
    return Plan(
      job: job.name, batch: BatchID(job: job.name, number: number).description, run: RunID.make(workspace.random),
      clock: planned.clock ?? workspace.clock(), progressStart: request.progress, progressEnd: planned.progressEnd,
      input: planned.input, waivers: options.waivers.sorted(), configuration: options.configuration.hash)
  }
}

extension Plan {
  /// About how many rows of input it takes.
  var rows: Int {
    get throws { Int(try JSONValue.object(parsing: input, as: "input").optionalInt64("rows") ?? 1) }
  }
}
