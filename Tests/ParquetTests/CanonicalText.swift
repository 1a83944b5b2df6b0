import Columns
import Parquet

/// A column as text, one row a line, the same as `PythonScript` prints: floats as bits, strings and binaries in hex.
func canonicalText(_ column: Column) -> String {
  var text = ""
  for row in 0..<column.count { text += canonicalText(column, row) + "\n" }
  return text
}

private func canonicalText(_ column: Column, _ row: Int) -> String {
  guard column.isValid(row) else { return "null" }
  switch column {
  case .bool(let column): return column.values[row] ? "true" : "false"
  case .int32(let column): return String(column.values[row])
  case .int64(let column): return String(column.values[row])
  case .int128(let column): return String(column.values[row])
  case .float(let column):
    return column.values[row].isNaN ? "nan" : "f" + String(column.values[row].bitPattern, radix: 16)
  case .double(let column):
    return column.values[row].isNaN ? "nan" : "d" + String(column.values[row].bitPattern, radix: 16)
  case .binary(let column): return "x" + (column[row] ?? []).map { hex[Int($0)] }.joined()
  case .list(let column):
    return "[" + column.range(row).map { canonicalText(column.elements, $0) }.joined(separator: ",") + "]"
  case .structure(let column):
    return "{" + column.columns.map { canonicalText($0, row) }.joined(separator: ",") + "}"
  case .map(let column):
    return "<"
      + column.range(row).map { canonicalText(column.keys, $0) + ":" + canonicalText(column.values, $0) }
      .joined(separator: ",") + ">"
  }
}

private let hex: [String] = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
