import Hashing
import Quality
import Testing

/// Quantiles lie within the stated error of rank, whatever the order of the values and however they were merged.
struct QuantileSketchTests {
  enum Order: String, CaseIterable, Sendable { case ascending, descending, random, zigzag, fewValues }

  private static func values(_ count: Int, _ order: Order) -> [Double] {
    var random = Xoshiro256StarStar(seed: UInt64(count))
    return (0..<count).map { position in
      switch order {
      case .ascending: Double(position)
      case .descending: Double(-position)
      case .random: random.nextDouble()
      case .zigzag: Double(position % 2 == 0 ? position : -position)
      case .fewValues: Double(random.next(below: 7))
      }
    }
  }

  /// How far the rank of `value` is from that of the quantile, as a share of all values.
  private static func error(_ value: Double, _ share: Double, _ sorted: [Double]) -> Double {
    let below = Double(sorted.prefix { $0 < value }.count)
    let upTo = Double(sorted.prefix { $0 <= value }.count)
    let rank = max(1, (share * Double(sorted.count)).rounded(.up))
    return max(0, below + 1 - rank, rank - upTo) / Double(sorted.count)
  }

  static let shares = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.999, 1]

  @Test(arguments: Order.allCases, [1, 2, QuantileSketch.exactCount, 50_000])
  func liesWithinTheError(_ order: Order, _ count: Int) throws {
    let values = Self.values(count, order)
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    #expect(sketch.count == count)
    let sorted = values.sorted()
    for share in Self.shares {
      let value = try #require(sketch.quantile(share))
      #expect(Self.error(value, share, sorted) <= QuantileSketch.rankError(count), "\(share): \(value)")
    }
  }

  @Test(arguments: Order.allCases)
  func mergedInUnequalParts(_ order: Order) throws {
    let values = Self.values(60_000, order)
    var random = Xoshiro256StarStar(seed: 3)
    var merged = QuantileSketch()
    var start = 0
    while start < values.count {
      let end = min(values.count, start + 1 + random.next(below: 9000))
      var part = QuantileSketch()
      for value in values[start..<end] { part.add(value) }
      if random.next(below: 2) == 0 { swap(&part, &merged) }
      merged.merge(part)
      start = end
    }
    #expect(merged.count == values.count)
    let sorted = values.sorted()
    for share in Self.shares {
      let value = try #require(merged.quantile(share))
      #expect(Self.error(value, share, sorted) <= QuantileSketch.rankError(values.count), "\(share): \(value)")
    }
  }

  @Test func statesItsError() {
    #expect(QuantileSketch.rankError(0) == 0)
    #expect(QuantileSketch.rankError(QuantileSketch.exactCount) == 0)
    #expect(QuantileSketch.rankError(QuantileSketch.exactCount + 1) > 0)
    #expect(QuantileSketch.rankError(100_000) < 0.002)
    #expect(QuantileSketch.rankError(1_000_000_000) < 0.005)
    #expect(QuantileSketch().quantile(0.5) == nil)
  }
}
