/// Middle and spread that a few wild values do not move: the median, and the median distance from it.
public struct RobustStatistics: Sendable, Hashable {
  /// The median; of an even number of values the mean of the two in the middle.
  public let median: Double
  /// The median absolute deviation from the median.
  public let medianDeviation: Double

  /// The statistics of values that occur several times each, nil when there are none. The order does not matter.
  public init?(_ counted: [(value: Double, count: Int)]) {
    guard let median = Self.median(counted) else { return nil }
    self.median = median
    medianDeviation = Self.median(counted.map { (abs($0.value - median), $0.count) }) ?? 0
  }

  /// Average and deviation for z-scores: the median, and max(scale · MAD, √max(median, 1)), the latter because counts of
  /// rare events spread like a Poisson distribution even where most windows are alike.
  public func spread(scale: Double) -> Spread {
    Spread(average: median, deviation: max(scale * medianDeviation, max(median, 1).squareRoot()))
  }

  private static func median(_ counted: [(value: Double, count: Int)]) -> Double? {
    let total = counted.reduce(0) { $0 + $1.count }
    guard total > 0 else { return nil }
    let sorted = counted.sorted { $0.value < $1.value }
    let upper = value(at: total / 2, of: sorted)
    return total % 2 == 1 ? upper : (value(at: total / 2 - 1, of: sorted) + upper) / 2
  }

  private static func value(at rank: Int, of sorted: [(value: Double, count: Int)]) -> Double {
    var passed = 0
    for (value, count) in sorted {
      passed += count
      if rank < passed { return value }
    }
    return sorted.last?.value ?? 0
  }
}
