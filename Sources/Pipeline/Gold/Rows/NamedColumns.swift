import Columns
import Detection
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

  mutating func bools(_ name: String, _ value: (Row) -> Bool) { columns[name] = .bool(column(false, value)) }

  mutating func ints(_ name: String, _ value: (Row) -> Int32?) { columns[name] = .int32(column(0, value)) }

  mutating func longs(_ name: String, _ value: (Row) -> Int64?) { columns[name] = .int64(column(0, value)) }

  mutating func counts(_ name: String, _ value: (Row) -> UInt32) {
    columns[name] = .int64(column(0) { Int64(value($0)) })
  }

  mutating func doubles(_ name: String, _ value: (Row) -> Double?) { columns[name] = .double(column(0, value)) }

  mutating func strings(_ name: String, _ value: (Row) -> String?) {
    var column = BinaryColumn()
    column.reserve(rows: rows.count, bytes: rows.count * 8)
    rows.withUnsafeBufferPointer { rows in
      for row in rows.indices { column.append(value(rows[row])) }
    }
    columns[name] = .binary(column)
  }

  /// Keys by their number in `table`; the missing one is null.
  mutating func keys(_ name: String, in table: ByteKeyTable, _ number: (Row) -> UInt32) {
    columns[name] = .binary(
      table.column(rows.withUnsafeBufferPointer { rows in rows.indices.map { number(rows[$0]) } }))
  }

  private func column<Value>(_ zero: Value, _ value: (Row) -> Value?) -> PrimitiveColumn<Value> {
    var validity = [Bool](repeating: true, count: rows.count)
    var nullCount = 0
    let values = [Value](unsafeUninitializedCapacity: rows.count) { values, count in
      rows.withUnsafeBufferPointer { rows in
        for row in rows.indices {
          let value = value(rows[row])
          values.initializeElement(at: row, to: value ?? zero)
          if value == nil {
            validity[row] = false
            nullCount += 1
          }
        }
      }
      count = rows.count
    }
    return PrimitiveColumn(values, validity: nullCount > 0 ? validity : nil)
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
  mutating func stamp(_ window: WindowStamp, _ kind: BaselineKind) {
    columns["window_start"] = .int64(repeated(window.start))
    columns["window_end"] = .int64(repeated(GoldWindowGrid.end(of: window.start)))
    columns["baseline_kind"] = .binary(repeated(kind.rawValue))
    columns["is_final"] = .bool(repeated(window.isFinal))
    columns["revision"] = .int32(repeated(0))
    columns["aggregation_timestamp"] = .int64(repeated(window.clock))
    columns["event_date"] = .int32(repeated(GoldWindowGrid.day(of: window.start)))
    columns["batch_id"] = .binary(repeated(window.batchID))
  }

  private func repeated<Value>(_ value: Value) -> PrimitiveColumn<Value> {
    PrimitiveColumn([Value](repeating: value, count: rows.count))
  }

  private func repeated(_ text: String) -> BinaryColumn {
    let text = Array(text.utf8)
    var column = BinaryColumn()
    column.reserve(rows: rows.count, bytes: rows.count * text.count)
    for _ in rows.indices { column.append(text[...]) }
    return column
  }
}
