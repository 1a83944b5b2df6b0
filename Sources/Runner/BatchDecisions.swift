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
    var run = try newestRun(of: batch)
    guard [.blocked, .failed, .planned].contains(run.status) else {
      throw Failure.invalidArgument("batch \(batch) is \(run.status.rawValue), there is nothing to try again")
    }
    let lock = try JobLocking(workspace: workspace).acquire(job: run.job, waiting: 0)
    defer { lock.release() }
    var plan = try Plan(text: run.plan)
    plan.waivers = Set(plan.waivers + waivers).sorted()
    run.plan = try plan.text
    run.status = .planned
    run.prepared = nil
    run.attempts = 0
    try workspace.state.update(run)
  }

  /// Gives up the batch's range record by record: the next plans take one record, which goes to quarantine with reason `poison` when it
  /// breaks the job.
  public func quarantine(batch: String) throws {
    var run = try newestRun(of: batch)
    guard run.job != JobName.gold.rawValue else {
      throw Failure.invalidArgument(
        "Gold's windows are computed from Silver: there is no record to put into quarantine")
    }
    guard try Plan(text: run.plan).kind == .forward else {
      throw Failure.invalidArgument("\(batch) decides about quarantined rows: it takes no records that could break it")
    }
    guard [.blocked, .planned].contains(run.status) else {
      throw Failure.invalidArgument("batch \(batch) is \(run.status.rawValue), nothing of it waits")
    }
    let lock = try JobLocking(workspace: workspace).acquire(job: run.job, waiting: 0)
    defer { lock.release() }
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

  private func newestRun(of batch: String) throws -> RunRecord {
    guard let run = try workspace.state.runs(batch: batch).first else {
      throw Failure.notFound("no batch is called \(batch)")
    }
    return run
  }
}
