import Columns
import Failures
import Iceberg
import Pipeline

/// Reads what Gold's windows are computed from.
struct GoldReading {
  let input: GoldPlanInput

  /// Feeds Silver's rows and the open quarantine of the windows.
  func feed(_ transform: inout GoldTransform, tables: inout TableSet) throws {
    guard let silver = try tables.existing(Tables.silverEvents) else {
      throw InputGone(message: "table silver_events is gone")
    }
    guard try silver.metadata.snapshot(input.snapshot) != nil else {
      throw InputGone(message: "snapshot \(input.snapshot) of silver_events is gone")
    }
    let filter = try timeFilter("event_time")
    try TableScan(silver, snapshotID: input.snapshot, filter: filter, columns: GoldTransform.silverColumns).readAll {
      try transform.add(events: $0.rows)
    }
    if let quarantine = try tables.existing(Tables.silverQuarantine), quarantine.metadata.currentSnapshotID != nil {
      let open = try timeFilter("event_time", withDays: false) && Expression.equal("status", .text("open"))
      try TableScan(quarantine, filter: open, columns: GoldTransform.quarantineColumns).readAll {
        try transform.add(quarantined: $0.rows)
      }
    }
  }

  /// Rows whose `column` lies in one of the windows; `event_date` prunes by partition where it is the date of that column.
  private func timeFilter(_ column: String, withDays: Bool = true) throws -> Expression {
    let ranges = input.windows.ranges.map { range in
      Expression.greaterOrEqual(column, .timestamptz(range.lowerBound * GoldWindowGrid.width))
        && .less(column, .timestamptz((range.upperBound + 1) * GoldWindowGrid.width))
    }
    guard withDays else { return .or(ranges) }
    let days = Set(input.windows.starts.map(GoldWindowGrid.day(of:))).sorted().map { Literal.date($0) }
    return .isIn("event_date", days) && .or(ranges)
  }
}
