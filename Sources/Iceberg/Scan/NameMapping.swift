import Failures
import JSON
import Parquet

/// Finds a file's columns by field id. A file without ids is read by the table's name mapping (specification, "Column Projection":
/// <https://iceberg.apache.org/spec/#name-mapping-serialization>); without a mapping it is refused, since guessing gives nulls.
struct NameMapping {
  private var positions: [Int32: Int] = [:]

  init(_ properties: [String: String], for schema: ParquetSchema) throws {
    for (position, field) in schema.fields.enumerated() {
      if let id = field.fieldID { positions[id] = position }
    }
    guard positions.isEmpty, !schema.fields.isEmpty else { return }
    guard let text = properties["schema.name-mapping.default"] else {
      throw Failure.unsupported("the file has no field ids and the table no name mapping")
    }
    try within("property schema.name-mapping.default") {
      for entry in try JSONValue.parse(text).array ?? [] {
        guard let object = entry.object, let id = try object.optionalInt32("field-id") else { continue }
        for name in try object.array("names").compactMap(\.string) {
          if let position = schema.position(named: name) { positions[id] = position }
        }
      }
    }
  }

  /// The position of a field's column in the file.
  func position(of fieldID: Int32) -> Int? { positions[fieldID] }
}
