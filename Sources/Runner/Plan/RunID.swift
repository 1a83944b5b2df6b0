import Hashing

/// Names of runs.
enum RunID {
  /// A random UUID in lower case.
  static func make(_ random: () -> UInt64) -> String {
    UUID(randomHigh: random(), randomLow: random()).description
  }
}
