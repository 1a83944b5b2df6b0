public import RecentChange

/// How events are taken in.
public struct IntakeSettings: Sendable {
  /// The topic of events.
  public var topic: String
  /// The topic of what is no event.
  public var deadLetterTopic: String
  /// The topic of an unfiltered copy, byte for byte; nil for none.
  public var rawTopic: String?
  /// What is tracked, and under which name.
  public var allowlist: Allowlist
  /// `_metadata.source`.
  public var source: String
  /// `_metadata.version`.
  public var version: String
  /// How many `meta.id`s are remembered to drop what comes again; 0 for none.
  public var recentIdentifiers: Int
  /// The longest event in bytes; a longer one is a dead letter.
  public var eventBytes: Int

  /// Settings.
  public init(
    topic: String, deadLetterTopic: String, rawTopic: String? = nil, allowlist: Allowlist, source: String,
    version: String, recentIdentifiers: Int, eventBytes: Int
  ) {
    self.topic = topic
    self.deadLetterTopic = deadLetterTopic
    self.rawTopic = rawTopic
    self.allowlist = allowlist
    self.source = source
    self.version = version
    self.recentIdentifiers = recentIdentifiers
    self.eventBytes = eventBytes
  }
}
