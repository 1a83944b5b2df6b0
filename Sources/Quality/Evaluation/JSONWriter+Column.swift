package import Columns
package import JSON

extension JSONWriter {
  /// Writes a value of a column: times as their numbers, lists as arrays; null for what is null, for what JSON does not have (NaN, infinities)
  /// and for decimals, structures and maps, which no table of ours has.
  package mutating func value(_ column: Column, _ row: Int) {
    guard column.isValid(row) else { return null() }
    switch column {
    case .bool(let values): bool(values.values[row])
    case .int32(let values): integer(Int64(values.values[row]))
    case .int64(let values): integer(values.values[row])
    case .float(let values): fraction(Double(values.values[row]))
    case .double(let values): fraction(values.values[row])
    case .binary(let values): string(values.string(row) ?? "")
    case .list(let lists):
      beginArray()
      for element in lists.range(row) { value(lists.elements, element) }
      endArray()
    case .int128, .structure, .map: null()
    }
  }

  private mutating func fraction(_ value: Double) {
    if let value = JSONNumber(value) { number(value) } else { null() }
  }
}
