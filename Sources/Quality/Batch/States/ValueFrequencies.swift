import Columns
import Failures

/// How often each value, or combination of values, of some columns occurs.
///
/// Rows in which every column is null are left out; a null beside other values is a value of its own (Deequ's
/// `FrequencyBasedAnalyzer`). Numbers are equal as numbers: −0 is 0, and NaN is one value.
struct ValueFrequencies: MetricState {
  let columns: [String]
  private var keys = KeyCounts()

  init(columns: [String]) { self.columns = columns }

  mutating func add(_ rows: ColumnBatch) throws {
    let values = try columns.map { try rows.column($0) }
    if values.count == 1, case .binary(let texts) = values[0] {
      for row in 0..<texts.count where texts.isValid(row) {
        texts.withUnsafeBytes(row: row) { keys.add($0, times: 1) }
      }
      return
    }
    let writers = try zip(columns, values).map { name, column in try Self.writer(of: column, name) }
    var key: [UInt8] = []
    for row in 0..<rows.rowCount where values.contains(where: { $0.isValid(row) }) {
      key.removeAll(keepingCapacity: true)
      for (column, write) in zip(values, writers) {
        key.append(column.isValid(row) ? 1 : 0)
        if column.isValid(row) { write(row, &key) }
      }
      key.withUnsafeBytes { keys.add($0, times: 1) }
    }
  }

  mutating func merge(_ other: Self) { keys.add(other.keys) }

  func value(of metric: BatchMetric) -> Double? {
    let rows = Double(keys.total)
    guard rows > 0 else { return nil }
    return switch metric {
    case .uniqueness: Double(keys.onceCount) / rows
    case .distinctness: Double(keys.count) / rows
    case .uniqueValueRatio: Double(keys.onceCount) / Double(keys.count)
    default: keys.entropy
    }
  }

  /// Appends the bytes of a row's value to a key; equal values have equal bytes, and no key is the beginning of another.
  private static func writer(of column: Column, _ name: String) throws -> (Int, inout [UInt8]) -> Void {
    switch column {
    case .binary(let values):
      return { row, key in
        values.withUnsafeBytes(row: row) { bytes in
          append(UInt64(bytes.count), &key)
          key.append(contentsOf: bytes)
        }
      }
    case .bool(let values): return { row, key in key.append(values.values[row] ? 1 : 0) }
    case .int32(let values): return { row, key in append(UInt64(bitPattern: Int64(values.values[row])), &key) }
    case .int64(let values): return { row, key in append(UInt64(bitPattern: values.values[row]), &key) }
    case .float, .double:
      let numbers = try column.numbers().values
      return { row, key in
        let number = numbers[row]
        append(number.isNaN ? Double.nan.bitPattern : number == 0 ? 0 : number.bitPattern, &key)
      }
    case .int128, .list, .structure, .map:
      throw Failure.configuration("values of column \(name) cannot be counted: only texts, numbers and booleans can")
    }
  }

  private static func append(_ value: UInt64, _ key: inout [UInt8]) {
    withUnsafeBytes(of: value) { key.append(contentsOf: $0) }
  }
}
