import Failures
import JobState
import Log
import Pipeline
public import Quality

/// Puts committed Silver batches to today's rules, without writing anything: what a changed set of checks would do.
public struct RuleTrial {
  /// What became of one batch, and what would become of it today.
  public struct Outcome: Sendable {
    /// The batch.
    public let batch: String
    /// The clock of its plan in microseconds, by which times are judged again.
    public let clock: Int64
    /// What became of its rows.
    public let recorded: QualityCounts
    /// What each check said then.
    public let recordedChecks: [CheckCount]
    /// What would become of them; nil where its Bronze rows are gone.
    public let today: QualityCounts?
    /// What each check says today.
    public let todaysChecks: [CheckCount]
  }

  private let workspace: Workspace
  private let settings: JobSettings

  /// A trial of `settings`.
  public init(workspace: Workspace, settings: JobSettings) {
    self.workspace = workspace
    self.settings = settings
  }

  /// The newest `count` batches, oldest first, with the waivers that they had and `waivers`.
  public func silver(last count: Int, waivers: Set<String> = []) throws -> [Outcome] {
    var tables = TableSet(workspace)
    let job = SilverJob(workspace: workspace, settings: settings.silver)
    var outcomes: [Outcome] = []
    // Other runs (releases, superseded ones) lie between the batches.
    for record in try workspace.state.runs(job: job.name, limit: max(100, 10 * count)) where outcomes.count < count {
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      guard record.status == .done, let text = record.prepared else { continue }
      var plan = try Plan(text: record.plan)
      guard let input = try? SilverPlanInput(text: plan.input), !input.isPoison else { continue }
      plan.waivers = waivers.union(plan.waivers).sorted()
      outcomes.append(try outcome(of: plan, recorded: PreparedRun(text: text), job, &tables))
    }
    return outcomes.reversed()
  }

  private func outcome(
    of plan: Plan, recorded: PreparedRun, _ job: SilverJob, _ tables: inout TableSet
  ) throws -> Outcome {
    var result: SilverResult?
    do {
      result = try job.judgedAgain(plan, tables: &tables)
    } catch let gone as InputGone {
      workspace.log.warning("\(plan.batch) cannot be judged again: \(gone.message)")
    }
    return Outcome(
      batch: plan.batch, clock: plan.clock, recorded: recorded.counts, recordedChecks: recorded.checks,
      today: result?.counts, todaysChecks: result?.checks ?? [])
  }
}
