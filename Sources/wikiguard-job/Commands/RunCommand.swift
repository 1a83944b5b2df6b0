import Log
import CommandLine
import Configuration
import Failures
import Host
import Runner

/// `wikiguard-job bronze|silver|gold|run`: one batch of each job, or all that is there.
struct RunCommand {
  let session: Session
  let jobs: [JobName]

  func run() throws -> Int32 {
    let command = session.command
    let waivers = command.values("waive")
    try ChecksConfiguration.validate(waivers: waivers, known: session.configuration.checks)
    let alerts = try AlertsOpening(session)
    let timeout = try command.integer("timeout", in: 1...86_400) ?? timeoutOfConfiguration
    let deadline = Host.monotonicSeconds() + Double(timeout)
    let workspace = try WorkspaceOpening(session: session, deadline: deadline).open()
    let settings = try JobSettings(session)
    let runner = JobRunner(workspace: workspace, settings: settings)
    let options = RunOptions(
      waivers: Set(waivers), waitSeconds: try command.integer("wait", in: 0...86_400) ?? 0,
      configuration: ResolvedConfiguration(text: session.configuration.resolvedJSON, hash: session.configurationHash))
    if command.flag("dry-run") {
      return try DryRun(session: session, jobs: jobs, workspace: workspace, waivers: options.waivers).run()
    }
    let maximum = try command.integer("max-batches", in: 1...1_000_000_000)
    let watch = RunWatch(alerts, session: session, workspace: workspace, settings: settings)
    defer { watch.close() }
    var passedOver: Failure?
    var output = BatchOutput(session: session)
    for job in jobs {
      do {
        let reports = try watch.following(job) {
          try runner.run(job, options: options, drain: command.flag("drain"), maximum: maximum) {
            output.show($0)
            watch.saw($0)
          }
        }
        if reports.isEmpty { output.showNothing(job) }
      } catch let failure as Failure where failure.kind == .busy {
        let judged = judgeDelay(failure, of: job, workspace)
        guard jobs.count > 1 else { throw judged }
        session.logger.warning("\(judged)")
        if passedOver == nil || judged.kind == .unavailable { passedOver = judged }
      } catch let failure as Failure
        where failure.kind == .unavailable && workspace.isStopping() && !StopSignal.wasRaised()
      {
        throw Failure.unavailable("the time of \(timeout) s is up; the next run goes on (\(failure))")
      } catch let failure as Failure where failure.kind == .unavailable && StopSignal.wasRaised() {
        session.logger.info("\(failure)")
        output.finish()
        return ExitCode.unavailable.rawValue
      }
    }
    output.finish()
    return passedOver.map { ExitCode($0).rawValue } ?? 0
  }

  /// "Try later" is an alarm once the oldest input waits longer than twice the target: whoever keeps the job busy may hang.
  private func judgeDelay(_ busy: Failure, of job: JobName, _ workspace: Workspace) -> Failure {
    let target = session.configuration.latencyTarget(of: job)
    guard let settings = try? JobSettings(session),
      let oldest = try? StatusReader(workspace: workspace, settings: settings).oldestWaiting(job),
      session.host.clock() - oldest > 2 * target
    else { return busy }
    return Failure(
      .unavailable,
      "\(busy.message), and the oldest input waits since \((session.host.clock() - oldest) / 1_000_000) s",
      context: busy.context, isRetryable: false)
  }

  private var timeoutOfConfiguration: Int {
    let configuration = session.configuration
    let timeouts = jobs.map { job in
      switch job {
      case .bronze: configuration.bronze.timeout
      case .silver: configuration.silver.timeout
      case .gold: configuration.gold.timeout
      }
    }
    return Int(timeouts.reduce(0) { $0 + $1.inSeconds })
  }
}
