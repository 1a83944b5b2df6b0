import Columns

/// How many rows have a value in a column.
struct Presence: MetricState {
  let column: String
  private var rows = 0
  private var present = 0

  init(column: String) { self.column = column }

  mutating func add(_ batch: ColumnBatch) throws {
    rows += batch.rowCount
    guard let validity = try batch.column(column).validity else {
      present += batch.rowCount
      return
    }
    for isValid in validity where isValid { present += 1 }
  }

  mutating func merge(_ other: Self) {
    rows += other.rows
    present += other.present
  }

  func value(of metric: BatchMetric) -> Double? { rows == 0 ? nil : Double(present) / Double(rows) }
}
