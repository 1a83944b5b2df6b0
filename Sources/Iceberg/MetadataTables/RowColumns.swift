import Columns

/// Columns made of one value a row.
enum RowColumns {
  static func ints(_ values: [Int32?]) -> Column {
    var column = PrimitiveColumn<Int32>()
    for value in values { column.append(value) }
    return .int32(column)
  }

  static func longs(_ values: [Int64?]) -> Column {
    var column = PrimitiveColumn<Int64>()
    for value in values { column.append(value) }
    return .int64(column)
  }

  static func counts(_ values: [Int?]) -> Column { longs(values.map { $0.map { Int64($0) } }) }

  static func bools(_ values: [Bool?]) -> Column {
    var column = PrimitiveColumn<Bool>()
    for value in values { column.append(value) }
    return .bool(column)
  }

  static func texts(_ values: [String?]) -> Column { .binary(BinaryColumn(values)) }

  static func bytes(_ values: [[UInt8]?]) -> Column {
    var column = BinaryColumn()
    for value in values {
      if let value { column.append(value[...]) } else { column.appendNull() }
    }
    return .binary(column)
  }

  /// Lists; `column` makes the column of all elements.
  static func lists<Element>(_ rows: [[Element]?], _ column: ([Element]) throws -> Column) rethrows -> Column {
    let (offsets, validity) = layout(rows)
    return .list(ListColumn(offsets: offsets, elements: try column(rows.flatMap { $0 ?? [] }), validity: validity))
  }

  /// Maps, as lists of pairs.
  static func maps<Key, Value>(
    _ rows: [[(Key, Value)]?], _ keys: ([Key]) -> Column, _ values: ([Value]) -> Column
  ) -> Column {
    let (offsets, validity) = layout(rows)
    let entries = rows.flatMap { $0 ?? [] }
    return .map(
      MapColumn(offsets: offsets, keys: keys(entries.map(\.0)), values: values(entries.map(\.1)), validity: validity))
  }

  private static func layout<Element>(_ rows: [[Element]?]) -> (offsets: [Int], validity: [Bool]?) {
    var offsets = [0]
    for row in rows { offsets.append((offsets.last ?? 0) + (row?.count ?? 0)) }
    return (offsets, rows.contains { $0 == nil } ? rows.map { $0 != nil } : nil)
  }
}
