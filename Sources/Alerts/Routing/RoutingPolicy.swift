/// Who hears of what, and how often.
public struct RoutingPolicy: Sendable {
  /// The same cause speaks at most once in so many microseconds.
  public var repeatAfter: Int64
  /// Whether only CRITICAL leaves at this time (microseconds since 1970-01-01 UTC).
  public var isQuiet: @Sendable (_ now: Int64) -> Bool
  /// Messages of anomalies an hour and channel; the rest is one digest.
  public var anomaliesPerHour: Int
  /// An undelivered message is given up after so many microseconds.
  public var keepUnsent: Int64

  /// A message that the other side objects to is given up after so many attempts.
  static let attemptsOfRefused = 3
  /// Any message is given up after so many attempts.
  static let attempts = 500
  /// The hour of `anomaliesPerHour` and of digests, in microseconds.
  static let hour: Int64 = 3_600_000_000
  /// A process that has claimed a message and not said what became of it in so many microseconds is dead.
  static let lease: Int64 = 60_000_000
  /// What was announced and who was told is remembered for at least so many microseconds.
  private static let leastMemory: Int64 = 2 * 86_400_000_000

  /// How long it is remembered.
  var memory: Int64 { max(Self.leastMemory, repeatAfter) }

  /// A policy.
  public init(
    repeatAfter: Int64 = 3_600_000_000, isQuiet: @escaping @Sendable (_ now: Int64) -> Bool = { _ in false },
    anomaliesPerHour: Int = 20, keepUnsent: Int64 = 86_400_000_000
  ) {
    self.repeatAfter = repeatAfter
    self.isQuiet = isQuiet
    self.anomaliesPerHour = anomaliesPerHour
    self.keepUnsent = keepUnsent
  }
}

/// A channel and the least severity that it gets.
public struct RoutedChannel: Sendable {
  /// The channel.
  public let channel: any AlertChannel
  /// The least severity that it gets.
  public let threshold: Alert.Severity

  /// A channel with its threshold.
  public init(_ channel: any AlertChannel, from threshold: Alert.Severity) {
    self.channel = channel
    self.threshold = threshold
  }
}
