import Alerts
import CommandLine
import Configuration
import Failures
import Host
import JobState
import Log
import Runner

/// Looks at what a run did and at how the pipeline stands after it, tells whoever should hear of it, and leaves metrics for a monitor.
///
/// Nothing here throws or takes longer than the configured few seconds: alerts never fail a batch.
final class RunWatch {
  /// Windows that ended longer ago are history: a backfill announces nothing.
  private static let newsworthy: Int64 = 86_400_000_000

  private let session: Session
  private let workspace: Workspace
  private let settings: JobSettings
  private let router: AlertRouter
  private var reports: [BatchReport] = []
  private var calls: [JobMetrics.Call] = []
  private var budgetMilliseconds: Int

  init(_ opening: AlertsOpening, session: Session, workspace: Workspace, settings: JobSettings) {
    self.session = session
    self.workspace = workspace
    self.settings = settings
    router = opening.router()
    budgetMilliseconds = Int(session.configuration.alerts.delivery.all.inMilliseconds)
  }

  /// A batch was committed.
  func saw(_ report: BatchReport) {
    reports.append(report)
    router.observe([QualityCondition(report).observation(at: session.host.clock())])
    if report.plan.isPoison {
      router.announce([
        StoppedCondition.poison(job: report.plan.job, batch: report.plan.batch, at: session.host.clock())
      ])
    }
  }

  /// Runs a job and looks at how it ended.
  func following<Result>(_ job: JobName, _ body: () throws -> Result) throws -> Result {
    let start = Host.monotonicSeconds()
    do {
      let result = try body()
      ended(job, after: Host.monotonicSeconds() - start, nil)
      return result
    } catch {
      ended(job, after: Host.monotonicSeconds() - start, error)
      throw error
    }
  }

  private func ended(_ job: JobName, after seconds: Double, _ error: (any Error)?) {
    let exitCode = error.map { ExitCode($0).rawValue } ?? 0
    calls.append(
      JobMetrics.Call(
        job: job, reports: reports, exitCode: exitCode, seconds: seconds, end: session.host.clock()))
    if let observation = stopped(job, error) { router.observe([observation]) }
    if job == .gold { announceAnomalies() }
    if let last = reports.last, last.alertSeverity == nil { beat() }
    reports = []
    deliver()
  }

  /// All jobs have ended.
  func close() {
    let now = session.host.clock()
    let states = states()
    for call in calls {
      JobMetrics(call: call, status: states.first { $0.name == call.job }, now: now).write(session)
    }
    router.observe(delays(states, now) + [silence(now), disk(now)].compactMap(\.self))
    router.flush()
    deliver()
  }

  // MARK: Conditions

  /// Only an error that waits for somebody's decision stops a job; after any other the next run goes on.
  private func stopped(_ job: JobName, _ error: (any Error)?) -> Observation? {
    let failure = error as? Failure
    guard error == nil || failure?.kind == .qualityGate else { return nil }
    let blocked = try? workspace.state.blocked(job: job.rawValue)
    return StoppedCondition.observation(
      job: job.rawValue, batch: blocked?.batch, reason: failure?.description, at: session.host.clock())
  }

  private func states() -> [PipelineStatus.Job] {
    let reader = StatusReader(workspace: workspace, settings: settings)
    return JobName.allCases.compactMap { job in
      reading("how far \(job.rawValue) is") { try reader.read(job) }
    }
  }

  private func delays(_ states: [PipelineStatus.Job], _ now: Int64) -> [Observation] {
    states.compactMap { state in
      let target = session.configuration.latencyTarget(of: state.name)
      return OverdueCondition.latency(job: state.name.rawValue, target: target)
        .observation(since: state.oldestWaiting, at: now)
    }
  }

  private func silence(_ now: Int64) -> Observation? {
    let limit = session.configuration.alerts.sourceSilent.inMicroseconds
    return reading("the newest record") {
      let source = SourceReader(workspace: workspace, topics: settings.bronze.topics)
      return OverdueCondition.silence(limit: limit).observation(since: try source.newestRecord(), at: now)
    }
  }

  private func disk(_ now: Int64) -> Observation? {
    guard let path = session.configuration.environment.warehouse.path(in: session.home), let disk = DiskSpace(at: path)
    else { return nil }
    return DiskCondition(path: path, least: session.configuration.alerts.diskFree)
      .observation(free: disk.free, of: disk.total, at: now)
  }

  private func announceAnomalies() {
    let alerts = session.configuration.alerts
    let isOn = alerts.anomalies == .on
    let now = session.host.clock()
    let found = reading("Gold's anomalies") {
      try AnomalyReader(workspace: workspace).read(reports.map(\.plan), withEdits: isOn)
    }
    let news = (found ?? []).filter { now - $0.windowEnd < Self.newsworthy }.map { Anomaly($0).alert(at: now) }
    router.announce(news, limit: alerts.anomaliesPerHour, onlyLog: !isOn)
  }

  /// What a look says, nil when it fails: the log has why, and the batch is none the worse.
  private func reading<Value>(_ what: String, _ body: () throws -> Value) -> Value? {
    do { return try body() } catch {
      session.logger.warning("alerts: \(what) could not be read: \(error)")
      return nil
    }
  }

  // MARK: Sending

  private func deliver() {
    let delivery = session.configuration.alerts.delivery
    spending { budget in
      router.deliver(
        DeliveryLimits(message: Int(delivery.message.inMilliseconds), all: budget),
        monotonicSeconds: Host.monotonicSeconds)
    }
  }

  private func beat() {
    guard let url = session.configuration.alerts.heartbeatURL else { return }
    let limit = Int(session.configuration.alerts.delivery.message.inMilliseconds)
    spending { budget in
      guard budget > 0 else { return }
      _ = reading("the heartbeat's answer") { try Heartbeat(url: url).beat(withinMilliseconds: min(limit, budget)) }
    }
  }

  /// What all deliveries of a process take together is limited.
  private func spending(_ body: (Int) -> Void) {
    let start = Host.monotonicSeconds()
    body(budgetMilliseconds)
    budgetMilliseconds = max(0, budgetMilliseconds - Int((Host.monotonicSeconds() - start) * 1000))
  }
}
