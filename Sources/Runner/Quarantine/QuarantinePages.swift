import Columns
import Failures
import Iceberg
import Pipeline

/// The rows of a quarantine table that a selection means, in pieces that fit a batch.
struct QuarantinePages {
  let table: Table
  let selection: QuarantineSelection

  /// The first `limit` rows after a position; nil when there are none.
  ///
  /// Holds at most twice as many positions, however many rows there are.
  func next(after: QuarantinePosition?, limit: Int) throws -> DecisionPlanInput? {
    let limit = max(1, limit)
    var found: [QuarantinePosition] = []
    try scan(["row_id", "event_time"], after: after, upTo: nil) { batch in
      found += try Self.positions(batch)
      guard found.count > 2 * limit else { return }
      found.sort()
      found.removeSubrange(limit...)
    }
    found.sort()
    guard let last = found.prefix(limit).last else { return nil }
    return DecisionPlanInput(selection: selection, after: after, upTo: last, rows: min(limit, found.count))
  }

  /// The rows of a page, with these columns (row_id and event_time among them), in the order of positions; with `ids` only those.
  func read(_ page: DecisionPlanInput, columns: [String], ids: KeyIndex? = nil) throws -> ColumnBatch {
    let wanted = Tables.bronzeQuarantine.schema.fields.filter { columns.contains($0.name) }
    var rows = ColumnBatch(empty: ColumnSchema(wanted))
    try scan(wanted.map(\.name), after: page.after, upTo: page.upTo) { batch in
      guard let ids else { return try rows.append(contentsOf: batch) }
      let column = try batch.binaries("row_id")
      try rows.append(contentsOf: batch.gathering((0..<batch.rowCount).filter { ids.contains(column, row: $0) }))
    }
    let positions = try Self.positions(rows)
    return rows.gathering(positions.indices.sorted { positions[$0] < positions[$1] })
  }

  /// Calls `body` with the rows between two positions. `columns` include row_id and event_time.
  private func scan(
    _ columns: [String], after: QuarantinePosition?, upTo: QuarantinePosition?, _ body: (ColumnBatch) throws -> Void
  ) throws {
    guard table.metadata.currentSnapshotID != nil else { return }
    let filter = selection.filter && Self.times(after: after, upTo: upTo)
    let read = columns + selection.matchedColumns.filter { !columns.contains($0) }
    try TableScan(table, filter: filter, columns: read).readAll { batch in
      let positions = try Self.positions(batch.rows)
      let rows = try selection.matches(batch.rows).filter { row in
        (after.map { $0 < positions[row] } ?? true) && (upTo.map { positions[row] <= $0 } ?? true)
      }
      if !rows.isEmpty { try body(batch.rows.gathering(rows).selecting(columns)) }
    }
  }

  /// What the times of two positions say of rows between them, so that files and pages elsewhere are skipped.
  private static func times(after: QuarantinePosition?, upTo: QuarantinePosition?) -> Expression {
    var parts: [Expression] = []
    if let after {
      let none = Expression.isNull("event_time")
      parts.append(after.eventTime.map { .greaterOrEqual("event_time", .timestamptz($0)) || none } ?? none)
    }
    if let time = upTo?.eventTime { parts.append(.lessOrEqual("event_time", .timestamptz(time))) }
    return .and(parts)
  }

  private static func positions(_ batch: ColumnBatch) throws -> [QuarantinePosition] {
    let ids = try batch.binaries("row_id")
    let times = try batch.int64s("event_time")
    return (0..<batch.rowCount).map { QuarantinePosition(eventTime: times[$0], rowID: ids[$0] ?? []) }
  }
}
