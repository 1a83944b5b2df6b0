import Failures

extension Schema {
  /// Throws `.invalidArgument` naming a field that identifies rows and cannot: one that may be null, also as part of a structure that may,
  /// that may be NaN, that lies in a list or map, or that has parts (specification, "Identifier Field IDs":
  /// <https://iceberg.apache.org/spec/#identifier-field-ids>). Java does not load a table with such a schema.
  func checkIdentifiers() throws(Failure) {
    let possible = Self.possibleIdentifiers(in: fields)
    for id in identifierFieldIDs where !possible.contains(id) {
      throw .invalidArgument(
        "column \(path(of: id) ?? "\(id)") cannot identify rows: only required fields of one exact value can")
    }
  }

  private static func possibleIdentifiers(in fields: [NestedField]) -> Set<Int32> {
    fields.filter(\.isRequired).reduce(into: []) { ids, field in
      switch field.type {
      case .primitive(let type): if !type.isFloatingPoint { ids.insert(field.id) }
      case .structure(let record): ids.formUnion(possibleIdentifiers(in: record.fields))
      case .list, .map: break
      }
    }
  }
}
