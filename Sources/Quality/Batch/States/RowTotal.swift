import Columns

/// The number of rows.
struct RowTotal: MetricState {
  private var count = 0

  mutating func add(_ rows: ColumnBatch) { count += rows.rowCount }

  mutating func merge(_ other: Self) { count += other.count }

  func value(of metric: BatchMetric) -> Double? { Double(count) }
}
