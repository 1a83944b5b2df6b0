import Failures

/// The fields that reading a file takes: those of the result first, then those that the filter tests and deletes compare.
struct ReadFields {
  /// Top-level fields.
  private(set) var fields: [NestedField]
  private let schemas: [Schema]

  /// The fields of a result. Others are looked for in `schema`, then in older ones of the table, which know dropped columns.
  init(_ fields: [NestedField], schema: Schema, metadata: TableMetadata) {
    self.fields = fields
    schemas = [schema, metadata.currentSchema] + metadata.schemas.reversed()
  }

  /// Other fields, looked for in the same schemas.
  init(_ fields: [NestedField], _ other: ReadFields) {
    self.fields = fields
    schemas = other.schemas
  }

  /// The way to a field in the columns of `fields`, which it is added to where it is missing, and its type.
  ///
  /// Throws `.malformedInput` for a field that no schema has outside of lists and maps, or that has no single value.
  mutating func add(_ id: Int32) throws -> (path: ColumnPath, field: NestedField) {
    if Schema.columnPath(of: id, in: fields) == nil {
      let root = schemas.lazy.compactMap { schema in
        schema.columnPath(of: id).map { schema.fields[$0.positions[0]] }
      }.first
      if let root { fields.append(root) }
    }
    guard let path = Schema.columnPath(of: id, in: fields), let field = field(at: path) else {
      throw Failure.malformedInput("field \(id) is in no schema of the table")
    }
    return (path, field)
  }

  private func field(at path: ColumnPath) -> NestedField? {
    var (level, found) = (fields, NestedField?.none)
    for position in path.positions {
      found = level[position]
      level = found?.type.children ?? []
    }
    return found
  }
}
