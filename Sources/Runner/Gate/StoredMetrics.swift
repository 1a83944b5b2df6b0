import Columns
import Failures
import Iceberg
import Pipeline

/// Values of batch checks in the quality tables. A value's row tells the run, and the run's row in `quality_metrics` when
/// the batch was.
struct StoredMetrics {
  /// A value.
  struct Value {
    let check: String
    let batch: String
    /// The plan's clock, in microseconds.
    let time: Int64
    let value: Double
  }

  private let layer: String
  private let results: Table
  private let metrics: Table

  /// Nil while there is nothing in the tables.
  init?(layer: String, tables: inout TableSet) throws {
    guard let results = try tables.existing(Tables.qualityCheckResults), results.metadata.currentSnapshotID != nil,
      let metrics = try tables.existing(Tables.qualityMetrics), metrics.metadata.currentSnapshotID != nil
    else { return nil }
    self.layer = layer
    self.results = results
    self.metrics = metrics
  }

  /// Calls `body` with every value of `checks` that was written on one of `days` (since 1970).
  func read(days: [Int32], checks: [String], _ body: (Value) -> Void) throws {
    let clocks = try clocks(days: days)
    guard !clocks.isEmpty else { return }
    let filter =
      filter(days: days) && .equal("kind", .text("batch")) && .isIn("check_name", checks.map { .text($0) })
    let scan = try TableScan(results, filter: filter, columns: ["run", "batch_id", "check_name", "metric_value"])
    try scan.readAll { batch in
      let (runs, batches) = (try batch.rows.binaries("run"), try batch.rows.binaries("batch_id"))
      let (names, values) = (try batch.rows.binaries("check_name"), try batch.rows.doubles("metric_value"))
      for row in 0..<batch.rows.rowCount {
        guard let run = runs.string(row), let time = clocks[run], let value = values[row], let name = names.string(row),
          let batch = batches.string(row)
        else { continue }
        body(Value(check: name, batch: batch, time: time, value: value))
      }
    }
  }

  /// The clock of each run whose results were written on one of `days`.
  private func clocks(days: [Int32]) throws -> [String: Int64] {
    var clocks: [String: Int64] = [:]
    try TableScan(metrics, filter: filter(days: days), columns: ["run", "plan_clock"]).readAll { batch in
      let (runs, times) = (try batch.rows.binaries("run"), try batch.rows.int64s("plan_clock"))
      for row in 0..<batch.rows.rowCount {
        if let run = runs.string(row), let time = times[row] { clocks[run] = time }
      }
    }
    return clocks
  }

  private func filter(days: [Int32]) -> Expression {
    .isIn("event_date", days.map { .date($0) }) && .equal("layer", .text(layer))
  }
}
