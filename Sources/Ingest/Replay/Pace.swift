/// When each event of a recording is due at a multiple of the speed at which they happened.
package struct Pace: Sendable {
  /// A longer pause in the recording, in microseconds, is not waited for: a broken time or a gap.
  private static let longestPause: Int64 = 3_600_000_000

  private let speed: Double
  private var latest: Int64?
  /// Microseconds of the recording that were waited for.
  private var elapsed: Int64 = 0
  private var start: Int64 = 0

  /// `speed` times the real speed.
  package init(speed: Double) { self.speed = speed }

  /// How many milliseconds after `now` (of the interval clock) an event of `time` (in microseconds) is due; 0 or less: at once.
  package mutating func wait(for time: Int64, now: Int64) -> Int64 {
    guard let latest else {
      self.latest = time
      start = now
      return 0
    }
    let (pause, overflow) = time.subtractingReportingOverflow(latest)
    let isPlausible = !overflow && (-Self.longestPause...Self.longestPause).contains(pause)
    if isPlausible && pause <= 0 { return due(now) }
    self.latest = time
    if isPlausible { elapsed += pause }
    return due(now)
  }

  private func due(_ now: Int64) -> Int64 {
    let milliseconds = Double(elapsed) / 1000 / speed
    return (milliseconds < 1e15 ? Int64(milliseconds) : 1_000_000_000_000_000) - (now - start)
  }
}
