public import Log

/// What a source is handed of the process it runs in.
public struct IngestSurroundings {
  /// The time in microseconds since 1970-01-01 UTC.
  public let clock: () -> Int64
  /// For waits and ages.
  public let interval: IntervalClock
  /// 64 random bits.
  public let random: () -> UInt64
  /// Whether the process was asked to stop. Asked several times a second: a place for small chores, too.
  public let isStopping: () -> Bool
  /// Gets what happens.
  public let log: Logger

  /// Surroundings.
  public init(
    clock: @escaping () -> Int64, interval: IntervalClock, random: @escaping () -> UInt64,
    isStopping: @escaping () -> Bool, log: Logger
  ) {
    self.clock = clock
    self.interval = interval
    self.random = random
    self.isStopping = isStopping
    self.log = log
  }
}

/// How a finite source ended.
public enum IngestEnd: Sendable, Hashable {
  /// All of it is in the log.
  case finished
  /// The process was asked to stop after so many events.
  case stopped(taken: Int)
}
