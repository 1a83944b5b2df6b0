import Failures
import JSON
import Parquet

/// A field of a data file by its field id, with what lies below it.
struct FileField {
  /// The id, nil where the file gives none; such a field is in no table.
  let id: Int32?
  /// The type as it is stored.
  let type: ParquetType
  /// A structure's fields, a list's element, a map's key and value.
  let children: [FileField]

  /// A field of a file that has ids.
  init(_ field: ParquetField) {
    id = field.fieldID
    type = field.type
    children = field.type.children.map { FileField($0) }
  }

  /// A field of a file that a schema was made of, with the ids that the schema gave.
  init(_ field: ParquetField, as named: NestedField) {
    id = named.id
    type = field.type
    children = zip(field.type.children, named.type.children).map { FileField($0, as: $1) }
  }

  /// A field of a file without ids; `mapping` gives names theirs.
  init(_ field: ParquetField, id: Int32?, below mapping: NameMapping) {
    self.id = id
    type = field.type
    switch field.type {
    case .group(let fields): children = fields.map { mapping.field($0, called: $0.name) }
    case .list(let element): children = [mapping.field(element, called: "element")]
    case .map(let key, let value):
      children = [mapping.field(key, called: "key"), mapping.field(value, called: "value")]
    default: children = []
    }
  }

  /// The fields of a file. One without ids is read by the table's name mapping (specification, "Column Projection":
  /// <https://iceberg.apache.org/spec/#column-projection>); without a mapping it is refused, since guessing gives nulls.
  static func fields(of schema: ParquetSchema, _ properties: [String: String]) throws -> [FileField] {
    if schema.fields.isEmpty || schema.fields.contains(where: \.hasID) { return schema.fields.map { FileField($0) } }
    let mapping = try NameMapping(ofTable: properties)
    return schema.fields.map { mapping.field($0, called: $0.name) }
  }
}

extension ParquetType {
  /// The fields directly below.
  fileprivate var children: [ParquetField] {
    switch self {
    case .group(let fields): fields
    case .list(let element): [element]
    case .map(let key, let value): [key, value].compactMap { $0 }
    default: []
    }
  }
}

extension ParquetField {
  /// Whether the field or one below has an id.
  fileprivate var hasID: Bool { fieldID != nil || type.children.contains(where: \.hasID) }
}
