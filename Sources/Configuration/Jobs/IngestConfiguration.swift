import Failures
import YAML

/// `ingest.yaml`: what `wikiguard-ingest` does.
public struct IngestConfiguration: Sendable, Hashable {
  /// The live stream.
  public struct Source: Sendable, Hashable {
    /// Where server-sent events come from.
    public let url: String
    /// The User-Agent header, `{contact}` not yet filled in.
    public let userAgentTemplate: String
    /// How to reach the operator, nil when it is not configured.
    public let contact: String?
    /// The longest wait for a connection.
    public let connectTimeout: Duration
    /// The longest silence of a connection.
    public let idleTimeout: Duration

    /// The User-Agent header.
    /// - Parameter fallbackContact: stands in where no contact is configured, such as `user@host`.
    public func userAgent(fallbackContact: String) -> String {
      let parts = userAgentTemplate.split(separator: "{contact}", omittingEmptySubsequences: false)
      return parts.joined(separator: contact ?? fallbackContact)
    }
  }

  /// Pauses between attempts to connect: exponential from `first` to `longest`.
  public struct Reconnect: Sendable, Hashable {
    /// The first pause.
    public let first: Duration
    /// The longest pause.
    public let longest: Duration
    /// The share of each pause that is random, 0 to 1.
    public let jitter: Double
  }

  /// Names of topics.
  public struct Topics: Sendable, Hashable {
    /// Accepted events.
    public let events: String
    /// What could not be parsed.
    public let deadLetters: String
    /// An unfiltered copy, nil for none.
    public let raw: String?
    /// Partitions of topics that are created.
    public let partitions: Int
  }

  /// When a batch is appended; any of these.
  public struct Flush: Sendable, Hashable {
    /// Events in the batch.
    public let events: Int
    /// Bytes in the batch.
    public let bytes: Int
    /// The oldest event's wait.
    public let age: Duration
  }

  /// Segments and retention of the embedded log.
  public struct Log: Sendable, Hashable {
    /// A segment is closed at this size.
    public let segmentBytes: Int
    /// A segment is closed at this age.
    public let segmentAge: Duration
    /// Segments older than this are dropped.
    public let retentionAge: Duration
    /// The oldest segments beyond this total are dropped.
    public let retentionBytes: Int
  }

  /// Where events wait while the broker is away.
  public struct Spool: Sendable, Hashable {
    /// The most on disk.
    public let diskBytes: Int
    /// The most in memory where there is no disk.
    public let memoryBytes: Int
  }

  /// The live stream.
  public let source: Source
  /// How far `Last-Event-ID` is set back.
  public let overlap: Duration
  /// How many recent ids are remembered.
  public let recentIDs: Int
  /// Pauses between attempts to connect.
  public let reconnect: Reconnect
  /// Names of topics.
  public let topics: Topics
  /// When a batch is appended.
  public let flush: Flush
  /// A longer event goes to the dead letters.
  public let eventBytes: Int
  /// Segments and retention of the embedded log.
  public let log: Log
  /// Where events wait.
  public let spool: Spool
  /// `host:port` of `/healthz` and `/metrics`, nil for no server.
  public let listen: String?
}

extension IngestConfiguration {
  init(_ reader: YAMLReader) throws {
    source = try reader.section("source") { try Source($0) }
    (overlap, recentIDs) = try reader.section("resume") {
      (try $0.duration("overlap", in: .zero ... .minutes(60)), try $0.integer("recent_ids", in: 0...100_000_000))
    }
    reconnect = try reader.section("reconnect") {
      let first = try $0.duration("first", in: .milliseconds(10) ... .hours(1))
      return Reconnect(
        first: first, longest: try $0.duration("longest", in: first ... .hours(24)),
        jitter: try $0.number("jitter", in: 0...1))
    }
    topics = try reader.section("topics") { try Topics($0) }
    flush = try reader.section("flush") {
      Flush(
        events: try $0.integer("events", in: 1...1_000_000), bytes: try $0.byteCount("bytes", in: 1...(1 << 30)),
        age: try $0.duration("age", in: .milliseconds(1) ... .hours(1)))
    }
    eventBytes = try reader.section("limits") { try $0.byteCount("event_bytes", in: 1024...(1 << 30)) }
    log = try reader.section("log") { try Log($0) }
    spool = try reader.section("spool") {
      Spool(
        diskBytes: try $0.byteCount("disk_bytes", in: 0...(1 << 50)),
        memoryBytes: try $0.byteCount("memory_bytes", in: 0...(1 << 40)))
    }
    listen = try reader.section("http") { try $0.optionalString("listen") }
  }
}

extension IngestConfiguration.Source {
  init(_ reader: YAMLReader) throws {
    url = try reader.string("url")
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      throw reader.failure("url", "must begin with https:// or http://")
    }
    userAgentTemplate = try reader.headerText("user_agent")
    contact = try reader.optionalHeaderText("contact")
    connectTimeout = try reader.duration("connect_timeout", in: .milliseconds(100) ... .hours(1))
    idleTimeout = try reader.duration("idle_timeout", in: .seconds(1) ... .hours(24))
  }
}

extension IngestConfiguration.Topics {
  init(_ reader: YAMLReader) throws {
    events = try reader.topic("events")
    deadLetters = try reader.topic("dead_letters")
    raw = try reader.optionalTopic("raw")
    partitions = try reader.integer("partitions", in: 1...1024)
    guard events != deadLetters, raw != events, raw != deadLetters else {
      throw reader.failure("dead_letters", "and the other topics must have different names")
    }
  }
}

extension IngestConfiguration.Log {
  init(_ reader: YAMLReader) throws {
    segmentBytes = try reader.byteCount("segment_bytes", in: (1 << 16)...(1 << 40))
    segmentAge = try reader.duration("segment_age", in: .seconds(1) ... .days(365))
    retentionAge = try reader.duration("retention_age", in: .seconds(1) ... .days(36500))
    retentionBytes = try reader.byteCount("retention_bytes", in: (1 << 16)...(1 << 50))
  }
}
