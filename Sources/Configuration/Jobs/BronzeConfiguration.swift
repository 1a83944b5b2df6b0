import YAML

/// `bronze.yaml`: what the Bronze job does.
public struct BronzeConfiguration: Sendable, Hashable {
  /// What happens when records that were never read are gone.
  public enum MissingPolicy: String, Sendable, CaseIterable {
    /// The batch is refused until somebody accepts the loss.
    case fail
    /// The range is recorded and skipped.
    case skip
  }

  /// How old the oldest record not taken in should be at most.
  public let latencyTarget: Duration
  /// The longest run, unless the command line says otherwise.
  public let timeout: Duration
  /// The most that one batch takes in.
  public let limits: BatchLimits
  /// How much one fetch asks for.
  public let fetchBytes: Int
  /// Topics of events.
  public let topics: [String]
  /// The topic that goes to the quarantine, nil for none.
  public let deadLetterTopic: String?
  /// What happens when records are gone.
  public let onMissing: MissingPolicy
  /// Attempts before a batch is split.
  public let attempts: Int
  /// How data files are written.
  public let files: FileOptions
  /// Row and batch checks.
  public let checks: ChecksConfiguration
}

extension BronzeConfiguration {
  init(_ reader: YAMLReader) throws {
    latencyTarget = try reader.latencyTarget()
    timeout = try reader.timeout()
    limits = try reader.section("limits") { try BatchLimits($0) }
    fetchBytes = try reader.byteCount("fetch_bytes", in: 1024...(1 << 30))
    (topics, deadLetterTopic) = try reader.section("topics") { section in
      let topics = try section.strings("events")
      guard !topics.isEmpty else { throw section.failure("events", "must name a topic") }
      let deadLetters = try section.optionalTopic("dead_letters")
      guard Set(topics).count == topics.count, !topics.contains(where: { $0 == deadLetters }) else {
        throw section.failure("events", "names a topic twice")
      }
      return (topics, deadLetters)
    }
    onMissing = try reader.choice("on_missing")
    attempts = try reader.attempts()
    files = try reader.section("files") { try FileOptions($0) }
    checks = try ChecksConfiguration(reader)
  }
}
