import Columns
import Failures

extension Column {
  /// The column as one of `type`: as it is, or widened (int to long, float to double).
  /// Throws `.malformedInput` when the file's column is of another type.
  func promoted(to type: ColumnType) throws -> Column {
    switch (self, type) {
    case (.bool, .boolean), (.int32, .int), (.int32, .date), (.int64, .long), (.int64, .timestamptz), (.float, .float),
      (.double, .double), (.binary, .string), (.binary, .binary):
      self
    case (.int32(let column), .long):
      .int64(PrimitiveColumn(column.values.map { Int64($0) }, validity: column.validity))
    case (.float(let column), .double):
      .double(PrimitiveColumn(column.values.map { Double($0) }, validity: column.validity))
    case (.list(let column), .list(let element)):
      .list(
        ListColumn(
          offsets: column.offsets, elements: try column.elements.promoted(to: element), validity: column.validity))
    default: throw Failure.malformedInput("the file's column does not fit the table's type \(type)")
    }
  }
}

extension ColumnType {
  /// A column with one value in all rows.
  func column(repeating value: Literal, count: Int) throws -> Column {
    switch (self, value) {
    case (.boolean, .boolean(let value)): .bool(PrimitiveColumn([Bool](repeating: value, count: count)))
    case (.int, .int(let value)), (.date, .date(let value)):
      .int32(PrimitiveColumn([Int32](repeating: value, count: count)))
    case (.long, .long(let value)), (.timestamptz, .timestamptz(let value)):
      .int64(PrimitiveColumn([Int64](repeating: value, count: count)))
    case (.float, .float(let value)): .float(PrimitiveColumn([Float](repeating: value, count: count)))
    case (.double, .double(let value)): .double(PrimitiveColumn([Double](repeating: value, count: count)))
    case (.string, .string(let bytes)), (.binary, .binary(let bytes)):
      .binary(
        BinaryColumn(
          offsets: (0...count).map { $0 * bytes.count },
          bytes: Array([[UInt8]](repeating: bytes, count: count).joined())))
    default: throw Failure.malformedInput("partition value \(value) does not fit the column's type \(self)")
    }
  }
}
