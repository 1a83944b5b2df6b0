import Failures
import JSON

/// Reads a schema's JSON into a list of types (specification, "Schema Declaration" and "Names":
/// <https://avro.apache.org/docs/1.12.0/specification/#names>).
///
/// Recursion is bounded by the depth that the JSON parser let through.
struct AvroSchemaParser {
  private static let primitives: [String: AvroType.Kind] = [
    "null": .null, "boolean": .boolean, "int": .int, "long": .long, "float": .float, "double": .double,
    "bytes": .bytes, "string": .string,
  ]

  /// The members that the specification defines for types and fields; all others are attributes.
  private static let defined: Set<String> = [
    "type", "name", "namespace", "doc", "aliases", "fields", "symbols", "items", "values", "size", "default", "order",
  ]

  /// Nil while a named type's own parts are being read.
  private var types: [AvroType?] = []
  private var named: [String: AvroTypeID] = [:]

  /// All types, by id.
  func finish() throws(Failure) -> [AvroType] {
    let whole = types.compactMap(\.self)
    guard whole.count == types.count else { throw .internalError("an Avro type was left open") }
    return whole
  }

  /// Reads one type and what is inside it.
  mutating func parse(_ json: JSONValue, namespace: String?) throws(Failure) -> AvroTypeID {
    switch json {
    case .string(let name): try reference(name, namespace)
    case .array(let branches): try union(branches, namespace)
    case .object(let object): try declaration(object, namespace)
    default: throw .malformedInput("Avro schema: \(json.kindName) where a type is expected")
    }
  }

  private mutating func add(_ kind: AvroType.Kind, _ object: JSONObject = [:]) -> AvroTypeID {
    types.append(AvroType(kind: kind, name: nil, attributes: Self.attributes(object)))
    return AvroTypeID(types.count - 1)
  }

  private static func attributes(_ object: JSONObject) -> JSONObject {
    JSONObject(object.members.filter { !defined.contains($0.key) }.map { ($0.key, $0.value) })
  }

  private mutating func reference(_ name: String, _ namespace: String?) throws(Failure) -> AvroTypeID {
    if let kind = Self.primitives[name] { return add(kind) }
    if let namespace, !name.contains("."), let id = named[namespace + "." + name] { return id }
    guard let id = named[name] else { throw .malformedInput("Avro schema: no type is called \(name)") }
    return id
  }

  private mutating func union(_ branches: [JSONValue], _ namespace: String?) throws(Failure) -> AvroTypeID {
    var ids: [AvroTypeID] = []
    for branch in branches {
      if case .array = branch { throw .malformedInput("Avro schema: a union directly inside a union") }
      ids.append(try parse(branch, namespace: namespace))
    }
    guard !ids.isEmpty else { throw .malformedInput("Avro schema: a union without types") }
    return add(.union(ids))
  }

  private mutating func declaration(_ object: JSONObject, _ namespace: String?) throws(Failure) -> AvroTypeID {
    guard let type = object["type"] else { throw .malformedInput("Avro schema: a type without \"type\"") }
    guard case .string(let name) = type else { return try parse(type, namespace: namespace) }
    switch name {
    case "record", "error": return try record(object, namespace)
    case "enum": return try enumeration(object, namespace)
    case "fixed": return try fixed(object, namespace)
    case "array": return add(.array(try part("items", of: object, namespace)), object)
    case "map": return add(.map(try part("values", of: object, namespace)), object)
    default:
      guard let kind = Self.primitives[name] else { return try reference(name, namespace) }
      return add(kind, object)
    }
  }

  private mutating func part(
    _ key: String, of object: JSONObject, _ namespace: String?
  ) throws(Failure) -> AvroTypeID {
    guard let json = object[key] else { throw .malformedInput("Avro schema: a type without \"\(key)\"") }
    return try parse(json, namespace: namespace)
  }

  // MARK: - Named types

  /// The full name of a declaration and the namespace that holds inside it.
  private func fullName(
    _ object: JSONObject, _ namespace: String?
  ) throws(Failure) -> (name: String, namespace: String?) {
    let name = try object.string("name")
    guard !name.isEmpty else { throw .malformedInput("Avro schema: an empty name") }
    if let dot = name.lastIndex(of: ".") { return (name, String(name[..<dot])) }
    let inside = try object.optionalString("namespace") ?? namespace
    guard let inside, !inside.isEmpty else { return (name, nil) }
    return (inside + "." + name, inside)
  }

  /// Reserves an id under a name, so that the type's own parts may refer to it.
  private mutating func declare(_ name: String) throws(Failure) -> AvroTypeID {
    guard named[name] == nil, Self.primitives[name] == nil else {
      throw .malformedInput("Avro schema: \(name) is declared twice")
    }
    types.append(nil)
    let id = AvroTypeID(types.count - 1)
    named[name] = id
    return id
  }

  private mutating func record(_ object: JSONObject, _ namespace: String?) throws(Failure) -> AvroTypeID {
    let (name, inside) = try fullName(object, namespace)
    let id = try declare(name)
    var fields: [AvroField] = []
    for json in try object.array("fields") {
      guard case .object(let field) = json else {
        throw .malformedInput("Avro schema: a field of \(name) that is \(json.kindName)")
      }
      fields.append(try self.field(field, of: name, inside))
    }
    types[id.index] = AvroType(kind: .record(fields), name: name, attributes: Self.attributes(object))
    return id
  }

  private mutating func field(
    _ object: JSONObject, of record: String, _ namespace: String?
  ) throws(Failure) -> AvroField {
    let name = try object.string("name")
    guard let json = object["type"] else {
      throw .malformedInput("Avro schema: field \(name) of \(record) has no type")
    }
    return AvroField(
      name: name, type: try parse(json, namespace: namespace), defaultValue: object["default"],
      attributes: Self.attributes(object), fieldID: object["field-id"]?.int32)
  }

  private mutating func enumeration(_ object: JSONObject, _ namespace: String?) throws(Failure) -> AvroTypeID {
    let name = try fullName(object, namespace).name
    let id = try declare(name)
    let symbols = try object.array("symbols").compactMap(\.string)
    guard try symbols.count == object.array("symbols").count else {
      throw .malformedInput("Avro schema: a symbol of \(name) that is no string")
    }
    types[id.index] = AvroType(kind: .enumeration(symbols), name: name, attributes: Self.attributes(object))
    return id
  }

  private mutating func fixed(_ object: JSONObject, _ namespace: String?) throws(Failure) -> AvroTypeID {
    let name = try fullName(object, namespace).name
    let id = try declare(name)
    let size = try object.int32("size")
    guard size >= 0 else { throw .malformedInput("Avro schema: \(name) of size \(size)") }
    types[id.index] = AvroType(kind: .fixed(Int(size)), name: name, attributes: Self.attributes(object))
    return id
  }
}
