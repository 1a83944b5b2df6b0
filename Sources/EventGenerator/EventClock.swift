internal import Hashing

/// When events come: at the wanted rate in the long run, in bursts in the short one (the variance of a second's count is several times
/// its mean, as recorded).
struct EventClock: Sendable {
  private let count: Int
  /// Microseconds.
  private let ending: Int64
  private let nanosecondsAnEvent: Double
  private let lateness = Quantiles([
    (0, 0), (0.3, 150_000), (0.5, 500_000), (0.9, 2_500_000), (0.99, 7_000_000), (0.999, 30_000_000), (1, 95_000_000),
  ])

  init(count: Int, ending: Int64, eventsPerSecond: Double) {
    self.count = count
    self.ending = ending
    nanosecondsAnEvent = 1e9 / max(eventsPerSecond, 1e-6)
  }

  /// When the event at `position` is sent, in microseconds; never falls, and the last is sent at the end.
  func sent(_ position: Int) -> Int64 {
    let before = Int64(Double(count - 1 - position) * nanosecondsAnEvent / 1000)
    let waves = Self.waves.reduce(Int64(0)) { $0 + Self.triangle(before, $1) - Self.triangle(0, $1) }
    return ending - before - waves
  }

  /// Periods in microseconds. Each wave makes its half period 30 % faster and the other 30 % slower.
  private static let waves: [Int64] = [7_000_000, 23_000_000, 61_000_000]

  private static func triangle(_ time: Int64, _ period: Int64) -> Int64 {
    let phase = time % period
    return (phase < period / 2 ? phase : period - phase) * 3 / 10
  }

  /// When what the event tells happened: before it was sent, mostly by less than a second, now and then by a minute.
  func happened(sent: Int64, _ random: inout Xoshiro256StarStar) -> Int64 {
    sent - Int64(lateness.next(&random))
  }
}
