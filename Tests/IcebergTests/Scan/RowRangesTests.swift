import Hashing
import Iceberg
import Testing

@Suite struct RowRangesTests {
  private static func random(_ generator: inout SplitMix64) -> RowRanges {
    RowRanges(
      (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
        let start = Int.random(in: 0..<40, using: &generator)
        return start..<start + Int.random(in: 0..<12, using: &generator)
      })
  }

  private static func rows(_ ranges: RowRanges) -> [Int] { ranges.ranges.flatMap { Array($0) } }

  @Test func setOperations() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<500 {
      let (first, second) = (Self.random(&generator), Self.random(&generator))
      let (one, two) = (Set(Self.rows(first)), Set(Self.rows(second)))
      #expect(Self.rows(first.union(second)) == one.union(two).sorted())
      #expect(Self.rows(first.intersection(second)) == one.intersection(two).sorted())
      #expect(first.count == one.count)
      #expect(zip(first.ranges, first.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  @Test func division() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<200 {
      let ranges = Self.random(&generator)
      let size = Int.random(in: 1..<9, using: &generator)
      let parts = ranges.divided(into: size)
      #expect(parts.flatMap(Self.rows) == Self.rows(ranges))
      #expect(parts.dropLast().allSatisfy { $0.count == size } && parts.allSatisfy { (1...size).contains($0.count) })
    }
  }

  @Test func divisionAtBoundaries() {
    #expect(
      RowRanges([0..<25]).divided(into: 10, at: [0, 8, 16, 24]).map(\.ranges) == [[0..<8], [8..<16], [16..<25]])
    #expect(
      RowRanges([0..<3, 5..<30]).divided(into: 10, at: [0, 11, 22]).map(\.ranges) == [
        [0..<3, 5..<11], [11..<21], [21..<30],
      ],
      "where no boundary is near the part is cut without")
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let ranges = Self.random(&generator)
      let size = Int.random(in: 1..<9, using: &generator)
      let boundaries = (0..<60).filter { _ in Bool.random(using: &generator) }
      let parts = ranges.divided(into: size, at: boundaries)
      #expect(parts.flatMap(Self.rows) == Self.rows(ranges))
      #expect(parts.allSatisfy { (1...size).contains($0.count) })
    }
  }
}
