/// Bounds and counts of one column chunk.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`Statistics`). Bounds are the
/// PLAIN encoding of one value without a length: booleans one byte, numbers little-endian, strings and binaries their bytes.
/// No NaN is ever in them; a zero minimum of a floating-point column is -0.0 and a zero maximum +0.0.
public struct ColumnStatistics: Sendable, Equatable {
  /// The number of nulls (for lists: also of null and empty lists); nil where the writer did not say.
  public let nullCount: Int64?
  /// The number of NaNs of a floating-point column. The format does not store it: known only of files just written.
  public let nanCount: Int64?
  /// A value that none is below; nil where there is none or the writer did not say.
  public let min: [UInt8]?
  /// A value that none is above; nil where there is none or the writer did not say.
  public let max: [UInt8]?
  /// Whether `min` is a value of the column, not a shortened one.
  public let isMinExact: Bool
  /// Whether `max` is a value of the column, not a shortened one.
  public let isMaxExact: Bool
}
