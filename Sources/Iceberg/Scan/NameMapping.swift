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

  /// The mapping of a table whose data file has no ids. Throws `.unsupported` where the table has none: guessing would give nulls.
  init(ofTable properties: [String: String]) throws {
    guard let text = properties["schema.name-mapping.default"] else {
      throw Failure.unsupported("the file has no field ids and the table no name mapping")
    }
    self = try within("property schema.name-mapping.default") { try NameMapping(json: .parse(text), depth: 0) }
  }

  /// The id of a name, nil where it is not mapped.
  func id(of name: String) -> Int32? { entries[Array(name.utf8)]?.id }

  /// The mapping of what lies below a name.
  func below(_ name: String) -> NameMapping { entries[Array(name.utf8)]?.below ?? NameMapping() }

  /// The field with its ids; one that is not mapped has none.
  func field(_ field: ParquetField, called name: String) -> FileField {
    FileField(field, id: id(of: name), below: below(name))
  }
}
