import Failures
import Parquet

extension ParquetSchema {
  /// The stored form of a table's schema (specification, Appendix A, "Parquet":
  /// <https://iceberg.apache.org/spec/#parquet>). Throws `.unsupported` naming a column of a type that is not written.
  init(_ schema: Schema) throws {
    try self.init(name: "table", fields: schema.fields.map { try ParquetField($0) })
  }
}

extension ParquetField {
  init(_ field: NestedField) throws {
    self.init(
      field.name, try Self.type(of: field.type, of: field.name), fieldID: field.id, isRequired: field.isRequired)
  }

  private static func type(of type: IcebergType, of name: String) throws -> ParquetType {
    switch type {
    case .primitive(.boolean): .boolean
    case .primitive(.int): .int32
    case .primitive(.long): .int64
    case .primitive(.float): .float
    case .primitive(.double): .double
    case .primitive(.date): .date
    case .primitive(.timestamptz): .timestampMicros(utc: true)
    case .primitive(.string): .string
    case .primitive(.binary): .binary
    case .list(let list) where list.element.primitive != nil: .list(element: try ParquetField(list.elementField))
    default:
      throw Failure.unsupported("writing column \(name) of type \(type.primitive?.description ?? "nested")")
    }
  }
}
