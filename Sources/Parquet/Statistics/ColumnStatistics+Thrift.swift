/// `Statistics` as it is on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`Statistics`)
struct RawStatistics {
  private var nullCount: Int64?
  private var min: [UInt8]?
  private var max: [UInt8]?
  private var deprecatedMin: [UInt8]?
  private var deprecatedMax: [UInt8]?
  private var isMinExact: Bool?
  private var isMaxExact: Bool?

  init(_ reader: inout CompactReader, _ field: CompactReader.Field) throws {
    try reader.structure(field) { reader, field in
      switch field.id {
      case 1: deprecatedMax = try reader.binary(field)
      case 2: deprecatedMin = try reader.binary(field)
      case 3: nullCount = try reader.int64(field)
      case 5: max = try reader.binary(field)
      case 6: min = try reader.binary(field)
      case 7: isMaxExact = try reader.bool(field)
      case 8: isMinExact = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
  }

  /// What may be believed: bounds of the right length and no NaN; without column orders, and of the deprecated bounds, only
  /// those of types whose order was never in doubt.
  func checked(_ leaf: LeafColumn, hasColumnOrders: Bool) -> ColumnStatistics {
    let order = ValueOrder(leaf)
    let isUsable = order.isDefined && (hasColumnOrders || order.isSigned)
    let lower = isUsable ? min ?? (order.isSigned ? deprecatedMin : nil) : nil
    let upper = isUsable ? max ?? (order.isSigned ? deprecatedMax : nil) : nil
    return ColumnStatistics(
      nullCount: nullCount.flatMap { $0 >= 0 ? $0 : nil }, nanCount: nil,
      min: lower.flatMap { order.isBound($0) ? FloatingZero.lower($0, leaf.physicalType) : nil },
      max: upper.flatMap { order.isBound($0) ? FloatingZero.upper($0, leaf.physicalType) : nil },
      isMinExact: isMinExact ?? true, isMaxExact: isMaxExact ?? true)
  }
}

extension ColumnStatistics {
  /// Writes `Statistics` with bounds of at most about `limit` bytes. The deprecated bounds are never written.
  func write(to writer: inout CompactWriter, _ leaf: LeafColumn, limit: Int) {
    let truncation = BoundTruncation(leaf.type, limit: limit)
    let lower = min.map { truncation.lower($0) }
    let upper = max.flatMap { truncation.upper($0) }
    if let nullCount { writer.field(3, int64: nullCount) }
    if let upper { writer.field(5, binary: upper) }
    if let lower { writer.field(6, binary: lower) }
    if let upper { writer.field(7, bool: isMaxExact && upper == max) }
    if let lower { writer.field(8, bool: isMinExact && lower == min) }
  }
}
