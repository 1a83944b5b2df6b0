import Columns

/// The rows of a batch by the bytes of their key.
struct KeyedRows {
  private let columns: [Column]
  private var table = ByteKeyTable()
  /// For each key number the first row that has it.
  private var rows: [Int] = [-1]

  /// Indexes `batch` by the columns called `names`. Throws `.notFound` where one is missing.
  init(_ batch: ColumnBatch, key names: [String]) throws {
    columns = try names.map { try batch.column($0) }
    for row in 0..<batch.rowCount {
      let number = Self.bytes(columns, row).withUnsafeBytes { table.number(of: $0) }
      if Int(number) == rows.count { rows.append(row) }
    }
  }

  /// The row with the same key as `row` of the other batch, whose columns `others` are in the order of `names`.
  func row(like row: Int, of others: [Column]) -> Int? {
    Self.bytes(others, row).withUnsafeBytes { table.find($0) }.map { rows[Int($0)] }
  }

  /// Each part with its length in front, so that no two keys have the same bytes.
  static func bytes(_ columns: [Column], _ row: Int) -> [UInt8] {
    var key: [UInt8] = []
    for column in columns {
      guard column.isValid(row) else {
        key.append(0)
        continue
      }
      key.append(1)
      switch column {
      case .binary(let values):
        let slice = values.bytes[values.offsets[row]..<values.offsets[row + 1]]
        append(UInt64(slice.count), to: &key)
        key.append(contentsOf: slice)
      case .int64(let values): append(UInt64(bitPattern: values.values[row]), to: &key)
      case .int32(let values): append(UInt64(UInt32(bitPattern: values.values[row])), to: &key)
      case .bool(let values): key.append(values.values[row] ? 1 : 0)
      case .double(let values): append(values.values[row].bitPattern, to: &key)
      case .float(let values): append(UInt64(values.values[row].bitPattern), to: &key)
      case .int128, .list, .structure, .map: break  // no key has one
      }
    }
    return key
  }

  private static func append(_ value: UInt64, to key: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { key.append(contentsOf: $0) }
  }
}
