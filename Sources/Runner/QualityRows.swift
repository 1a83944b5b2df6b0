import Quality
import Columns
import Pipeline

/// Results of batches as rows of the quality tables.
struct QualityRows {
  let results: [BatchResult]
  /// When the rows are written, in microseconds.
  let clock: Int64

  private var day: Int32 { GoldWindowGrid.day(of: clock) }

  /// Rows of `quality_metrics`: one a run.
  func metrics() throws -> ColumnBatch {
    let count = results.count
    let plans = try results.map { try $0.plan.text }
    let failing = results.map { $0.checks.filter { $0.failed > 0 }.map(\.name) }
    return try ColumnBatch(
      schema: Tables.qualityMetrics.schema,
      columns: [
        strings { $0.plan.batch }, strings { $0.plan.run }, strings { $0.plan.job }, strings { $0.plan.job },
        .binary(BinaryColumn(plans)), strings { $0.plan.configuration },
        .int64(PrimitiveColumn(results.map(\.plan.clock))), strings { _ in "done" },
        longs { $0.counts.total }, longs { $0.counts.passed }, longs { $0.counts.failed },
        longs { $0.counts.duplicates }, .double(PrimitiveColumn(results.map(\.counts.passRate))),
        .list(ListColumn(failing)), strings { $0.severity.rawValue },
        .int64(PrimitiveColumn([Int64](repeating: clock, count: count))),
        .int32(PrimitiveColumn([Int32](repeating: day, count: count))),
      ])
  }

  /// Rows of `quality_check_results`: one a failed check.
  func checkResults() throws -> ColumnBatch {
    let rows = results.flatMap { result in result.checks.filter { $0.failed > 0 }.map { (result: result, check: $0) } }
    let none = ColumnType.double.nulls(rows.count)
    return try ColumnBatch(
      schema: Tables.qualityCheckResults.schema,
      columns: [
        .binary(BinaryColumn(rows.map(\.result.plan.batch))), .binary(BinaryColumn(rows.map(\.result.plan.run))),
        .binary(BinaryColumn(rows.map(\.result.plan.job))), .binary(BinaryColumn(rows.map(\.check.name))),
        .binary(BinaryColumn(rows.map { _ in "row" })), .binary(BinaryColumn(rows.map { _ in "failed" })), none, none,
        .int64(PrimitiveColumn(rows.map { Int64($0.check.checked) })),
        .int64(PrimitiveColumn(rows.map { Int64($0.check.failed) })),
        .binary(BinaryColumn(rows.map { Self.message($0.check) })),
        .int64(PrimitiveColumn(rows.map { _ in clock })), .int32(PrimitiveColumn(rows.map { _ in day })),
      ])
  }

  private static func message(_ check: CheckCount) -> String {
    "\(check.failed) of \(check.checked) rows fail \(check.name)" + (check.error.map { ": \($0)" } ?? "")
  }

  private func strings(_ value: (BatchResult) -> String) -> Column { .binary(BinaryColumn(results.map(value))) }

  private func longs(_ value: (BatchResult) -> Int) -> Column {
    .int64(PrimitiveColumn(results.map { Int64(value($0)) }))
  }
}
