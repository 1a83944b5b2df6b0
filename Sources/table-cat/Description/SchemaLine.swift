import Iceberg
import JSON
import Parquet

extension NestedField {
  /// The column as the specification's JSON has it.
  var line: JSONValue { json }
}

extension ParquetField {
  /// The column: field id (null where the file has none), name, type, whether every row has a value.
  var line: JSONValue {
    [
      "id": fieldID.map { .integer(Int64($0)) } ?? .null, "name": .string(name), "required": .bool(isRequired),
      "type": .string(type.text),
    ]
  }
}

extension ParquetType {
  /// The type in words.
  fileprivate var text: String {
    switch self {
    case .boolean, .int32, .int64, .float, .double, .date, .string, .binary, .int8, .int16, .uint8, .uint16, .uint32,
      .uint64, .float16, .int96, .uuid, .json, .bson:
      "\(self)"
    case .enumeration: "enum"
    case .timestampMillis(let isUTC): Self.timed("timestamp", "milliseconds", isUTC)
    case .timestampMicros(let isUTC): Self.timed("timestamp", "microseconds", isUTC)
    case .timestampNanos(let isUTC): Self.timed("timestamp", "nanoseconds", isUTC)
    case .timeMillis(let isUTC): Self.timed("time", "milliseconds", isUTC)
    case .timeMicros(let isUTC): Self.timed("time", "microseconds", isUTC)
    case .timeNanos(let isUTC): Self.timed("time", "nanoseconds", isUTC)
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .fixed(let length): "fixed[\(length)]"
    case .list(let element): "list<\(element.type.text)>"
    case .map(let key, let value): "map<\(key.type.text), \(value.type.text)>"
    case .group(let fields): "struct<\(fields.map { "\($0.name): \($0.type.text)" }.joined(separator: ", "))>"
    }
  }

  private static func timed(_ kind: String, _ unit: String, _ isUTC: Bool) -> String {
    "\(kind)(\(unit)\(isUTC ? ", UTC" : ""))"
  }
}
