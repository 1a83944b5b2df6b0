import Columns
import JSON
import Quality

/// Makes gold_quarantine rows of Gold rows that failed a check.
struct GoldQuarantine {
  let table: GoldTableChecks
  let stamp: WindowStamp

  /// A row of gold_quarantine for each row that `verdicts` fails; its identity is the table and the Gold key.
  func rows(_ rows: ColumnBatch, _ verdicts: Verdicts) throws -> ColumnBatch {
    var builder = QuarantineBuilder(Tables.goldQuarantine, clock: stamp.clock, batchID: stamp.batchID)
    let keys = try table.key.map { try rows.column($0) }
    for row in verdicts.failedRows {
      var refused = QuarantineBuilder.Row(
        key: [Array(table.table.name.utf8)[...], KeyedRows.bytes(keys, row)[...]],
        failedChecks: verdicts.failures(row), original: Self.json(rows, row)[...])
      refused.eventTime = stamp.start
      refused.wiki = try Self.text("wiki", of: rows, row)
      refused.entity = try Self.text("entity", of: rows, row)
      refused.userName = try Self.text("user_name", of: rows, row)
      builder.append(refused)
    }
    return try builder.finish()
  }

  /// Nil where the table has no such column.
  private static func text(_ name: String, of rows: ColumnBatch, _ row: Int) throws -> ArraySlice<UInt8>? {
    rows.schema.position(of: name) == nil ? nil : try rows.binaries(name)[row]
  }

  /// A Gold row as a JSON object, times as microseconds. Keys come from UTF-8 columns, so the text is UTF-8.
  private static func json(_ rows: ColumnBatch, _ row: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (field, column) in zip(rows.schema.fields, rows.columns) {
      writer.key(field.name)
      writer.value(column, row)
    }
    writer.endObject()
    return writer.finish()
  }
}
