public import Columns
import Failures

/// What becomes of quarantine rows when their records are met again. A row_id is in a quarantine table at most once.
public enum QuarantineUpdate {
  /// `added` with the status, status_time and released_batch_id of those of `existing` (rows of the same table) that
  /// have the same row_id: a row that is refused again replaces the old one and keeps what was decided about it.
  public static func keepingStatus(of existing: ColumnBatch, in added: ColumnBatch) throws -> ColumnBatch {
    var rowOfID: [ArraySlice<UInt8>: Int] = [:]
    let existingIDs = try existing.binaries("row_id")
    for row in 0..<existing.rowCount {
      if let id = existingIDs[row] { rowOfID[id] = row }
    }
    let ids = try added.binaries("row_id")
    let sources = (0..<added.rowCount).map { row in ids[row].flatMap { rowOfID[$0] } }
    guard sources.contains(where: { $0 != nil }) else { return added }
    var both = existing
    try both.append(contentsOf: added)
    let rows = sources.enumerated().map { $1 ?? existing.rowCount + $0 }
    return try replacing(in: added) { name in
      ["status", "status_time", "released_batch_id"].contains(name) ? try both.column(name).gathering(rows) : nil
    }
  }

  /// `rows` with a new status, decided at `clock` (microseconds) and for a release by the batch that added the rows to
  /// the main table.
  public static func marking(
    _ rows: ColumnBatch, _ status: QuarantineStatus, clock: Int64, batchID: String?
  ) throws -> ColumnBatch {
    let count = rows.rowCount
    return try replacing(in: rows) { name in
      switch name {
      case "status": .binary(BinaryColumn(repeating: status.rawValue, count: count))
      case "status_time": .int64(PrimitiveColumn([Int64](repeating: clock, count: count)))
      case "released_batch_id":
        batchID.map { .binary(BinaryColumn(repeating: $0, count: count)) } ?? ColumnType.string.nulls(count)
      default: nil
      }
    }
  }

  private static func replacing(
    in batch: ColumnBatch, _ column: (String) throws -> Column?
  ) throws -> ColumnBatch {
    try ColumnBatch(
      schema: batch.schema, columns: zip(batch.schema.fields, batch.columns).map { try column($0.name) ?? $1 })
  }
}
