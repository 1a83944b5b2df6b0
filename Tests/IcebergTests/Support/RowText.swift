import Columns
import Hashing
import Iceberg
import JSON

/// Rows as text that can be compared: the row form of the fixtures (Iceberg's single-value JSON for scalars, a structure as object by
/// name, a map as list of pairs sorted by key).
struct RowText {
  private let fields: [ColumnField]

  init(_ fields: [ColumnField]) { self.fields = fields }

  /// Our rows, sorted.
  func lines(_ batch: ColumnBatch) -> [String] {
    (0..<batch.rowCount).map { row in
      zip(fields, batch.columns).map { Self.text($1, row, $0.type) }.joined(separator: "|")
    }
    .sorted()
  }

  /// The rows of a file of JSON lines, sorted; columns that are not ours are left out.
  func lines(json bytes: [UInt8]) throws -> [String] {
    lines(rows: try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue.parse(Array($0)) })
  }

  /// The same for rows that are parsed.
  func lines(rows: [JSONValue]) -> [String] {
    rows.map { row in fields.map { Self.text(row[$0.name] ?? .null, $0.type) }.joined(separator: "|") }.sorted()
  }

  private static func text(_ value: JSONValue, _ type: ColumnType) -> String {
    switch (type, value) {
    case (_, .null): "null"
    case (.float, _): Float(value.string.map(lower) ?? value.description).map { $0.description } ?? "?"
    case (.double, _): Double(value.string.map(lower) ?? value.description).map { $0.description } ?? "?"
    case (.list(let element), .array(let values)): "[" + values.map { text($0, element) }.joined(separator: ",") + "]"
    case (.structure(let fields), .object(let object)):
      "{" + fields.map { "\($0.name):" + text(object[$0.name] ?? .null, $0.type) }.joined(separator: ",") + "}"
    case (.map(let key, let element), .array(let pairs)):
      map(pairs.map { (text($0.array?.first ?? .null, key), text($0.array?.last ?? .null, element)) })
    case (_, .string(let text)): text
    default: value.description
    }
  }

  private static func map(_ pairs: [(String, String)]) -> String {
    "<" + pairs.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: ",") + ">"
  }

  private static func lower(_ text: String) -> String { text == "NaN" ? "nan" : text.lowercased() }

  private static func text(_ column: Column, _ row: Int, _ type: ColumnType) -> String {
    guard column.isValid(row) else { return "null" }
    switch (column, type) {
    case (.bool(let column), _): return String(column.values[row])
    case (.int32(let column), .date): return CivilDate(daysSinceEpoch: Int64(column.values[row])).text
    case (.int32(let column), _): return String(column.values[row])
    case (.int64(let column), .timestamptz): return TimeText.timestamp(column.values[row]) + "+00:00"
    case (.int64(let column), .timestamp): return TimeText.timestamp(column.values[row])
    case (.int64(let column), .time): return TimeText.clock(column.values[row])
    case (.int64(let column), _): return String(column.values[row])
    case (.int128(let column), .decimal(_, let scale)): return decimal(column.values[row], scale)
    case (.float(let column), _): return column.values[row].description
    case (.double(let column), _): return column.values[row].description
    case (.binary(let column), .binary), (.binary(let column), .fixed): return Hexadecimal.encode(column[row] ?? [])
    case (.binary(let column), .uuid): return uuid(Hexadecimal.encode(column[row] ?? []))
    case (.binary(let column), _): return column.string(row) ?? "null"
    default: return nested(column, row, type)
    }
  }

  private static func nested(_ column: Column, _ row: Int, _ type: ColumnType) -> String {
    switch (column, type) {
    case (.list(let column), .list(let element)):
      "[" + column.range(row).map { text(column.elements, $0, element) }.joined(separator: ",") + "]"
    case (.structure(let column), .structure(let fields)):
      "{" + zip(fields, column.columns).map { "\($0.name):" + text($1, row, $0.type) }.joined(separator: ",") + "}"
    case (.map(let column), .map(let key, let element)):
      map(column.range(row).map { (text(column.keys, $0, key), text(column.values, $0, element)) })
    default: "?"
    }
  }

  private static func decimal(_ value: Int128, _ scale: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let point = scale == 0 ? "" : "." + padded.suffix(scale)
    return (value < 0 ? "-" : "") + padded.dropLast(scale) + point
  }

  private static func uuid(_ digits: String) -> String {
    var rest = digits[...]
    return [8, 4, 4, 4, 12].map { count in
      defer { rest = rest.dropFirst(count) }
      return String(rest.prefix(count))
    }
    .joined(separator: "-")
  }
}

/// Times as the fixtures write them, with six digits of the second.
private enum TimeText {
  static func timestamp(_ micros: Int64) -> String {
    let day: Int64 = 86_400_000_000
    var days = micros / day
    if micros % day < 0 { days -= 1 }
    return "\(CivilDate(daysSinceEpoch: days).text)T\(clock(micros - days * day))"
  }

  static func clock(_ micros: Int64) -> String {
    let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(clock).\(padded(fraction, 6))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
  }
}
