import Failures
import Iceberg
import JSON
import JobState
import Pipeline

/// The three jobs of the pipeline.
public enum JobName: String, Sendable, CaseIterable {
  /// The log to Bronze.
  case bronze
  /// Bronze to Silver.
  case silver
  /// Silver to Gold.
  case gold
}

/// What the jobs are told by their configuration.
public struct JobSettings: Sendable {
  /// Bronze's.
  public var bronze: BronzeSettings
  /// Silver's.
  public var silver: SilverSettings
  /// Gold's.
  public var gold: GoldSettings

  /// Settings.
  public init(bronze: BronzeSettings, silver: SilverSettings, gold: GoldSettings) {
    self.bronze = bronze
    self.silver = silver
    self.gold = gold
  }
}

/// Runs jobs: one micro-batch, or batches until what was there at the start is done.
public struct JobRunner: Sendable {
  private let workspace: Workspace
  private let settings: JobSettings

  /// A runner.
  public init(workspace: Workspace, settings: JobSettings) {
    self.workspace = workspace
    self.settings = settings
  }

  /// Runs one batch of `job`, or with `drain` all that its input held when the call began, at most `maximum`. Calls `progress` after
  /// each batch. Nil batches: there was nothing to do.
  ///
  /// The lock is held for one batch at a time. Results go to the quality tables at the end of a drain, or once they are an hour old.
  public func run(
    _ job: JobName, options: RunOptions, drain: Bool = false, maximum: Int? = nil,
    progress: (BatchReport) -> Void = { _ in }
  ) throws -> [BatchReport] {
    let runner = BatchRunner(workspace: workspace, job: make(job), options: options)
    let horizon = drain ? try runner.horizon() : nil
    var reports: [BatchReport] = []
    let limit = maximum ?? (drain ? .max : 1)
    do {
      while reports.count < limit, let report = try runner.runOnce(horizon: horizon) {
        reports.append(report)
        progress(report)
        if workspace.isStopping() { throw Failure.unavailable("asked to stop after \(report.plan.batch)") }
      }
    } catch let suspended as Failure where suspended.kind == .qualityGate {
      // A job may stay blocked for long: what its batches before said is not kept back as long.
      try flush(job, isDue: drain)
      throw suspended
    }
    try flush(job, isDue: drain)
    return reports
  }

  private func flush(_ job: JobName, isDue: Bool) throws {
    let ledger = QualityLedger(workspace: workspace, job: job.rawValue)
    if try isDue || ledger.isOverdue() { try ledger.flush() }
  }

  /// The input that the next batch of `job` would take, as JSON; nil when there is none. Records nothing.
  public func nextInput(_ job: JobName) throws -> String? {
    let job = make(job)
    var tables = TableSet(workspace)
    let main = try tables.existing(job.main)
    var request = PlanRequest(clock: workspace.clock)
    request.progress = try main.flatMap { try Lineage(metadata: $0.metadata).progress() }
    return try job.plan(request, tables: &tables)?.input
  }

  private func make(_ job: JobName) -> any Job {
    switch job {
    case .bronze: BronzeJob(workspace: workspace, settings: settings.bronze)
    case .silver: SilverJob(workspace: workspace, settings: settings.silver)
    case .gold: GoldJob(workspace: workspace, settings: settings.gold)
    }
  }
}
