/// What a channel delivers.
public struct AlertMessage: Sendable, Hashable {
  /// Why it is sent.
  public enum Kind: String, Sendable, CaseIterable {
    /// Something is wrong, or has happened.
    case firing
    /// It is over.
    case cleared
    /// Several alerts in one message.
    case digest
    /// Somebody tries the channel.
    case test
  }

  /// A UUID: the same message, sent again because its outcome was not known, has the same.
  public var id: String
  /// Why it is sent.
  public var kind: Kind
  /// What it is about.
  public var alert: Alert
  /// When the condition was first seen, in microseconds since 1970-01-01 UTC.
  public var since: Int64
  /// How often it was seen since then.
  public var seen: Int
  /// When the message was made, in microseconds since 1970-01-01 UTC.
  public var time: Int64

  /// A message.
  public init(id: String, kind: Kind, alert: Alert, since: Int64, seen: Int = 1, time: Int64) {
    self.id = id
    self.kind = kind
    self.alert = alert
    self.since = since
    self.seen = seen
    self.time = time
  }

  /// Whether it may leave in quiet hours.
  public var isCritical: Bool { kind != .cleared && alert.severity == .critical }
}
