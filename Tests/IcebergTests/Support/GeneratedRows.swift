import Columns
import Iceberg

/// A row whose values follow from its number: those of fields that it was written with, null in all that were added later.
struct GeneratedRow: Hashable {
  let number: Int64
  /// The ids of the fields that the table had then, at every level.
  let written: Set<Int32>
}

/// Columns of generated rows, for any schema.
struct GeneratedRows {
  let schema: Schema

  /// The columns at present of `rows`.
  func batch(_ rows: [GeneratedRow]) throws -> ColumnBatch {
    try ColumnBatch(
      schema: schema.columnSchema(), columns: schema.fields.map { Self.column($0, rows.map { .some($0) }) })
  }

  /// New rows, with values in every field.
  func rows(_ numbers: some Sequence<Int64>) -> [GeneratedRow] {
    let ids = Set(schema.allFields.map(\.id))
    return numbers.map { GeneratedRow(number: $0, written: ids) }
  }

  static func isNull(_ field: NestedField, _ row: GeneratedRow) -> Bool {
    if field.isRequired { return false }
    return !row.written.contains(field.id) || (row.number &+ Int64(field.id)) % 7 == 0
  }

  /// A small number that follows from field and row: the same in every type that the field had.
  static func number(_ field: NestedField, _ row: GeneratedRow) -> Int64 {
    field.name == "id" ? row.number : (row.number &* 31 &+ Int64(field.id) &* 7) % 100
  }

  private static func column(_ field: NestedField, _ rows: [GeneratedRow?]) -> Column {
    let present = rows.map { row in row.flatMap { isNull(field, $0) ? nil : $0 } }
    switch field.type {
    case .primitive(let type): return primitive(type, field, present)
    case .structure(let record):
      let validity = present.map { $0 != nil }
      return .structure(
        StructColumn(columns: record.fields.map { column($0, present) }, count: rows.count, validity: validity))
    case .list(let list):
      let (offsets, repeated, validity) = repeated(field, present)
      return .list(ListColumn(offsets: offsets, elements: column(list.elementField, repeated), validity: validity))
    case .map(let map):
      let (offsets, repeated, validity) = repeated(field, present)
      return .map(
        MapColumn(
          offsets: offsets, keys: column(map.keyField, repeated), values: column(map.valueField, repeated),
          validity: validity))
    }
  }

  /// None to two elements a row; those of one row have other numbers, so that keys differ.
  private static func repeated(
    _ field: NestedField, _ rows: [GeneratedRow?]
  ) -> (offsets: [Int], rows: [GeneratedRow?], validity: [Bool]) {
    var (offsets, repeated) = ([0], [GeneratedRow?]())
    for row in rows {
      if let row {
        for index in 0..<number(field, row) % 3 {
          repeated.append(GeneratedRow(number: row.number &+ index, written: row.written))
        }
      }
      offsets.append(repeated.count)
    }
    return (offsets, repeated, rows.map { $0 != nil })
  }

  private static func primitive(_ type: PrimitiveType, _ field: NestedField, _ rows: [GeneratedRow?]) -> Column {
    let numbers = rows.map { $0.map { number(field, $0) } }
    let validity = rows.map { $0 != nil }
    switch type {
    case .boolean: return .bool(PrimitiveColumn(numbers.map { ($0 ?? 0) % 2 == 1 }, validity: validity))
    case .int: return .int32(PrimitiveColumn(numbers.map { Int32($0 ?? 0) }, validity: validity))
    case .date:
      return .int32(PrimitiveColumn(numbers.map { $0.map { 20_000 + Int32($0 / 10) } ?? 0 }, validity: validity))
    case .long: return .int64(PrimitiveColumn(numbers.map { $0 ?? 0 }, validity: validity))
    case .time, .timestamp, .timestamptz:
      return .int64(PrimitiveColumn(numbers.map { ($0 ?? 0) * 3_600_000_001 % 86_400_000_000 }, validity: validity))
    case .decimal:
      return .int128(PrimitiveColumn(numbers.map { Int128($0 ?? 0) * 100 - 1 }.masked(validity), validity: validity))
    case .float: return .float(PrimitiveColumn(numbers.map { Float($0 ?? 0) / 4 }, validity: validity))
    case .double: return .double(PrimitiveColumn(numbers.map { Double($0 ?? 0) / 4 }, validity: validity))
    case .string, .binary, .uuid, .fixed:
      var column = BinaryColumn()
      for number in numbers {
        guard let number else { column.appendNull(); continue }
        column.append(bytes(number, type)[...])
      }
      return .binary(column)
    }
  }

  private static func bytes(_ number: Int64, _ type: PrimitiveType) -> [UInt8] {
    switch type {
    case .uuid: [UInt8](repeating: UInt8(number), count: 16)
    case .fixed(let length): [UInt8](repeating: UInt8(number), count: length)
    case .binary: [UInt8](repeating: UInt8(number), count: Int(number % 4))
    default: Array("text é \(number)".utf8)
    }
  }
}

extension [Int128] {
  /// Zero where there is no value, as columns have it.
  fileprivate func masked(_ validity: [Bool]) -> [Int128] { zip(self, validity).map { $1 ? $0 : 0 } }
}
