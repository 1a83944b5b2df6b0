import Columns
import Failures

/// Columns under construction, by name: a line each, from the rows they describe.
///
/// Rows are reached through a pointer: a loop over the array would copy each of them, strings and all.
struct NamedColumns<Row> {
  private let rows: [Row]
  private var columns: [String: Column] = [:]

  init(_ rows: [Row]) { self.rows = rows }

  /// The columns in the order of `schema`. Throws `.internalError` when one was not made.
  func batch(_ schema: ColumnSchema) throws -> ColumnBatch {
    let ordered = try schema.fields.map { field in
      guard let column = columns[field.name] else { throw Failure.internalError("column \(field.name) was not made") }
      return column
    }
    return try ColumnBatch(schema: schema, columns: ordered)
  }

  mutating func bools(_ name: String, _ value: (Row) -> Bool) {
    columns[name] = .bool(PrimitiveColumn(rows.map(value)))
  }

  mutating func ints(_ name: String, _ value: (Row) -> Int32?) {
    var column = PrimitiveColumn<Int32>()
    column.reserve(rows.count)
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices { column.append(value(rows[row])) }
    }
    columns[name] = .int32(column)
  }

  mutating func longs(_ name: String, _ value: (Row) -> Int64?) {
    var column = PrimitiveColumn<Int64>()
    column.reserve(rows.count)
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices { column.append(value(rows[row])) }
    }
    columns[name] = .int64(column)
  }

  mutating func counts(_ name: String, _ value: (Row) -> UInt32) {
    columns[name] = .int64(PrimitiveColumn(rows.map { Int64(value($0)) }))
  }

  mutating func doubles(_ name: String, _ value: (Row) -> Double?) {
    var column = PrimitiveColumn<Double>()
    column.reserve(rows.count)
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices { column.append(value(rows[row])) }
    }
    columns[name] = .double(column)
  }

  mutating func strings(_ name: String, _ value: (Row) -> String?) {
    var column = BinaryColumn()
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices { column.append(value(rows[row])) }
    }
    columns[name] = .binary(column)
  }

  /// Keys by their number in `table`; the missing one is null.
  mutating func keys(_ name: String, in table: ByteKeyTable, _ number: (Row) -> UInt32) {
    var column = BinaryColumn()
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices {
        let number = number(rows[row])
        if number == ByteKeyTable.missing { column.appendNull() } else { column.append(table.key(number)) }
      }
    }
    columns[name] = .binary(column)
  }
}

/// What all rows of a window share.
struct WindowStamp {
  let start: Int64
  let isFinal: Bool
  let clock: Int64
  let batchID: String
}

extension NamedColumns {
  /// The first two columns of every Gold table, and the tail; `revision` is 0 until it is compared with what was there.
  mutating func stamp(_ window: WindowStamp, baselineKind: (Row) -> String) {
    longs("window_start") { _ in window.start }
    longs("window_end") { _ in GoldWindowGrid.end(of: window.start) }
    strings("baseline_kind", baselineKind)
    bools("is_final") { _ in window.isFinal }
    ints("revision") { _ in 0 }
    longs("aggregation_timestamp") { _ in window.clock }
    ints("event_date") { _ in GoldWindowGrid.day(of: window.start) }
    strings("batch_id") { _ in window.batchID }
  }
}
