import Columns

/// The rows of the example.
enum Readings {
  /// As the table was created.
  static func first() throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("sensor", .string), ColumnField("day", .date), ColumnField("celsius", .float),
      ]),
      columns: [
        .binary(BinaryColumn(["attic", "cellar", "attic"])),
        .int32(PrimitiveColumn([20_000, 20_000, 20_001])),
        .float(PrimitiveColumn([21.5, 0, 24.25], validity: [true, false, true])),
      ])
  }

  /// After its schema was changed.
  static func later() throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("station", .string), ColumnField("day", .date), ColumnField("celsius", .double),
        ColumnField("humidity", .double),
      ]),
      columns: [
        .binary(BinaryColumn(["cellar", "attic"])), .int32(PrimitiveColumn([20_002, 20_002])),
        .double(PrimitiveColumn([11.125, 19])), .double(PrimitiveColumn([0.75, 0.5])),
      ])
  }
}

extension ColumnBatch {
  /// A row as `name=value` for people.
  func text(_ row: Int) -> String {
    zip(schema.fields, columns).map { "\($0.name)=\($1.text(row))" }.joined(separator: " ")
  }
}

extension Column {
  fileprivate func text(_ row: Int) -> String {
    guard isValid(row) else { return "null" }
    return switch self {
    case .int32(let column): "\(column.values[row])"
    case .float(let column): "\(column.values[row])"
    case .double(let column): "\(column.values[row])"
    case .binary(let column): column.string(row) ?? "null"
    default: "…"
    }
  }
}
