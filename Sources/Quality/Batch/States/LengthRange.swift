import Columns
import Failures

/// The shortest and the longest value of a column of texts or binaries.
struct LengthRange: MetricState {
  let column: String
  private var range: ClosedRange<Int>?

  init(column: String) { self.column = column }

  mutating func add(_ rows: ColumnBatch) throws {
    let values = try rows.column(column)
    guard case .binary = values else { throw Failure.configuration("column \(column) has no lengths") }
    let length = try values.lengths(isText: rows.holdsTexts(column))
    var (low, high) = (Int.max, Int.min)
    for row in 0..<rows.rowCount {
      guard let length = length(row) else { continue }
      low = min(low, length)
      high = max(high, length)
    }
    if low <= high { widen(by: low...high) }
  }

  private mutating func widen(by other: ClosedRange<Int>) {
    range = range.map { min($0.lowerBound, other.lowerBound)...max($0.upperBound, other.upperBound) } ?? other
  }

  mutating func merge(_ other: Self) {
    if let range = other.range { widen(by: range) }
  }

  func value(of metric: BatchMetric) -> Double? {
    range.map { range in
      if case .minimumLength = metric { return Double(range.lowerBound) }
      return Double(range.upperBound)
    }
  }
}
