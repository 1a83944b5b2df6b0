/// What alerts remember, for a person.
public struct AlertsOverview: Sendable {
  /// Who was told last.
  public struct Told: Sendable, Hashable {
    /// The channel.
    public let channel: String
    /// With which severity.
    public let severity: Alert.Severity
    /// When, in microseconds since 1970-01-01 UTC.
    public let time: Int64
    /// Whether it was about what holds now.
    public let isCurrent: Bool
  }

  /// A condition that holds.
  public struct OpenCause: Sendable, Hashable {
    /// What is wrong, as it was last seen.
    public let alert: Alert
    /// Since when, in microseconds since 1970-01-01 UTC.
    public let since: Int64
    /// When it was last seen.
    public let lastSeen: Int64
    /// How often it was seen.
    public let seen: Int
    /// Who was told.
    public let told: [Told]
  }

  /// A message that has not arrived.
  public struct Undelivered: Sendable, Hashable {
    /// Where it goes.
    public let channel: String
    /// The message.
    public let message: AlertMessage
    /// How often it was tried.
    public let attempts: Int
    /// What was said the last time; nil where nothing was.
    public let lastError: String?
  }

  /// Conditions that hold, by cause.
  public let open: [OpenCause]
  /// Messages that have not arrived, oldest first.
  public let outbox: [Undelivered]
  /// How many alerts wait for the next digest.
  public let held: Int
}

extension AlertStore {
  /// What it remembers.
  public func overview() throws -> AlertsOverview {
    try read { tables in
      let open = try tables.openCauses().map { cause in
        AlertsOverview.OpenCause(
          alert: cause.alert, since: cause.opened, lastSeen: cause.seenAt, seen: cause.seen,
          told: try tables.notices(cause.alert.cause).map {
            AlertsOverview.Told(
              channel: $0.channel, severity: $0.notice.severity, time: $0.notice.sent, isCurrent: $0.notice.isCurrent)
          })
      }
      let outbox = try tables.undelivered().map {
        AlertsOverview.Undelivered(
          channel: $0.channel, message: $0.message, attempts: $0.attempts, lastError: $0.lastError)
      }
      return AlertsOverview(open: open, outbox: outbox, held: try tables.heldCount())
    }
  }
}
