import CommandLine
import Configuration
import Host
import Runner

/// `wikiguard-job status`: how far each job has come, what waits, and how good the last day's batches were.
///
/// With `--check` the exit code says how well it is: 0, 1 (what waits is older than the latency target, a job's newest batch is WARNING, or
/// the source is silent) or 2 (older than twice the target, a batch is blocked, a job's newest batch is CRITICAL, or the disk is nearly
/// full).
struct StatusCommand {
  let session: Session

  /// The batches of so many hours are summed up.
  static let trendHours = 24

  func run() throws -> Int32 {
    let workspace = try WorkspaceOpening(session: session).open()
    let now = session.host.clock()
    let settings = try JobSettings(session)
    let status = try StatusReader(workspace: workspace, settings: settings).read()
    let trends = try QualityTrendReader(
      workspace: workspace, since: now - Int64(Self.trendHours) * 3_600_000_000
    ).read()
    let judgement = StatusJudgement(
      status, trends,
      newestRecord: try SourceReader(workspace: workspace, topics: settings.bronze.topics).newestRecord(),
      disk: session.configuration.environment.warehouse.path(in: session.home).flatMap(DiskSpace.init(at:)),
      configuration: session.configuration, now: now)
    if session.wantsJSON {
      Host.print(StatusDocument(status: status, trends: trends, judgement: judgement).text)
    } else {
      let isTerminal = Terminal(descriptor: 1, variables: session.host.variables).isTerminal
      Host.print(
        StatusText(status: status, trends: trends, judgement: judgement, now: now, isTerminal: isTerminal).text)
    }
    guard session.command.flag("check") else { return 0 }
    if !session.wantsJSON { for finding in judgement.findings { Host.print("\(finding.text)\n") } }
    return judgement.exitCode
  }
}
