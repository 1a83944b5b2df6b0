import Failures
import Iceberg
import JSON
import JobState
import ObjectStore
import Pipeline

/// One planned run: executed, prepared, committed, recorded. The job's lock is held.
struct RunExecution {
  /// How often a run is executed again at once because a table moved before its first commit.
  static let rounds = 5

  let workspace: Workspace
  let job: any Job
  let plan: Plan

  /// Executes the run and commits it. Throws `InputGone`, the run marked as failed, when the plan cannot be executed any more.
  func execute(
    _ record: RunRecord, fetched: FetchedRecords?, tables: inout TableSet, round: Int = 1
  ) throws -> BatchReport {
    var record = record
    record.attempts += 1
    try update(&record)
    let prepared: PreparedRun
    do {
      let execution = try job.execute(plan, fetched: fetched, tables: &tables)
      let verdict = try BatchGate(workspace: workspace, plan: plan).judge(execution, tables: &tables)
      if !verdict.suspending.isEmpty { throw try suspend(record, BlockedBatch(checks: verdict.suspending)) }
      prepared = PreparedRun(execution, batchChecks: verdict.results)
    } catch {
      workspace.written.discard(from: workspace.store)
      try noteFailure(error, record)
      throw error
    }
    record.status = .prepared
    record.prepared = prepared.text
    try update(&record)
    workspace.written.keep()
    return try commit(prepared, record: record, tables: &tables, round: round)
  }

  /// Blocks the batch and returns the error that says so. What was written is deleted first: no plan names it yet, so that a run that
  /// dies in between is executed, and suspended, again.
  private func suspend(_ record: RunRecord, _ blocked: BlockedBatch) throws -> Failure {
    workspace.written.discard(from: workspace.store)
    try finish(record, .blocked, outcome: blocked.text)
    return blocked.failure(of: plan.batch)
  }

  /// A full disk or a service that is away says nothing about the range: only crashes and refused data count as attempts.
  private func noteFailure(_ error: any Error, _ record: RunRecord) throws {
    if error is InputGone { return try finish(record, .failed) }
    guard let failure = error as? Failure, failure.isOfTheEnvironment else { return }
    var record = record
    record.attempts -= 1
    try? update(&record)
  }

  /// Commits what was prepared, here or by an earlier process.
  func commit(
    _ prepared: PreparedRun, record: RunRecord, tables: inout TableSet, round: Int = 1
  ) throws -> BatchReport {
    let committer = Committer(workspace: workspace, plan: plan, outcome: prepared.outcome, lockedJob: job.name)
    let all = prepared.changes + prepared.following
    for (position, change) in all.enumerated() {
      if position == 0 && workspace.isStopping() {
        throw Failure.unavailable("asked to stop before the commit; the next run makes it")
      }
      let verdict = try within("committing \(change.table)") {
        if position == 0, let overtaken = try overtaken(change, tables: &tables) { return overtaken }
        if position >= prepared.changes.count { return try committer.commitFollowing(change, tables: &tables) }
        return try committer.commit(
          change, to: tables.owned(Tables.definition(named: change.table)),
          following: change.isMain ? prepared.following : [])
      }
      switch verdict {
      case .committed: continue
      case .stale where position == 0:
        return try executeAgain(prepared, record: record, tables: &tables, round: round)
      case .stale(let reason), .superseded(let reason):
        try supersede(Array(all[position...]), record: record, tables: &tables)
        throw Failure.busy("run \(plan.run) of \(plan.batch) is superseded: \(reason)")
      }
    }
    return try recordDone(prepared, record: record)
  }

  /// Before the first commit to a table that is not the main one: whether another run has moved the job's progress, so that the last
  /// commit of this one could not be made.
  private func overtaken(_ change: PreparedChange, tables: inout TableSet) throws -> Committer.Verdict? {
    guard !change.isMain else { return nil }
    let own = try tables.owned(Tables.definition(named: change.table)).refreshed()
    guard case (nil, false) = try Lineage(metadata: own.metadata).find(run: plan.run) else { return nil }
    let main = Lineage(metadata: try tables.owned(job.main).refreshed().metadata)
    guard try main.progress() != plan.progressStart, try main.find(run: plan.run).snapshot == nil else { return nil }
    return .superseded("\(job.main.name) has gone on to other progress than the plan began with")
  }

  private func executeAgain(
    _ prepared: PreparedRun, record: RunRecord, tables: inout TableSet, round: Int
  ) throws -> BatchReport {
    var record = record
    record.status = .planned
    record.prepared = nil
    record.attempts -= 1
    // Recorded first: a run whose files are gone must not be taken for prepared.
    try update(&record)
    try workspace.store.delete((prepared.changes + prepared.following).flatMap(\.written))
    tables.refresh()
    guard round < Self.rounds else {
      throw Failure.conflict("\(plan.batch) was overtaken by other commits \(round) times; the next run tries again")
    }
    return try execute(record, fetched: nil, tables: &tables, round: round + 1)
  }

  /// Gives the run up and deletes what of it is not committed. Where a table's history was cut nobody knows what older snapshots
  /// hold: that is left to orphan removal.
  private func supersede(_ uncommitted: [PreparedChange], record: RunRecord, tables: inout TableSet) throws {
    try finish(record, .superseded)
    for change in uncommitted {
      let table = try tables.owned(Tables.definition(named: change.table)).refreshed()
      guard case (nil, false) = try Lineage(metadata: table.metadata).find(run: plan.run) else { continue }
      try workspace.store.delete(change.written)
    }
  }

  private func recordDone(_ prepared: PreparedRun, record: RunRecord) throws -> BatchReport {
    try job.committed(plan)
    let result = BatchResult(
      plan: plan, counts: prepared.counts, checks: prepared.checks, batchChecks: prepared.batchChecks)
    try QualityLedger(workspace: workspace, job: job.name).add(result)
    if let limit = try workspace.state.value(job: job.name, key: StateKey.rowLimit) {
      let left = try RowLimit(text: limit).consuming(plan.rows)
      try workspace.state.setValue(left?.text, job: job.name, key: StateKey.rowLimit)
    }
    try finish(record, .done, outcome: JSONValue.object(prepared.outcome).text)
    return BatchReport(result, windows: prepared.windowCount)
  }

  /// Ends the run.
  func finish(_ record: RunRecord, _ status: RunRecord.Status, outcome: String? = nil) throws {
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
