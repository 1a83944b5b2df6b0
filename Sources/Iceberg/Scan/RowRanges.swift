/// Rows of a row group, as ascending ranges that neither touch nor overlap.
package struct RowRanges: Sendable, Hashable {
  /// The ranges.
  package let ranges: [Range<Int>]

  /// The rows in any of `ranges`, which may be in any order.
  package init(_ ranges: [Range<Int>]) {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// The number of rows.
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The rows in either.
  package func union(_ other: RowRanges) -> RowRanges { RowRanges(ranges + other.ranges) }

  /// The rows in both.
  package func intersection(_ other: RowRanges) -> RowRanges {
    var result: [Range<Int>] = []
    var (first, second) = (0, 0)
    while first < ranges.count && second < other.ranges.count {
      let common = ranges[first].clamped(to: other.ranges[second])
      if !common.isEmpty { result.append(common) }
      if ranges[first].upperBound < other.ranges[second].upperBound { first += 1 } else { second += 1 }
    }
    return RowRanges(result)
  }

  /// The same rows in parts of at most `size` rows. A range that has to be cut is cut at one of `boundaries` (ascending) if it can be.
  package func divided(into size: Int, at boundaries: [Int] = []) -> [RowRanges] {
    var parts: [RowRanges] = []
    var current: [Range<Int>] = []
    var room = size
    for var range in ranges {
      while !range.isEmpty {
        let part = Self.first(room, of: range, boundaries)
        current.append(part)
        room -= part.count
        range = part.upperBound..<range.upperBound
        if room == 0 || !range.isEmpty {
          parts.append(RowRanges(current))
          (current, room) = ([], size)
        }
      }
    }
    return current.isEmpty ? parts : parts + [RowRanges(current)]
  }

  /// The first rows of `range`, at most `count`, up to the last boundary among them.
  private static func first(_ count: Int, of range: Range<Int>, _ boundaries: [Int]) -> Range<Int> {
    guard range.count > count else { return range }
    let limit = range.lowerBound + count
    let boundary = boundaries.last { $0 <= limit } ?? limit
    return range.lowerBound..<(boundary > range.lowerBound ? boundary : limit)
  }
}
