import Synchronization

/// What ingest has done since it started. Shared between the source's thread and the server of `/metrics`.
public final class IngestCounters: Sendable {
  /// The counts at one moment.
  public struct Values: Sendable, Hashable {
    /// Events appended to the topic of events.
    public var accepted = 0
    /// Events of pages that are not tracked.
    public var filtered = 0
    /// Canary events, which the stream sends to show that it is alive.
    public var canary = 0
    /// Events that came again within a connection or over a reconnect.
    public var repeated = 0
    /// Events that are no JSON object, appended to the topic of dead letters.
    public var malformed = 0
    /// Bytes of events received.
    public var bytes = 0
    /// Connections that were opened.
    public var connections = 0
    /// Frames that were cut off by the end of a connection or recording.
    public var cutFrames = 0
    /// Frames that were skipped, being too large.
    public var oversizedFrames = 0
    /// The newest event's time in microseconds, 0 before the first.
    public var newestEventTime: Int64 = 0
    /// When the last event was received, in microseconds, 0 before the first.
    public var lastReceived: Int64 = 0

    /// Events of any fate.
    public var received: Int { accepted + filtered + canary + repeated + malformed }
  }

  private let state = Mutex(Values())

  /// Counters at zero.
  public init() {}

  /// The counts now.
  public var values: Values { state.withLock { $0 } }

  /// Changes the counts in one step.
  package func update(_ change: (inout Values) -> Void) { state.withLock { change(&$0) } }
}
