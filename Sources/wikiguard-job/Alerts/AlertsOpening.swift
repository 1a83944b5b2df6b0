import Alerts
import AWS
import Configuration
import Failures
import Hashing
import Host
import Log
import Secrets

/// Composes the channels that the configuration turns on, and the memory of alerts.
struct AlertsOpening {
  /// Beside the log they are all there is, in the order of delivery.
  let channels: [RoutedChannel]
  private let session: Session

  /// Throws `.configuration` for a channel whose secret is missing: found at the start, not when the first alert is due.
  init(_ session: Session) throws {
    self.session = session
    let secrets = EnvironmentSecrets(variables: session.host.variables)
    let alerts = session.configuration.alerts
    channels = try [
      alerts.slack.from.severity.map { RoutedChannel(try Self.slack(alerts.slack, secrets), from: $0) },
      alerts.sns.from.severity.map { RoutedChannel(try Self.sns(alerts.sns, secrets, session), from: $0) },
      alerts.command.from.severity.map { RoutedChannel(Self.command(alerts.command, session), from: $0) },
    ].compactMap(\.self)
  }

  /// The file that the memory is in.
  static func path(_ session: Session) -> String { session.home.appending("alerts.sqlite") }

  /// The router. A memory that cannot be opened is said in the log, which then is all that speaks.
  func router() -> AlertRouter {
    var store: AlertStore?
    do { store = try AlertStore(path: Self.path(session)) } catch {
      session.logger.error("alerts go to the log only: \(error)")
    }
    return AlertRouter(
      store: store, channels: channels, log: LogChannel(session.logger), policy: policy, clock: session.host.clock,
      makeID: { UUID(randomHigh: Host.random(), randomLow: Host.random()).description })
  }

  private var policy: RoutingPolicy {
    let alerts = session.configuration.alerts
    let quietHours = alerts.quietHours
    return RoutingPolicy(
      repeatAfter: alerts.repeatAfter.inMicroseconds,
      isQuiet: { now in quietHours?.contains(hour: Int(now / 3_600_000_000 % 24)) ?? false },
      anomaliesPerHour: alerts.anomaliesPerHour, keepUnsent: alerts.delivery.keepUnsent.inMicroseconds)
  }

  private static func slack(_ slack: AlertsConfiguration.Slack, _ secrets: some SecretSource) throws -> SlackChannel {
    if let channel = slack.channel, let token = try secrets.secret("WIKIGUARD_SLACK_TOKEN") {
      return SlackChannel(.token(token, channel: channel, endpoint: slack.endpoint))
    }
    if let webhook = try secrets.secret("WIKIGUARD_SLACK_WEBHOOK_URL") { return SlackChannel(.webhook(webhook)) }
    throw Failure.configuration(
      slack.channel == nil
        ? "alerts.yaml turns on Slack, which needs WIKIGUARD_SLACK_WEBHOOK_URL, or WIKIGUARD_SLACK_TOKEN and a channel"
        : "alerts.yaml turns on Slack, which needs WIKIGUARD_SLACK_TOKEN or WIKIGUARD_SLACK_WEBHOOK_URL; neither is set"
    )
  }

  private static func sns(
    _ sns: AlertsConfiguration.SNS, _ secrets: some SecretSource, _ session: Session
  ) throws -> SNSChannel {
    SNSChannel(
      topic: try TopicARN(sns.topicARN ?? ""), endpoint: sns.endpoint,
      credentials: try Credentials(from: secrets, for: "alerts.yaml turns on SNS, which"), clock: session.host.clock)
  }

  private static func command(_ command: AlertsConfiguration.Command, _ session: Session) -> CommandChannel {
    // The program may need the environment, but our secrets are none of its business.
    let environment = session.host.variables.filter { !$0.key.hasPrefix("WIKIGUARD_SLACK_") }
    return CommandChannel(
      arguments: command.arguments, environment: environment, monotonicSeconds: Host.monotonicSeconds)
  }
}

extension AlertsConfiguration.Threshold {
  /// The least severity that gets through; nil when nothing does.
  var severity: Alert.Severity? {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .off: nil
    }
  }
}
