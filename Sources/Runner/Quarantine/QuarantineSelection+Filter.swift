import Columns
package import Iceberg
import Pipeline

extension QuarantineSelection {
  /// The rows as a scan finds them: all of the selection but `checks`, which lie in a list (`matches`).
  ///
  /// `event_date` is the date of the quarantine, so that times skip whole partitions.
  package var filter: Expression {
    var parts: [Expression] = [.isIn("status", statuses.map(\.rawValue).sorted().map { .text($0) })]
    if let ids { parts.append(.isIn("row_id", ids.map { .text($0) })) }
    if let since {
      parts.append(.greaterOrEqual("event_date", .date(GoldWindowGrid.day(of: since))))
      parts.append(.greaterOrEqual("quarantine_timestamp", .timestamptz(since)))
    }
    if let until {
      parts.append(.lessOrEqual("event_date", .date(GoldWindowGrid.day(of: until))))
      parts.append(.less("quarantine_timestamp", .timestamptz(until)))
    }
    let texts = [
      ("quarantine_reason", reason), ("quarantine_batch_id", batch), ("entity", entity), ("wiki", wiki),
      ("user_name", user),
    ]
    for (column, text) in texts {
      if let text { parts.append(.equal(column, .text(text))) }
    }
    return .and(parts)
  }

  /// The columns that `matches` looks at.
  var matchedColumns: [String] { checks.isEmpty ? [] : ["failed_checks"] }

  /// Rows of a batch that fail one of the checks, as positions.
  func matches(_ batch: ColumnBatch) throws -> [Int] {
    guard !checks.isEmpty, case .list(let failed) = try batch.column("failed_checks") else {
      return Array(0..<batch.rowCount)
    }
    let wanted = Set(checks)
    return (0..<batch.rowCount).filter { row in
      failed.isValid(row) && (failed.strings(row) ?? []).contains { wanted.contains($0) }
    }
  }
}
