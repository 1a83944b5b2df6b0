/// How long to wait before the next attempt: doubling from `first` to `longest`, each shortened by up to `jitter` of itself, so that
/// many clients do not come back at once.
struct Backoff: Sendable {
  let firstMilliseconds: Int64
  let longestMilliseconds: Int64
  let jitter: Double
  private var failures = 0

  init(firstMilliseconds: Int64, longestMilliseconds: Int64, jitter: Double) {
    self.firstMilliseconds = firstMilliseconds
    self.longestMilliseconds = longestMilliseconds
    self.jitter = jitter
  }

  /// The next wait in milliseconds, at least `minimum` (the server's `retry`).
  mutating func next(minimum: Int64, random: () -> UInt64) -> Int64 {
    let doubled = firstMilliseconds << Int64(min(failures, 30))
    let wait = min(longestMilliseconds, max(doubled, firstMilliseconds))
    failures += 1
    let fraction = Double(random() >> 11) / Double(1 << 53)
    return max(minimum, Int64(Double(wait) * (1 - jitter * fraction)))
  }

  /// The connection works: the next wait is short again.
  mutating func reset() { failures = 0 }
}
