import Columns
import Failures

/// How many values of a text column look like each type.
struct TextTypes: MetricState {
  let column: String
  private var counts: [InferredType: Int] = [:]

  init(column: String) { self.column = column }

  mutating func add(_ rows: ColumnBatch) throws {
    guard case .binary(let texts) = try rows.column(column) else {
      throw Failure.configuration("column \(column) is no text")
    }
    for row in 0..<texts.count where texts.isValid(row) {
      counts[texts.withUnsafeBytes(row: row, InferredType.of), default: 0] += 1
    }
  }

  mutating func merge(_ other: Self) { counts.merge(other.counts, uniquingKeysWith: +) }

  func value(of metric: BatchMetric) -> Double? {
    let total = counts.values.reduce(0, +)
    guard total > 0, case .dataType(_, let type) = metric else { return nil }
    let wanted: [InferredType] = type == .numeric ? [.fractional, .integral] : [type]
    return Double(wanted.reduce(0) { $0 + (counts[$1] ?? 0) }) / Double(total)
  }
}
