import Detection
import Testing

@Suite struct RobustStatisticsTests {
  static let cases: [(values: [Double], median: Double, deviation: Double)] = [
    ([7], 7, 0), ([1, 2], 1.5, 0.5), ([3, 1, 2], 2, 1), ([0, 0, 0, 9], 0, 0), ([0, 0, 9, 9], 4.5, 4.5),
    ([1, 1, 2, 2, 4, 6, 9], 2, 1), ([5, 5, 5, 5, 1000], 5, 0),
  ]

  @Test(arguments: cases) func medians(values: [Double], median: Double, deviation: Double) throws {
    let statistics = try #require(RobustStatistics(values.map { (value: $0, count: 1) }))
    #expect(statistics.median == median)
    #expect(statistics.medianDeviation == deviation)
  }

  @Test func nothingHasNone() {
    #expect(RobustStatistics([]) == nil)
    #expect(RobustStatistics([(value: 5, count: 0)]) == nil)
  }

  @Test(arguments: 0..<200) func countedValuesAreThoseValues(seed: Int) throws {
    var generator = SmallGenerator(state: UInt64(seed))
    let counted = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
      (value: Double(Int.random(in: 0...5, using: &generator)), count: Int.random(in: 1...4, using: &generator))
    }
    let plain = counted.flatMap { [Double](repeating: $0.value, count: $0.count) }.sorted()
    let statistics = try #require(RobustStatistics(counted))
    #expect(statistics.median == Self.median(plain))
    #expect(statistics.medianDeviation == Self.median(plain.map { abs($0 - statistics.median) }.sorted()))
  }

  @Test func spreadHasAFloor() throws {
    let steady = try #require(RobustStatistics([(value: 100, count: 9)]))
    #expect(steady.spread(scale: 1.4826) == Spread(average: 100, deviation: 10))
    let rare = try #require(RobustStatistics([(value: 0, count: 9)]))
    #expect(rare.spread(scale: 1.4826) == Spread(average: 0, deviation: 1))
    let wild = try #require(RobustStatistics([(value: 10, count: 1), (value: 20, count: 1), (value: 60, count: 1)]))
    #expect(wild.spread(scale: 1.4826) == Spread(average: 20, deviation: 1.4826 * 10))
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// A small linear congruential generator, so that a seed names a case.
private struct SmallGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
