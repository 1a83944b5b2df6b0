import Columns

extension ParquetField {
  /// The column with decimals in the form that they are stored in: numbers of 32 or 64 bits, or big-endian bytes.
  ///
  /// Precondition: `check` has found it good.
  func stored(_ column: Column) -> Column {
    guard hasDecimals else { return column }
    switch (type, column) {
    case (.decimal(let precision, _), .int128(let column)): return Self.stored(column, precision)
    case (.group(let fields), .structure(let column)):
      return .structure(
        StructColumn(
          columns: zip(fields, column.columns).map { $0.stored($1) }, count: column.count, validity: column.validity))
    case (.list(let element), .list(let column)):
      return .list(
        ListColumn(offsets: column.offsets, elements: element.stored(column.elements), validity: column.validity))
    case (.map(let key, let value), .map(let column)):
      return .map(
        MapColumn(
          offsets: column.offsets, keys: key.stored(column.keys), values: value.stored(column.values),
          validity: column.validity))
    default: return column
    }
  }

  private var hasDecimals: Bool {
    switch type {
    case .decimal: true
    case .group(let fields): fields.contains { $0.hasDecimals }
    case .list(let element): element.hasDecimals
    case .map(let key, let value): key.hasDecimals || value.hasDecimals
    default: false
    }
  }

  private static func stored(_ column: PrimitiveColumn<Int128>, _ precision: Int) -> Column {
    switch ParquetType.decimal(precision: precision, scale: 0).storage {
    case (.int32, _)?:
      return .int32(PrimitiveColumn(column.values.map { Int32(truncatingIfNeeded: $0) }, validity: column.validity))
    case (.int64, _)?:
      return .int64(PrimitiveColumn(column.values.map { Int64(truncatingIfNeeded: $0) }, validity: column.validity))
    case let storage:
      let width = storage?.length ?? MemoryLayout<Int128>.size
      return .binary(bytes(column, width))
    }
  }

  private static func bytes(_ column: PrimitiveColumn<Int128>, _ width: Int) -> BinaryColumn {
    var bytes: [UInt8] = []
    var offsets = [0]
    bytes.reserveCapacity(column.count * width)
    offsets.reserveCapacity(column.count + 1)
    for row in 0..<column.count {
      if column.isValid(row) { BigEndian.append(column.values[row], width: width, to: &bytes) }
      offsets.append(bytes.count)
    }
    return BinaryColumn(offsets: offsets, bytes: bytes, validity: column.validity)
  }
}
