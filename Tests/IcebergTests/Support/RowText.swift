import Columns
import Hashing
import Iceberg
import JSON

/// Rows as text that can be compared: the row form of the fixtures (Iceberg's single-value JSON for scalars).
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
    try bytes.split(separator: UInt8(ascii: "\n")).map { line in
      let row = try JSONValue.parse(Array(line))
      return fields.map { Self.text(row[$0.name] ?? .null, $0.type) }.joined(separator: "|")
    }
    .sorted()
  }

  private static func text(_ value: JSONValue, _ type: ColumnType) -> String {
    switch (type, value) {
    case (_, .null): "null"
    case (.float, _): Float(value.string.map(lower) ?? value.description).map { $0.description } ?? "?"
    case (.double, _): Double(value.string.map(lower) ?? value.description).map { $0.description } ?? "?"
    case (.list(let element), .array(let values)): "[" + values.map { text($0, element) }.joined(separator: ",") + "]"
    case (_, .string(let text)): text
    default: value.description
    }
  }

  private static func lower(_ text: String) -> String { text == "NaN" ? "nan" : text.lowercased() }

  private static func text(_ column: Column, _ row: Int, _ type: ColumnType) -> String {
    guard column.isValid(row) else { return "null" }
    switch (column, type) {
    case (.bool(let column), _): return String(column.values[row])
    case (.int32(let column), .date): return CivilDate(daysSinceEpoch: Int64(column.values[row])).text
    case (.int32(let column), _): return String(column.values[row])
    case (.int64(let column), .timestamptz): return timestamp(column.values[row])
    case (.int64(let column), _): return String(column.values[row])
    case (.float(let column), _): return column.values[row].description
    case (.double(let column), _): return column.values[row].description
    case (.binary(let column), .binary): return Hexadecimal.encode(column[row] ?? [])
    case (.binary(let column), _): return column.string(row) ?? "null"
    case (.list(let column), .list(let element)):
      return "[" + column.range(row).map { text(column.elements, $0, element) }.joined(separator: ",") + "]"
    default: return "?"
    }
  }

  private static func timestamp(_ micros: Int64) -> String {
    let day: Int64 = 86_400_000_000
    var days = micros / day
    if micros % day < 0 { days -= 1 }
    let rest = micros - days * day
    func padded(_ number: Int64, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(CivilDate(daysSinceEpoch: days).text)T\(clock).\(padded(fraction, 6))+00:00"
  }
}
