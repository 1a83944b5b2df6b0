import Failures

/// The rows of a row group that a reader was asked for.
///
/// Invariant: the ranges ascend, do not overlap, are not empty, and lie in the row group.
struct RowSelection {
  let ranges: [Range<Int>]
  let rowCount: Int

  /// Throws `.invalidArgument` for ranges that overlap, descend or lie outside.
  init(_ ranges: [Range<Int>], rowCount: Int) throws(Failure) {
    self.ranges = ranges.filter { !$0.isEmpty }
    self.rowCount = rowCount
    var end = 0
    for range in self.ranges {
      guard range.lowerBound >= end, range.upperBound <= rowCount else {
        throw .invalidArgument("rows \(range) of \(rowCount), after row \(end)")
      }
      end = range.upperBound
    }
  }

  /// Whether any selected row lies in `rows`.
  func overlaps(_ rows: Range<Int>) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= rows.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound < rows.upperBound
  }

  /// The positions of the selected rows among those of `decoded` (ascending ranges that hold them all), nil when they are
  /// all of them.
  func positions(in decoded: [Range<Int>]) -> [Int]? {
    let total = decoded.reduce(0) { $0 + $1.count }
    if ranges.reduce(0, { $0 + $1.count }) == total { return nil }
    var positions: [Int] = []
    var start = 0
    var next = 0
    for pages in decoded {
      while next < ranges.count && ranges[next].lowerBound < pages.upperBound {
        let rows = ranges[next].clamped(to: pages)
        positions.append(
          contentsOf: (start + rows.lowerBound - pages.lowerBound)..<(start + rows.upperBound - pages.lowerBound))
        if ranges[next].upperBound > pages.upperBound { break }
        next += 1
      }
      start += pages.count
    }
    return positions
  }
}
