/// How long to wait before the next attempt: doubling from `first` to `longest`, each shortened by up to `jitter` of itself, so that
/// many clients do not come back at once.
package struct Backoff: Sendable {
  private let firstMilliseconds: Int64
  private let longestMilliseconds: Int64
  private let jitter: Double
  private var failures = 0

  package init(firstMilliseconds: Int64, longestMilliseconds: Int64, jitter: Double) {
    self.firstMilliseconds = firstMilliseconds
    self.longestMilliseconds = longestMilliseconds
    self.jitter = jitter
  }

  /// The next wait in milliseconds, at least `minimum` (what the server has asked for).
  package mutating func next(minimum: Int64, random: () -> UInt64) -> Int64 {
    let (doubled, overflow) = firstMilliseconds.multipliedReportingOverflow(by: 1 << Int64(min(failures, 30)))
    let wait = overflow ? longestMilliseconds : min(longestMilliseconds, doubled)
    failures += 1
    let fraction = Double(random() >> 11) / Double(1 << 53)
    return max(minimum, Int64(Double(wait) * (1 - jitter * fraction)))
  }

  /// The connection works: the next wait is short again.
  package mutating func reset() { failures = 0 }
}
