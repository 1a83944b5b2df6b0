import Failures
public import JSON

/// Schemas as JSON (specification, Appendix C: <https://iceberg.apache.org/spec/#schemas>).
extension Schema {
  /// Parses a schema. Throws `.malformedInput` naming what is wrong, `.unsupported` for a type of a later version.
  public init(json: JSONObject) throws {
    guard try json.optionalString("type") ?? "struct" == "struct" else {
      throw Failure.malformedInput("a schema is no struct")
    }
    let fields = try json.array("fields").map { try NestedField(json: $0, depth: 0) }
    let identifiers = try (json.optionalArray("identifier-field-ids") ?? []).map { value in
      guard let id = value.int32 else { throw Failure.malformedInput("identifier field id is \(value.kindName)") }
      return id
    }
    try self.init(id: json.optionalInt32("schema-id") ?? 0, fields: fields, identifierFieldIDs: identifiers)
  }

  /// The schema as JSON.
  public var json: JSONValue {
    var object = JSONObject([("type", "struct"), ("schema-id", .integer(Int64(id)))])
    if !identifierFieldIDs.isEmpty {
      object["identifier-field-ids"] = .array(identifierFieldIDs.map { .integer(Int64($0)) })
    }
    object["fields"] = .array(fields.map(\.json))
    return .object(object)
  }
}

extension NestedField {
  private static let known: Set<String> = ["id", "name", "required", "type", "doc"]

  init(json value: JSONValue, depth: Int) throws {
    guard let json = value.object else { throw Failure.malformedInput("a field is \(value.kindName)") }
    guard let type = json["type"] else { throw Failure.malformedInput("a field has no type") }
    let others = json.members.filter { !Self.known.contains($0.key) }
    try self.init(
      id: json.int32("id"), name: json.string("name"), type: IcebergType(json: type, depth: depth + 1),
      isRequired: json.bool("required"), doc: json.optionalString("doc"),
      otherMembers: others.isEmpty ? nil : JSONValue.object(JSONObject(others.map { ($0.key, $0.value) })).serialized())
  }

  /// The field as JSON.
  public var json: JSONValue {
    var object = JSONObject([
      ("id", .integer(Int64(id))), ("name", .string(name)), ("required", .bool(isRequired)), ("type", type.json),
    ])
    if let doc { object["doc"] = .string(doc) }
    if let otherMembers, let others = try? JSONValue.parse(otherMembers).object {
      for member in others.members { object.append(member.key, member.value) }
    }
    return .object(object)
  }
}

extension IcebergType {
  init(json: JSONValue, depth: Int) throws {
    guard depth <= 100 else { throw Failure.limitExceeded("schema is nested more than 100 levels deep") }
    if let name = json.string {
      self = .primitive(try PrimitiveType(parsing: name))
      return
    }
    guard let object = json.object else { throw Failure.malformedInput("a type is \(json.kindName)") }
    switch try object.string("type") {
    case "struct":
      self = .structure(StructType(try object.array("fields").map { try NestedField(json: $0, depth: depth) }))
    case "list":
      self = .list(
        ListType(
          elementID: try object.int32("element-id"), element: try Self.part("element", of: object, depth),
          isElementRequired: try object.bool("element-required")))
    case "map":
      self = .map(
        MapType(
          keyID: try object.int32("key-id"), key: try Self.part("key", of: object, depth),
          valueID: try object.int32("value-id"), value: try Self.part("value", of: object, depth),
          isValueRequired: try object.bool("value-required")))
    case let other: throw Failure.malformedInput("\(other) is no Iceberg type")
    }
  }

  private static func part(_ name: String, of object: JSONObject, _ depth: Int) throws -> IcebergType {
    guard let json = object[name] else { throw Failure.malformedInput("a type has no \(name)") }
    return try IcebergType(json: json, depth: depth + 1)
  }

  var json: JSONValue {
    switch self {
    case .primitive(let type): .string(type.description)
    case .structure(let record): ["type": "struct", "fields": .array(record.fields.map(\.json))]
    case .list(let list):
      [
        "type": "list", "element-id": .integer(Int64(list.elementID)), "element": list.element.json,
        "element-required": .bool(list.isElementRequired),
      ]
    case .map(let map):
      [
        "type": "map", "key-id": .integer(Int64(map.keyID)), "key": map.key.json,
        "value-id": .integer(Int64(map.valueID)), "value": map.value.json,
        "value-required": .bool(map.isValueRequired),
      ]
    }
  }
}
