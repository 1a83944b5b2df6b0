/// The middle of some numbers and how far from it they usually lie, neither of which a few wild ones move.
struct RobustSpread {
  /// The median; of an even count the mean of the two in the middle.
  let median: Double
  /// As large as the standard deviation would be if the numbers were normally distributed; 0 only where all are equal.
  let scale: Double

  /// Precondition: `values` is not empty.
  init(_ values: [Double]) {
    median = Self.median(values)
    let center = median
    let distances = values.map { abs($0 - center) }
    let middle = Self.median(distances)
    let mean = distances.reduce(0, +) / Double(distances.count)
    scale = middle > 0 ? 1.4826 * middle : 1.2533 * mean
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let upper = sorted[sorted.count / 2]
    return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
  }
}
