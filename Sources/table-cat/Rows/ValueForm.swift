import Columns
import Parquet

/// How the values of a column are written: Iceberg's JSON single-value serialization
/// (<https://iceberg.apache.org/spec/#json-single-value-serialization>), but non-finite numbers as strings, since JSON
/// has none.
indirect enum ValueForm: Hashable {
  /// `true`.
  case boolean
  /// Digits: integers, and floating-point numbers in their shortest form.
  case number
  /// A 64-bit column of the same bits, written without sign.
  case unsigned
  /// `"2024-01-01"`.
  case date
  /// `"12:00:00.000001"`.
  case time
  /// `"2024-01-01T00:00:00.000001"`, with `+00:00` when it is a point in time.
  case timestamp(isUTC: Bool)
  /// A string.
  case text
  /// Two digits a byte.
  case hex
  /// `"f79c3e09-677c-4bbd-a479-3f349cb785e7"`.
  case uuid
  /// `"123.45"`.
  case decimal(scale: Int)
  /// `[…]`.
  case list(ValueForm)
  /// `{"name": …}`.
  case structure([Member])
  /// `[[key, value], …]`, sorted by the text of the keys.
  case map(key: ValueForm, value: ValueForm)

  /// A field of a structure.
  struct Member: Hashable {
    let name: String
    let form: ValueForm
  }

  /// The form of a batch's column.
  init(_ type: ColumnType) {
    switch type {
    case .boolean: self = .boolean
    case .int, .long, .float, .double: self = .number
    case .date: self = .date
    case .timestamptz: self = .timestamp(isUTC: true)
    case .timestamp: self = .timestamp(isUTC: false)
    case .time: self = .time
    case .decimal(_, let scale): self = .decimal(scale: scale)
    case .uuid: self = .uuid
    case .string: self = .text
    case .binary, .fixed: self = .hex
    case .list(let element): self = .list(ValueForm(element))
    case .structure(let fields): self = .structure(fields.map { Member(name: $0.name, form: ValueForm($0.type)) })
    case .map(let key, let value): self = .map(key: ValueForm(key), value: ValueForm(value))
    }
  }

  /// The form of a Parquet file's column.
  init(_ field: ParquetField) {
    switch field.type {
    case .boolean: self = .boolean
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .float16, .float, .double: self = .number
    case .uint64: self = .unsigned
    case .date: self = .date
    case .timeMillis, .timeMicros, .timeNanos: self = .time
    case .timestampMillis(let isUTC), .timestampMicros(let isUTC), .timestampNanos(let isUTC):
      self = .timestamp(isUTC: isUTC)
    case .int96: self = .timestamp(isUTC: true)
    case .string, .json, .enumeration: self = .text
    case .binary, .bson, .fixed: self = .hex
    case .uuid: self = .uuid
    case .decimal(_, let scale): self = .decimal(scale: scale)
    case .list(let element): self = .list(ValueForm(element))
    case .group(let fields): self = .structure(fields.map { Member(name: $0.name, form: ValueForm($0)) })
    case .map(let key, let value): self = .map(key: ValueForm(key), value: ValueForm(value))
    }
  }
}
