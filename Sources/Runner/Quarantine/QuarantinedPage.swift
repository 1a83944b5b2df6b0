import Columns
import Pipeline

/// The quarantined rows that one run is about.
struct QuarantinedPage {
  let pages: QuarantinePages
  let page: DecisionPlanInput
  /// What they are found and looked up by, without the records themselves.
  let rows: ColumnBatch

  private static let columns =
    ["row_id", "meta_id", "event_time", "quarantine_timestamp", "quarantine_batch_id"] + RecordIdentities.columns

  init(_ pages: QuarantinePages, _ page: DecisionPlanInput) throws {
    self.pages = pages
    self.page = page
    rows = try pages.read(page, columns: Self.columns)
  }

  /// Those of `rows` that came from a log, all parts of their identity known.
  func fromLogs() throws -> ColumnBatch {
    let keys = try RecordIdentities(rows).keys()
    return keys.nullCount == 0 ? rows : rows.gathering((0..<rows.rowCount).filter { keys.isValid($0) })
  }

  /// `wanted` with the original records beside them.
  func originals(of wanted: ColumnBatch) throws -> ColumnBatch {
    try pages.read(
      page, columns: Self.columns + ["original_record", "original_bytes"], ids: KeyIndex(wanted.binaries("row_id")))
  }
}

extension ColumnBatch {
  /// The original records of rows of a quarantine table, be they text or not.
  func originals() throws -> BinaryColumn {
    let texts = try binaries("original_record")
    let bytes = try binaries("original_bytes")
    var records = BinaryColumn()
    for row in 0..<rowCount {
      if let record = texts[row] ?? bytes[row] { records.append(record) } else { records.appendNull() }
    }
    return records
  }
}
