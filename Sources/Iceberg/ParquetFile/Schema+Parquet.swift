public import Parquet

extension Schema {
  /// A Parquet file's fields as a table would have them, with fresh ids: what filters of such a file are written against. Unsigned 64-bit
  /// integers become decimals without fraction, times of all units microseconds, an INT96 a point in time.
  ///
  /// Throws `.malformedInput` where two fields of a group have the same name, `.limitExceeded`.
  public init(_ schema: ParquetSchema) throws {
    var ids = FreshFieldIDs(after: 0)
    try self.init(fields: ids.assign(schema.fields.map { NestedField($0) }))
  }
}

extension NestedField {
  fileprivate init(_ field: ParquetField) {
    self.init(id: 0, name: field.name, type: IcebergType(field.type), isRequired: field.isRequired)
  }
}

extension IcebergType {
  fileprivate init(_ type: ParquetType) {
    switch type {
    case .list(let element):
      self = .list(ListType(elementID: 0, element: IcebergType(element.type), isElementRequired: element.isRequired))
    case .map(let key, let value):
      self = .map(
        MapType(
          keyID: 0, key: IcebergType(key.type), valueID: 0, value: IcebergType(value.type),
          isValueRequired: value.isRequired))
    case .group(let fields): self = .structure(StructType(fields.map { NestedField($0) }))
    default: self = .primitive(PrimitiveType(reading: type) ?? .binary)
    }
  }
}

extension PrimitiveType {
  /// The type that values of a Parquet type are read as; nil for one with parts.
  package init?(reading type: ParquetType) {
    switch type {
    case .boolean: self = .boolean
    case .int8, .int16, .int32, .uint8, .uint16: self = .int
    case .int64, .uint32: self = .long
    case .uint64: self = .decimal(precision: 20, scale: 0)
    case .float16, .float: self = .float
    case .double: self = .double
    case .date: self = .date
    case .timeMillis, .timeMicros, .timeNanos: self = .time
    case .timestampMillis(let isUTC), .timestampMicros(let isUTC), .timestampNanos(let isUTC):
      self = isUTC ? .timestamptz : .timestamp
    case .int96: self = .timestamptz
    case .string, .json, .enumeration: self = .string
    case .binary, .bson: self = .binary
    case .fixed(let length): self = .fixed(length)
    case .uuid: self = .uuid
    case .decimal(let precision, let scale): self = .decimal(precision: precision, scale: scale)
    case .list, .map, .group: return nil
    }
  }
}
