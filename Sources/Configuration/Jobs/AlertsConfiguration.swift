import YAML

/// `alerts.yaml`: who hears of what. Secrets are no part of it.
public struct AlertsConfiguration: Sendable, Hashable {
  /// The least severity that a channel gets.
  public enum Threshold: String, Sendable, CaseIterable {
    /// Only CRITICAL.
    case critical
    /// WARNING and CRITICAL.
    case warning
    /// Nothing.
    case off
  }

  /// Where Gold's anomalies go.
  public enum Anomalies: String, Sendable, CaseIterable {
    /// To the channels.
    case on
    /// To the log only.
    case log
  }

  /// Hours of the day, UTC, from `start` to before `end`; they may pass midnight.
  public struct QuietHours: Sendable, Hashable {
    /// The first hour.
    public let start: Int
    /// The hour after the last.
    public let end: Int

    /// Whether `hour` (0 to 23) is quiet.
    public func contains(hour: Int) -> Bool {
      start < end ? (start..<end).contains(hour) : hour >= start || hour < end
    }
  }

  /// Slack; its token or webhook is a secret.
  public struct Slack: Sendable, Hashable {
    /// The least severity that it gets.
    public let from: Threshold
    /// The channel for tokens (a webhook has its own), nil for none.
    public let channel: String?
    /// The API that tokens are for, without a slash at its end.
    public let endpoint: String
  }

  /// Amazon SNS.
  public struct SNS: Sendable, Hashable {
    /// The least severity that it gets.
    public let from: Threshold
    /// The topic's ARN; nil only when `from` is off.
    public let topicARN: String?
    /// Another endpoint than Amazon's, nil for Amazon's.
    public let endpoint: String?
  }

  /// A local program.
  public struct Command: Sendable, Hashable {
    /// The least severity that it gets.
    public let from: Threshold
    /// The program and its arguments; empty only when `from` is off.
    public let arguments: [String]
  }

  /// How long deliveries may take.
  public struct Delivery: Sendable, Hashable {
    /// One message.
    public let message: Duration
    /// All messages of a run.
    public let all: Duration
    /// What could not be delivered for so long is dropped.
    public let keepUnsent: Duration
  }

  /// Slack.
  public let slack: Slack
  /// Amazon SNS.
  public let sns: SNS
  /// A local program.
  public let command: Command
  /// The same cause speaks at most so often.
  public let repeatAfter: Duration
  /// Where Gold's anomalies go.
  public let anomalies: Anomalies
  /// Messages of anomalies an hour and channel; the rest is a digest.
  public let anomaliesPerHour: Int
  /// When only CRITICAL alerts leave, nil for never.
  public let quietHours: QuietHours?
  /// No new event for so long is an alert.
  public let sourceSilent: Duration
  /// Less free disk than this share is an alert.
  public let diskFree: Double
  /// Asked for after each good batch, nil for none.
  public let heartbeatURL: String?
  /// How long deliveries may take.
  public let delivery: Delivery
}

extension AlertsConfiguration {
  init(_ reader: YAMLReader) throws {
    (slack, sns, command) = try reader.section("channels") { channels in
      (
        try channels.section("slack") { try Slack($0) },
        try channels.section("sns") { try SNS($0) }, try channels.section("command") { try Command($0) }
      )
    }
    repeatAfter = try reader.duration("repeat_after", in: .zero ... .days(30))
    anomalies = try reader.choice("anomalies")
    anomaliesPerHour = try reader.integer("anomalies_per_hour", in: 0...100_000)
    quietHours = try reader.quietHours("quiet_hours")
    sourceSilent = try reader.duration("source_silent", in: .seconds(1) ... .days(30))
    diskFree = try reader.number("disk_free", in: 0...1)
    heartbeatURL = try reader.url("heartbeat_url", isRequired: false)
    delivery = try reader.section("delivery") {
      Delivery(
        message: try $0.duration("message", in: .milliseconds(100) ... .seconds(60)),
        all: try $0.duration("all", in: .milliseconds(100) ... .seconds(300)),
        keepUnsent: try $0.duration("keep_unsent", in: .minutes(1) ... .days(30)))
    }
  }
}

extension AlertsConfiguration.Slack {
  init(_ reader: YAMLReader) throws {
    from = try reader.threshold()
    channel = try reader.optionalString("channel")
    guard let endpoint = try reader.url("endpoint", isRequired: true) else {
      throw reader.failure("endpoint", "must be a URL")
    }
    self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
  }
}

extension AlertsConfiguration.SNS {
  init(_ reader: YAMLReader) throws {
    from = try reader.threshold()
    topicARN = try reader.optionalString("topic_arn")
    endpoint = try reader.url("endpoint", isRequired: false)
    guard from == .off || topicARN?.hasPrefix("arn:") == true else {
      throw reader.failure("topic_arn", "must be the ARN of a topic when SNS is on")
    }
  }
}

extension AlertsConfiguration.Command {
  init(_ reader: YAMLReader) throws {
    from = try reader.threshold()
    arguments = try reader.optionalStrings("argv")
    guard from == .off || arguments.first?.hasPrefix("/") == true else {
      throw reader.failure("argv", "must begin with the absolute path of a program when the channel is on")
    }
  }
}

extension YAMLReader {
  fileprivate func threshold() throws -> AlertsConfiguration.Threshold { try choice("from") }

  /// Hours such as `22-06`, nil when the text is empty.
  fileprivate func quietHours(_ key: String) throws -> AlertsConfiguration.QuietHours? {
    guard let text = try optionalString(key) else { return nil }
    let hours = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard hours.count == 2, hours.allSatisfy({ (0...24).contains($0) }), hours[0] < 24, hours[0] != hours[1] else {
      throw failure(key, "is \"\(text)\", not hours such as \"22-06\"")
    }
    return AlertsConfiguration.QuietHours(start: hours[0], end: hours[1])
  }
}
