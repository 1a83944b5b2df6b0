import Failures
import JSON
import Parquet

/// The ids of fields by their names, for files without ids (specification, "Name Mapping Serialization":
/// <https://iceberg.apache.org/spec/#name-mapping-serialization>).
struct NameMapping {
  private struct Entry {
    let id: Int32?
    let below: NameMapping
  }

  private var entries: [[UInt8]: Entry] = [:]

  private init() {}

  /// Parses a mapping. Throws `.malformedInput`.
  init(json: JSONValue, depth: Int) throws {
    guard depth <= 100 else { throw Failure.limitExceeded("name mapping is nested more than 100 levels deep") }
    guard let array = json.array else { throw Failure.malformedInput("a name mapping is \(json.kindName)") }
    for value in array {
      guard let object = value.object else { throw Failure.malformedInput("a mapped field is \(value.kindName)") }
      let below = try object["fields"].map { try NameMapping(json: $0, depth: depth + 1) } ?? NameMapping()
      let entry = Entry(id: try object.optionalInt32("field-id"), below: below)
      for name in try object.array("names").compactMap(\.string) { entries[Array(name.utf8)] = entry }
    }
  }

  /// The field with its ids; one that is not mapped has none.
  func field(_ field: ParquetField, called name: String) -> FileField {
    let entry = entries[Array(name.utf8)]
    return FileField(field, id: entry?.id, below: entry?.below ?? NameMapping())
  }
}
