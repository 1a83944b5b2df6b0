/// Quantiles of numbers in bounded memory, with a bound of the error that holds for every input.
///
/// A hierarchy of buffers as in KLL: a full buffer is sorted and every second value of it goes up a level, where it stands
/// for twice as many. Which half stays alternates instead of being drawn, so that the result is the same every time and the
/// error is bounded, not only probable: a compaction at level h moves any rank by at most 2^h, and of n values level h
/// compacts at most n / (`capacity` · 2^h) times. Parts may be merged in any order.
///
/// Manku, Rajagopalan, Lindsay: Approximate medians and other quantiles in one pass and with limited memory (1998);
/// Karnin, Lang, Liberty: Optimal quantile approximation in streams (2016), https://arxiv.org/abs/1603.05346
public struct QuantileSketch: Sendable {
  /// How many values a level holds.
  static let capacity = 4096

  /// Up to so many values quantiles are exact.
  public static let exactCount = capacity - 1

  /// The most by which the rank of a quantile of `count` values may be wrong, as a share of `count`: below 0.2 % for a
  /// hundred thousand values, below 0.5 % for a thousand million.
  public static func rankError(_ count: Int) -> Double {
    var (levels, rest) = (0, count)
    while rest >= capacity { (levels, rest) = (levels + 1, rest / 2) }
    return Double(levels) / Double(capacity)
  }

  /// Values that stand for 2^level values each.
  private var levels: [[Double]] = [[]]
  /// Whether the next compaction of a level keeps the values at odd positions.
  private var keepsOdd: [Bool] = [false]
  /// How many values were added.
  public private(set) var count = 0

  /// A sketch of nothing.
  public init() {}

  /// Adds a value, which is a number.
  public mutating func add(_ value: Double) {
    levels[0].append(value)
    count += 1
    if levels[0].count >= Self.capacity { compact() }
  }

  /// Adds what another sketch saw.
  public mutating func merge(_ other: QuantileSketch) {
    for (level, values) in other.levels.enumerated() {
      if level == levels.count { addLevel() }
      levels[level] += values
    }
    count += other.count
    compact()
  }

  /// The smallest value that at least `share` (0...1) of the values does not exceed; nil without values.
  public func quantile(_ share: Double) -> Double? {
    var weighted: [(value: Double, weight: Int)] = []
    for (level, values) in levels.enumerated() { weighted += values.map { ($0, 1 << level) } }
    weighted.sort { $0.value < $1.value }
    let rank = max(1, (share * Double(count)).rounded(.up))
    var passed = 0
    for (value, weight) in weighted {
      passed += weight
      if Double(passed) >= rank { return value }
    }
    return weighted.last?.value
  }

  private mutating func addLevel() {
    levels.append([])
    keepsOdd.append(false)
  }

  /// Empties full levels into the next. Of an odd number of values the largest stays, so that weights add up to `count`.
  private mutating func compact() {
    var level = 0
    while level < levels.count {
      if levels[level].count >= Self.capacity {
        if level + 1 == levels.count { addLevel() }
        let sorted = levels[level].sorted()
        let end = sorted.count & ~1
        let kept = stride(from: keepsOdd[level] ? 1 : 0, to: end, by: 2).map { sorted[$0] }
        keepsOdd[level].toggle()
        levels[level] = Array(sorted[end...])
        levels[level + 1] += kept
      }
      level += 1
    }
  }
}
