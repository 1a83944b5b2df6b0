/// Zeros in bounds of floating-point columns.
///
/// "If the min is +0, the row group may contain -0 values as well": a zero minimum is widened to -0.0, a zero maximum to
/// +0.0. https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`ColumnOrder`)
enum FloatingZero {
  /// A lower bound, -0.0 where it was a zero.
  static func lower(_ bytes: [UInt8], _ type: PhysicalType) -> [UInt8] {
    guard isZero(bytes, type), let last = bytes.indices.last else { return bytes }
    var copy = bytes
    copy[last] = 0x80
    return copy
  }

  /// An upper bound, +0.0 where it was a zero.
  static func upper(_ bytes: [UInt8], _ type: PhysicalType) -> [UInt8] {
    isZero(bytes, type) ? [UInt8](repeating: 0, count: bytes.count) : bytes
  }

  private static func isZero(_ bytes: [UInt8], _ type: PhysicalType) -> Bool {
    guard type == .float || type == .double, let last = bytes.last else { return false }
    return bytes.dropLast().allSatisfy { $0 == 0 } && last & 0x7f == 0
  }
}
