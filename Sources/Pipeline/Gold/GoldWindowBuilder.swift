import Columns
import Quality

/// Takes computed rows through the checks and the comparison with what was there.
struct GoldWindowBuilder {
  let stamp: WindowStamp

  /// Rows that fail a check go to quarantine; the others get their revision.
  func settle(_ rows: ColumnBatch, _ table: GoldTableChecks, previous: ColumnBatch?) throws -> CheckedRows {
    let verdicts = try table.checks.evaluate(rows, waivers: table.waivers)
    let passed = rows.gathering(unless: verdicts.failedRows)
    let revisions = try Revisions(passed, window: stamp.start, previous: previous, key: table.key)
    return CheckedRows(
      passed: GoldTableWindow(rows: try revised(passed, revisions.revisions), change: revisions.change),
      quarantine: try GoldQuarantine(table: table, stamp: stamp).rows(rows, verdicts), counts: verdicts.counts)
  }

  private func revised(_ rows: ColumnBatch, _ revisions: [Int32]) throws -> ColumnBatch {
    var columns = rows.columns
    if let position = rows.schema.position(of: "revision") { columns[position] = .int32(PrimitiveColumn(revisions)) }
    return try ColumnBatch(schema: rows.schema, columns: columns)
  }
}

extension ColumnBatch {
  /// All rows but `rows`, which ascend.
  fileprivate func gathering(unless rows: [Int]) -> ColumnBatch {
    guard !rows.isEmpty else { return self }
    let left = Set(rows)
    return gathering((0..<rowCount).filter { !left.contains($0) })
  }
}
