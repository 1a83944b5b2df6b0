/// How the live stream is read.
public struct LiveSettings: Sendable, Hashable {
  /// The stream's URL.
  public var url: String
  /// Names the program and a contact, as Wikimedia's policy asks.
  public var userAgent: String
  /// In milliseconds.
  public var connectTimeoutMilliseconds: Int
  /// After so many seconds without a byte the connection counts as dead.
  public var idleTimeoutSeconds: Int
  /// How far a resume goes back, in milliseconds.
  public var overlapMilliseconds: Int64
  /// The first wait before a reconnect.
  public var firstWaitMilliseconds: Int64
  /// The longest wait.
  public var longestWaitMilliseconds: Int64
  /// The part of a wait that is left to chance, 0 to 1.
  public var jitter: Double
  /// When what has come is appended to the log.
  package var flush: PendingEvents.Limits
  /// A longer frame is skipped and counted.
  public var frameBytes: Int

  /// Settings. Events are appended once there are `flushEvents` or `flushBytes` of them, or the oldest has waited for `flushMilliseconds`.
  public init(
    url: String, userAgent: String, connectTimeoutMilliseconds: Int, idleTimeoutSeconds: Int,
    overlapMilliseconds: Int64, firstWaitMilliseconds: Int64, longestWaitMilliseconds: Int64, jitter: Double,
    flushEvents: Int, flushBytes: Int, flushMilliseconds: Int64, frameBytes: Int = 4 << 20
  ) {
    self.url = url
    self.userAgent = userAgent
    self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
    self.idleTimeoutSeconds = idleTimeoutSeconds
    self.overlapMilliseconds = overlapMilliseconds
    self.firstWaitMilliseconds = firstWaitMilliseconds
    self.longestWaitMilliseconds = longestWaitMilliseconds
    self.jitter = jitter
    flush = PendingEvents.Limits(events: flushEvents, bytes: flushBytes, milliseconds: flushMilliseconds)
    self.frameBytes = frameBytes
  }
}
