import Columns

/// Compares a window's rows with what the table held of it.
struct Revisions {
  /// How often each row's values changed.
  private(set) var revisions: [Int32]
  /// What happened to the window as a whole.
  private(set) var change: GoldTableWindow.Change

  /// Columns whose change is none of the row's values.
  private static let ignored: Set<String> = ["is_final", "revision", "aggregation_timestamp", "batch_id"]

  /// - Parameters:
  ///   - rows: the rows as computed now.
  ///   - previous: rows of the same table; those of other windows are ignored.
  init(_ rows: ColumnBatch, window start: Int64, previous: ColumnBatch?, key: [String]) throws {
    revisions = [Int32](repeating: 0, count: rows.rowCount)
    let old = try previous.map { try Self.only(window: start, of: $0) }
    guard let old, old.rowCount > 0 else {
      change = rows.rowCount == 0 ? .empty : .appeared
      return
    }
    let index = try KeyedRows(old, key: key)
    let keyColumns = try key.map { try rows.column($0) }
    let matches = (0..<rows.rowCount).map { index.row(like: $0, of: keyColumns) }
    let differs = try Self.differences(rows, old, matches)
    let oldRevisions = try old.int32s("revision")
    for (row, match) in matches.enumerated() {
      guard let match else { continue }
      revisions[row] = (oldRevisions[match] ?? 0) &+ (differs[row] ? 1 : 0)
    }
    let sameRows = !differs.contains(true) && rows.rowCount == old.rowCount
    change = sameRows ? try Self.sameValues(rows, old, matches) : .changed
  }

  private static func only(window start: Int64, of batch: ColumnBatch) throws -> ColumnBatch {
    let starts = try batch.int64s("window_start")
    let wanted = (0..<batch.rowCount).filter { starts[$0] == start }
    return wanted.count == batch.rowCount ? batch : batch.gathering(wanted)
  }

  private static func sameValues(
    _ rows: ColumnBatch, _ old: ColumnBatch, _ matches: [Int?]
  ) throws -> GoldTableWindow.Change {
    let finality = try rows.column("is_final")
    let before = try old.column("is_final")
    var differs = [Bool](repeating: false, count: rows.rowCount)
    compare(finality, before, matches, &differs)
    return differs.contains(true) ? .finality : .unchanged
  }

  /// Which rows have a value that differs from before; a row that was not there differs.
  private static func differences(_ rows: ColumnBatch, _ old: ColumnBatch, _ matches: [Int?]) throws -> [Bool] {
    var differs = matches.map { $0 == nil }
    for (field, column) in zip(rows.schema.fields, rows.columns) where !ignored.contains(field.name) {
      let before = old.schema.position(of: field.name).map { old.columns[$0] } ?? field.type.nulls(old.rowCount)
      compare(column, before, matches, &differs)
    }
    return differs
  }

  private static func compare(_ new: Column, _ old: Column, _ matches: [Int?], _ differs: inout [Bool]) {
    switch (new, old) {
    case (.bool(let new), .bool(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    case (.int32(let new), .int32(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    case (.int64(let new), .int64(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    case (.float(let new), .float(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    case (.double(let new), .double(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    case (.binary(let new), .binary(let old)): compare(matches, &differs) { new[$0] != old[$1] }
    default: compare(matches, &differs) { _, _ in true }
    }
  }

  private static func compare(_ matches: [Int?], _ differs: inout [Bool], _ isDifferent: (Int, Int) -> Bool) {
    for (row, match) in matches.enumerated() {
      if let match, !differs[row], isDifferent(row, match) { differs[row] = true }
    }
  }
}
