import CSQLite
import Columns

/// A column's buffers, from which SQLite reads values without a copy.
///
/// Invariant: the addresses are valid only inside `Column.withPinned`, and hold a value (a first and last offset) for each row.
enum PinnedColumn {
  /// Whether each row has a value; nil when all have.
  typealias Validity = UnsafePointer<Bool>?

  /// No expression reads it.
  case unread
  case bool(UnsafePointer<Bool>, Validity)
  case int32(UnsafePointer<Int32>, Validity)
  case int64(UnsafePointer<Int64>, Validity)
  case float(UnsafePointer<Float>, Validity)
  case double(UnsafePointer<Double>, Validity)
  case text(UnsafePointer<UInt8>, UnsafePointer<Int>, Validity)
  case blob(UnsafePointer<UInt8>, UnsafePointer<Int>, Validity)

  /// Makes the value of `row` the result of `xColumn`; without a result it is NULL.
  func report(_ row: Int, to context: OpaquePointer?) {
    switch self {
    case .unread: break
    case .bool(let values, let valid):
      if valid?[row] ?? true { sqlite3_result_int(context, values[row] ? 1 : 0) }
    case .int32(let values, let valid):
      if valid?[row] ?? true { sqlite3_result_int(context, values[row]) }
    case .int64(let values, let valid):
      if valid?[row] ?? true { sqlite3_result_int64(context, values[row]) }
    case .float(let values, let valid):
      if valid?[row] ?? true { sqlite3_result_double(context, Double(values[row])) }
    case .double(let values, let valid):
      if valid?[row] ?? true { sqlite3_result_double(context, values[row]) }
    case .text(let bytes, let offsets, let valid):
      guard valid?[row] ?? true else { return }
      // No destructor (SQLITE_STATIC): the bytes outlive the statement's run.
      bytes.withMemoryRebound(to: CChar.self, capacity: offsets[row + 1]) { bytes in
        sqlite3_result_text64(
          context, bytes + offsets[row], UInt64(offsets[row + 1] - offsets[row]), nil, UInt8(SQLITE_UTF8))
      }
    case .blob(let bytes, let offsets, let valid):
      guard valid?[row] ?? true else { return }
      sqlite3_result_blob64(context, bytes + offsets[row], UInt64(offsets[row + 1] - offsets[row]), nil)
    }
  }
}

extension Column {
  /// Calls `body` with the buffers; `unread` for a column without rows and for types that SQL does not know.
  func withPinned(isText: Bool, _ body: (PinnedColumn) -> Void) {
    withPinned(validity) { valid in
      switch self {
      case .bool(let column): column.withPinned { body($0.map { .bool($0, valid) } ?? .unread) }
      case .int32(let column): column.withPinned { body($0.map { .int32($0, valid) } ?? .unread) }
      case .int64(let column): column.withPinned { body($0.map { .int64($0, valid) } ?? .unread) }
      case .float(let column): column.withPinned { body($0.map { .float($0, valid) } ?? .unread) }
      case .double(let column): column.withPinned { body($0.map { .double($0, valid) } ?? .unread) }
      case .binary(let column):
        column.withPinned { bytes, offsets in
          guard let offsets else { return body(.unread) }
          body(isText ? .text(bytes, offsets, valid) : .blob(bytes, offsets, valid))
        }
      case .int128, .list, .structure, .map: body(.unread)
      }
    }
  }

  private func withPinned(_ validity: [Bool]?, _ body: (PinnedColumn.Validity) -> Void) {
    guard let validity else { return body(nil) }
    validity.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

extension PrimitiveColumn {
  fileprivate func withPinned(_ body: (UnsafePointer<Value>?) -> Void) {
    values.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

extension BinaryColumn {
  /// A column of empty values has no bytes, but SQLite takes a null pointer for NULL.
  fileprivate func withPinned(_ body: (_ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<Int>?) -> Void) {
    offsets.withUnsafeBufferPointer { offsets in
      bytes.withUnsafeBufferPointer { bytes in
        body(bytes.baseAddress ?? emptyBytes.assumingMemoryBound(to: UInt8.self), offsets.baseAddress)
      }
    }
  }
}
