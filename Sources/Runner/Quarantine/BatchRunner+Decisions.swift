import Failures
import JobState
import Log

extension BatchRunner {
  /// Plans and runs one decision about the rows of `selection` after a position, as many as fit a batch; what earlier processes left is
  /// finished first and reported to `resumed`. Nil when no row is meant.
  ///
  /// Throws `.busy` when another process has the lock.
  func decide(
    _ kind: PlanKind, _ selection: QuarantineSelection, after: QuarantinePosition?, resumed: (BatchReport) -> Void
  ) throws -> (report: BatchReport, upTo: QuarantinePosition)? {
    let lock = try JobLocking(workspace: workspace).acquire(job: job.name, waiting: options.waitSeconds)
    defer { lock.release() }
    return try within(job.name) {
      var tables = TableSet(workspace)
      try settle(&tables)
      for record in try workspace.state.unfinished(job: job.name) {
        if let report = try resume(record, tables: &tables) { resumed(report) }
        tables.refresh()
      }
      let pages = QuarantinePages(table: try tables.owned(job.quarantine), selection: selection)
      guard let page = try pages.next(after: after, limit: job.rowLimit) else { return nil }
      return (try run(kind, page, tables: &tables), page.upTo)
    }
  }

  private func run(_ kind: PlanKind, _ page: DecisionPlanInput, tables: inout TableSet) throws -> BatchReport {
    let run = RunID.make(workspace.random)
    let plan = Plan(
      job: job.name, batch: BatchID(job: job.name, firstRun: run).description, run: run, clock: workspace.clock(),
      progressStart: nil, progressEnd: "", input: page.text,
      bases: try tables.bases(of: [job.main, job.quarantine]), waivers: options.waivers.sorted(),
      configuration: options.configuration.hash, kind: kind)
    try ConfigurationArchive(workspace: workspace).store(options.configuration)
    let now = workspace.clock() / 1000
    let record = RunRecord(
      id: run, batch: plan.batch, job: job.name, status: .planned, plan: try plan.text, attempts: 0,
      createdMilliseconds: now, updatedMilliseconds: now)
    try workspace.state.record(record)
    return try execution(plan).execute(record, fetched: nil, tables: &tables)
  }

  /// A decision that an earlier process planned: executed on the tables as they are now. Nil when it is given up, its rows as they were.
  func resumeDecision(_ record: RunRecord, _ plan: Plan, tables: inout TableSet) throws -> BatchReport? {
    guard record.attempts < job.attempts else {
      workspace.log.warning("\(plan.batch) is given up after \(record.attempts) attempts; its rows stay as they were")
      try execution(plan).finish(record, .failed)
      return nil
    }
    return try execution(plan).execute(record, fetched: nil, tables: &tables)
  }
}
