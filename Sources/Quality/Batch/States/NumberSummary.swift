import Columns
import Failures

/// Count, sum, extremes and second moment of a column's numbers.
///
/// Sums of whole numbers are exact. The second moment of a part is taken around the part's own mean (two passes over values
/// that are in the cache), and parts are put together by Chan's formula, so that nothing cancels.
///
/// https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Parallel_algorithm
struct NumberSummary: MetricState {
  let column: String
  private var count = 0
  private var whole: Int128 = 0
  private var fractional = CompensatedSum()
  private var deviation = 0.0
  private var low = Double.infinity
  private var high = -Double.infinity

  init(column: String) { self.column = column }

  private var sum: Double { Double(whole) + fractional.value }
  private var mean: Double { sum / Double(max(count, 1)) }

  mutating func add(_ rows: ColumnBatch) throws {
    var part = NumberSummary(column: column)
    switch try rows.column(column) {
    case .int32(let values): part.addWhole(values)
    case .int64(let values): part.addWhole(values)
    case .float(let values): part.addFractional(values)
    case .double(let values): part.addFractional(values)
    default: throw Failure.configuration("column \(column) has no numbers")
    }
    merge(part)
  }

  private mutating func addWhole<Value: FixedWidthInteger>(_ values: PrimitiveColumn<Value>) {
    var (smallest, largest) = (Value.max, Value.min)
    for row in 0..<values.count where values.isValid(row) {
      let value = values.values[row]
      count += 1
      whole += Int128(value)
      smallest = min(smallest, value)
      largest = max(largest, value)
    }
    guard count > 0 else { return }
    (low, high) = (Double(smallest), Double(largest))
    let center = whole / Int128(count)
    var moments = Moments()
    for row in 0..<values.count where values.isValid(row) { moments.add(Double(Int128(values.values[row]) - center)) }
    deviation = moments.deviation
  }

  private mutating func addFractional<Value: BinaryFloatingPoint>(_ values: PrimitiveColumn<Value>) {
    for row in 0..<values.count where values.isValid(row) && !values.values[row].isNaN {
      let value = Double(values.values[row])
      count += 1
      fractional.add(value)
      low = min(low, value)
      high = max(high, value)
    }
    let center = mean
    var moments = Moments()
    for row in 0..<values.count where values.isValid(row) && !values.values[row].isNaN {
      moments.add(Double(values.values[row]) - center)
    }
    deviation = moments.deviation
  }

  mutating func merge(_ other: Self) {
    guard other.count > 0 else { return }
    if count > 0 {
      let distance = distance(to: other)
      let (mine, theirs) = (Double(count), Double(other.count))
      deviation += distance * distance * (mine / (mine + theirs)) * theirs
    }
    deviation += other.deviation
    count += other.count
    whole += other.whole
    fractional.add(other.fractional)
    low = min(low, other.low)
    high = max(high, other.high)
  }

  /// How far the mean of `other` is from this one: of whole numbers exact before it is rounded, since means of times differ in
  /// digits that a double does not hold.
  private func distance(to other: Self) -> Double {
    let (mine, overflow) = whole.multipliedReportingOverflow(by: Int128(other.count))
    let (theirs, otherOverflow) = other.whole.multipliedReportingOverflow(by: Int128(count))
    if overflow || otherOverflow { return other.mean - mean }
    let fractions = other.fractional.value / Double(other.count) - fractional.value / Double(count)
    return Double(theirs - mine) / Double(count) / Double(other.count) + fractions
  }

  func value(of metric: BatchMetric) -> Double? {
    guard count > 0 else { return nil }
    return switch metric {
    case .minimum: low
    case .maximum: high
    case .mean: mean
    case .standardDeviation: (deviation / Double(count)).squareRoot()
    default: sum
    }
  }
}

/// Sums of differences from a center that lies near their mean.
private struct Moments {
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  mutating func add(_ difference: Double) {
    count += 1
    sum += difference
    squares += difference * difference
  }

  /// Σ(x − mean)²: what the center is off is taken out again.
  var deviation: Double { count == 0 ? 0 : max(0, squares - sum * sum / count) }
}
