import Columns
import Failures

/// Approximate quantiles of a column of numbers.
struct Quantiles: MetricState {
  let column: String
  private var sketch = QuantileSketch()

  init(column: String) { self.column = column }

  mutating func add(_ rows: ColumnBatch) throws {
    let numbers: PrimitiveColumn<Double>
    switch try rows.column(column) {
    case .int32, .int64, .float, .double: numbers = try rows.column(column).numbers()
    default: throw Failure.configuration("column \(column) has no numbers")
    }
    for row in 0..<numbers.count where numbers.isValid(row) && !numbers.values[row].isNaN {
      sketch.add(numbers.values[row])
    }
  }

  mutating func merge(_ other: Self) { sketch.merge(other.sketch) }

  func value(of metric: BatchMetric) -> Double? {
    guard case .approximateQuantile(_, let share) = metric else { return nil }
    return sketch.quantile(share)
  }
}
