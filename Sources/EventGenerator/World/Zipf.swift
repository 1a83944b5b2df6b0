internal import Hashing

/// Ranks with Zipf's distribution: rank k as often as k^(−1 − 1/n).
struct Zipf: Sendable {
  /// `cumulative[k]`: how often one of the ranks 0...k, as a fraction of 1.
  private let cumulative: [Double]

  /// A distribution over `count` ranks. With 20,000 ranks and n = 9 the first has 15 % and the first ten 41 %, as users have.
  init(count: Int, root: Int) {
    var sum = 0.0
    var sums: [Double] = []
    for rank in 1...max(count, 1) {
      sum += 1 / (Double(rank) * Self.root(Double(rank), root))
      sums.append(sum)
    }
    cumulative = sums.map { $0 / sum }
  }

  /// How often the rank comes.
  func share(_ rank: Int) -> Double { rank == 0 ? cumulative[0] : cumulative[rank] - cumulative[rank - 1] }

  /// The number of ranks.
  var count: Int { cumulative.count }

  /// A rank.
  func next(_ random: inout Xoshiro256StarStar) -> Int {
    let wanted = random.nextDouble()
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] <= wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The n-th root by Newton's method: only operations that IEEE 754 defines to the bit, so that every machine has the same stream.
  private static func root(_ value: Double, _ n: Int) -> Double {
    var estimate = 1 + (value - 1) / Double(n)
    for _ in 0..<100 {
      let power = (1..<n).reduce(1.0) { product, _ in product * estimate }
      let next = (Double(n - 1) * estimate + value / power) / Double(n)
      if next >= estimate { break }
      estimate = next
    }
    return estimate
  }
}

/// A quantity given by its quantiles, straight lines between them.
struct Quantiles: Sendable {
  private let points: [(share: Double, value: Double)]

  /// Quantiles, ascending from 0 to 1.
  init(_ points: [(share: Double, value: Double)]) { self.points = points }

  /// A value.
  func next(_ random: inout Xoshiro256StarStar) -> Int {
    let share = random.nextDouble()
    var upper = 1
    while points[upper].share < share { upper += 1 }
    let (low, high) = (points[upper - 1], points[upper])
    return Int(low.value + (high.value - low.value) * (share - low.share) / (high.share - low.share))
  }
}
