import Columns
import Quality

/// What becomes of quarantined rows that go through their layer again.
struct Redriven: Sendable {
  /// Rows for the main table.
  var events: ColumnBatch
  /// Rows that still fail, in the columns of the quarantine table.
  var refused: ColumnBatch
  /// What became of the rows: passed, still failing, or there already.
  var counts: QualityCounts
  /// What each check said.
  var checks: [CheckCount]
  /// Rows whose record in Bronze is gone, so that what the quarantine holds of them was taken.
  var restored = 0

  /// How many rows still fail, by the first failing check.
  var failing: [String: Int] {
    get throws {
      let reasons = try refused.binaries("quarantine_reason")
      return Dictionary((0..<reasons.count).map { (reasons.string($0) ?? "", 1) }, uniquingKeysWith: +)
    }
  }
}
