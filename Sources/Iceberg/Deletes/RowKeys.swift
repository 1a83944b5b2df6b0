import Columns
import Failures

/// The values of some columns of a row as bytes that are equal just where the values are: null equals null, NaN equals NaN.
struct RowKeys {
  private let columns: [Column]

  /// Throws `.malformedInput` for a column that has no single value a row.
  init(_ columns: [Column]) throws {
    for column in columns {
      switch column {
      case .list, .structure, .map: throw Failure.malformedInput("deletes compare a nested column")
      default: break
      }
    }
    self.columns = columns
  }

  /// The key of a row.
  func key(_ row: Int) -> [UInt8] {
    var key: [UInt8] = []
    for column in columns {
      guard column.isValid(row) else {
        key.append(0)
        continue
      }
      key.append(1)
      append(column, row, to: &key)
    }
    return key
  }

  private func append(_ column: Column, _ row: Int, to key: inout [UInt8]) {
    switch column {
    case .bool(let column): key.append(column.values[row] ? 1 : 0)
    case .int32(let column): append(column.values[row], to: &key)
    case .int64(let column): append(column.values[row], to: &key)
    case .int128(let column): append(column.values[row], to: &key)
    case .float(let column):
      append(column.values[row].isNaN ? Float.nan.bitPattern : column.values[row].bitPattern, to: &key)
    case .double(let column):
      append(column.values[row].isNaN ? Double.nan.bitPattern : column.values[row].bitPattern, to: &key)
    case .binary(let column):
      let bytes = column[row] ?? []
      append(bytes.count, to: &key)
      key.append(contentsOf: bytes)
    case .list, .structure, .map: break
    }
  }

  private func append(_ value: some FixedWidthInteger, to key: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { key.append(contentsOf: $0) }
  }
}
