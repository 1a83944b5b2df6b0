import Failures
import JobState

/// What an operator decides about batches that do not go on by themselves.
public struct BatchDecisions {
  private let workspace: Workspace

  /// Decisions on a workspace.
  public init(workspace: Workspace) { self.workspace = workspace }

  /// Lets a blocked or failed batch be tried again, its attempts counted anew. Throws `.notFound` and `.invalidArgument`.
  /// `waivers` are added to the plan's.
  public func retry(batch: String, waivers: [String] = []) throws {
    try deciding(batch) { run in
      guard [.blocked, .failed, .planned].contains(run.status) else {
        throw Failure.invalidArgument("batch \(batch) is \(run.status.rawValue), there is nothing to try again")
      }
      var plan = try Plan(text: run.plan)
      plan.waivers = Set(plan.waivers + waivers).sorted()
      try planAgain(run, plan)
    }
  }

  /// The run as it was before its first attempt, with another plan.
  private func planAgain(_ record: RunRecord, _ plan: Plan) throws {
    var run = record
    run.plan = try plan.text
    run.status = .planned
    (run.prepared, run.outcome) = (nil, nil)
    run.attempts = 0
    try workspace.state.update(run)
  }

  /// Lets a batch that waits for somebody go on, with rows of it in quarantine.
  ///
  /// One that its gate suspended is executed again by the next run: the rows that fail the row checks which suspended it go to
  /// quarantine, or every row, with a batch check as the reason, where one of those did. Of any other the range is given up record by
  /// record: the next plans take one record, which goes to quarantine with reason `poison` when it breaks the job; then nil is returned.
  public func quarantine(batch: String) throws -> SuspensionOverride? {
    try deciding(batch) { run in
      let blocked = run.status == .blocked ? try BlockedBatch(run) : BlockedBatch()
      guard !blocked.checks.isEmpty else {
        try searchForPoison(run)
        return nil
      }
      var plan = try Plan(text: run.plan)
      let decision = SuspensionOverride(blocked)
      plan.quarantine = plan.quarantine?.adding(decision) ?? decision
      try planAgain(run, plan)
      return decision
    }
  }

  private func searchForPoison(_ record: RunRecord) throws {
    var run = record
    guard run.job != JobName.gold.rawValue else {
      throw Failure.invalidArgument(
        "Gold's windows are computed from Silver: there is no record to put into quarantine")
    }
    guard try Plan(text: run.plan).kind == .forward else {
      throw Failure.invalidArgument(
        "batch \(run.batch) decides about quarantined rows: it takes no records that could break it")
    }
    guard [.blocked, .planned].contains(run.status) else {
      throw Failure.invalidArgument("batch \(run.batch) is \(run.status.rawValue), nothing of it waits")
    }
    run.status = .failed
    try workspace.state.update(run)
    let limit = RowLimit(rows: 1, remaining: try Plan(text: run.plan).rows)
    try workspace.state.setValue(limit.text, job: run.job, key: StateKey.rowLimit)
  }

  /// Accepts that records of `log`, or all of it, are gone.
  public func acceptLoss(log: String) throws {
    guard !log.isEmpty else { throw Failure.invalidArgument("the id of a log is needed, as the error names it") }
    try workspace.state.setValue(log, job: JobName.bronze.rawValue, key: StateKey.acceptedLoss)
  }

  /// Calls `body` with the newest run of `batch` while no process works on its job.
  private func deciding<Result>(_ batch: String, _ body: (RunRecord) throws -> Result) throws -> Result {
    let lock = try JobLocking(workspace: workspace).acquire(job: newestRun(of: batch).job, waiting: 0)
    defer { lock.release() }
    return try body(newestRun(of: batch))
  }

  private func newestRun(of batch: String) throws -> RunRecord {
    guard let run = try workspace.state.runs(batch: batch).first else {
      throw Failure.notFound("no batch is called \(batch)")
    }
    return run
  }
}
