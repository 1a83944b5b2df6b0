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
    return try ColumnBatch(
      schema: Tables.qualityMetrics.schema,
      columns: [
        strings { $0.plan.batch }, strings { $0.plan.run }, strings { $0.plan.job }, strings { $0.plan.job },
        .binary(BinaryColumn(plans)), strings { $0.plan.configuration },
        .int64(PrimitiveColumn(results.map(\.plan.clock))), strings { _ in "done" },
        longs { $0.counts.total }, longs { $0.counts.passed }, longs { $0.counts.failed },
        longs { $0.counts.duplicates }, .double(PrimitiveColumn(results.map(\.counts.passRate))),
        .list(ListColumn(results.map(\.failedChecks))), strings { $0.severity.rawValue },
        .int64(PrimitiveColumn([Int64](repeating: clock, count: count))),
        .int32(PrimitiveColumn([Int32](repeating: day, count: count))),
      ])
  }

  /// Rows of `quality_check_results`: one a failed check, and one a check with a metric.
  func checkResults() throws -> ColumnBatch {
    let rows = results.flatMap { result in
      result.checks.filter { $0.failed > 0 }.map { Row(result.plan, $0) }
        + result.batchChecks.filter { $0.hasFailed || $0.value != nil }.map { Row(result.plan, $0) }
    }
    return try ColumnBatch(
      schema: Tables.qualityCheckResults.schema,
      columns: [
        .binary(BinaryColumn(rows.map(\.plan.batch))), .binary(BinaryColumn(rows.map(\.plan.run))),
        .binary(BinaryColumn(rows.map(\.plan.job))), .binary(BinaryColumn(rows.map(\.name))),
        .binary(BinaryColumn(rows.map(\.kind))), .binary(BinaryColumn(rows.map { $0.hasFailed ? "failed" : "passed" })),
        numbers(rows.map(\.value)), numbers(rows.map(\.threshold)), longs(rows.map(\.checked)),
        longs(rows.map(\.failed)), .binary(BinaryColumn(rows.map(\.message))),
        .int64(PrimitiveColumn(rows.map { _ in clock })), .int32(PrimitiveColumn(rows.map { _ in day })),
      ])
  }

  /// What a check said of a batch.
  private struct Row {
    let plan: Plan
    let name: String
    let kind: String
    let hasFailed: Bool
    let value: Double?
    let threshold: Double?
    let checked: Int64
    let failed: Int64?
    let message: String

    init(_ plan: Plan, _ check: CheckCount) {
      self.plan = plan
      (name, kind, hasFailed) = (check.name, "row", true)
      (value, threshold) = (nil, nil)
      (checked, failed) = (Int64(check.checked), Int64(check.failed))
      message =
        "\(check.failed) of \(check.checked) rows fail \(check.name)" + (check.error.map { ": \($0)" } ?? "")
    }

    init(_ plan: Plan, _ check: BatchCheckResult) {
      self.plan = plan
      (name, kind, hasFailed) = (check.name, "batch", check.hasFailed)
      (value, threshold) = (check.value, check.threshold)
      (checked, failed) = (Int64(check.rows), nil)
      message = check.message
    }
  }

  private func strings(_ value: (BatchResult) -> String) -> Column { .binary(BinaryColumn(results.map(value))) }

  private func longs(_ value: (BatchResult) -> Int) -> Column { longs(results.map { Int64(value($0)) }) }

  private func longs(_ values: [Int64?]) -> Column {
    var column = PrimitiveColumn<Int64>()
    for value in values { column.append(value) }
    return .int64(column)
  }

  private func numbers(_ values: [Double?]) -> Column {
    var column = PrimitiveColumn<Double>()
    for value in values { if let value { column.append(value) } else { column.appendNull(zero: 0) } }
    return .double(column)
  }
}
