import Bytes
import Columns
import Compression
import Failures

/// One column of one row group to be decoded.
struct ColumnJob {
  let field: ParquetField
  let leaf: LeafColumn
  let codec: CompressionCodec
  let plan: ChunkPlan
  /// The number of values and nulls of the whole chunk; nil when only some pages are read.
  let slotCount: Int?

  /// Decodes the fetched bytes and picks the selected rows.
  func decode(_ parts: [[UInt8]], _ selection: RowSelection?, _ limits: ReaderLimits) throws -> Column {
    let column =
      switch leaf.physicalType {
      case .boolean: try decode(parts, limits, BoolVector.self)
      case .int32: try decode(parts, limits, FixedVector<Int32>.self)
      case .int64: try decode(parts, limits, FixedVector<Int64>.self)
      case .float: try decode(parts, limits, FixedVector<Float>.self)
      case .double: try decode(parts, limits, FixedVector<Double>.self)
      case .byteArray, .fixedLengthByteArray, .int96: try decode(parts, limits, BinaryVector.self)
      }
    guard let selection, let positions = selection.positions(in: plan.rows) else { return column }
    return column.gathering(positions)
  }

  private func decode<Vector: ValueVector>(
    _ parts: [[UInt8]], _ limits: ReaderLimits, _ type: Vector.Type
  ) throws -> Column {
    var decoder = ColumnDecoder<Vector>(leaf, codec, limits)
    for part in parts {
      try part.withUnsafeBytes { bytes in
        var cursor = ByteCursor(bytes)
        // Bytes after the last value are padding of the writer's.
        while !cursor.isAtEnd, slotCount.map({ decoder.slotCount < $0 }) ?? true { try decoder.decodePage(&cursor) }
      }
    }
    if let slotCount, decoder.slotCount != slotCount {
      throw Failure.malformedInput("\(decoder.slotCount) values in the pages, \(slotCount) in the footer")
    }
    let expected = plan.rows.reduce(0) { $0 + $1.count }
    guard decoder.rowCount == expected else {
      throw Failure.malformedInput("\(decoder.rowCount) rows in the pages, \(expected) expected")
    }
    return try decoder.column(leaf, field)
  }
}

extension Column {
  /// A column without rows, of the physical form that `field` is read as. Throws `.unsupported` for nested fields.
  static func empty(_ field: ParquetField) throws(Failure) -> Column {
    switch field.type {
    case .boolean: return .bool(PrimitiveColumn())
    case .int8, .int16, .int32, .uint8, .uint16, .date: return .int32(PrimitiveColumn())
    case .int64, .uint32, .uint64, .timestampMicros, .timestampMillis, .timestampNanos, .int96, .timeMillis,
      .timeMicros, .timeNanos:
      return .int64(PrimitiveColumn())
    case .float, .float16: return .float(PrimitiveColumn())
    case .double: return .double(PrimitiveColumn())
    case .string, .binary, .uuid, .fixed, .json, .bson, .enumeration: return .binary(BinaryColumn())
    case .list(let element): return .list(ListColumn(offsets: [0], elements: try empty(element)))
    case .decimal, .group, .map: throw .unsupported("field \(field.name) of type \(field.type)")
    }
  }
}
