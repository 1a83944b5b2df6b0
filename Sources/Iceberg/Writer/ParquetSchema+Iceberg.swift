import Parquet

extension ParquetSchema {
  /// The stored form of a table's schema (specification, Appendix A, "Parquet": <https://iceberg.apache.org/spec/#parquet>).
  init(_ schema: Schema) throws {
    try self.init(name: "table", fields: schema.fields.map { ParquetField($0) })
  }
}

extension ParquetField {
  init(_ field: NestedField) {
    self.init(field.name, ParquetType(field.type), fieldID: field.id, isRequired: field.isRequired)
  }
}

extension ParquetType {
  /// The stored type. Ids are on elements, keys and values, not on the group between.
  init(_ type: IcebergType) {
    switch type {
    case .primitive(let type): self.init(type)
    case .structure(let record): self = .group(record.fields.map { ParquetField($0) })
    case .list(let list): self = .list(element: ParquetField(list.elementField))
    case .map(let map): self = .map(key: ParquetField(map.keyField), value: ParquetField(map.valueField))
    }
  }

  private init(_ type: PrimitiveType) {
    switch type {
    case .boolean: self = .boolean
    case .int: self = .int32
    case .long: self = .int64
    case .float: self = .float
    case .double: self = .double
    case .decimal(let precision, let scale): self = .decimal(precision: precision, scale: scale)
    case .date: self = .date
    case .time: self = .timeMicros(utc: false)
    case .timestamp: self = .timestampMicros(utc: false)
    case .timestamptz: self = .timestampMicros(utc: true)
    case .string: self = .string
    case .uuid: self = .uuid
    case .fixed(let length): self = .fixed(length)
    case .binary: self = .binary
    }
  }
}
