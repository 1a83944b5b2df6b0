import Failures

/// Applies changes to a schema.
struct SchemaEvolution {
  private var schema: Schema
  private var ids: FreshFieldIDs
  private let specs: [PartitionSpec]
  private let sortOrder: SortOrder

  init(_ schema: Schema, lastColumnID: Int32, specs: [PartitionSpec], sortOrder: SortOrder) {
    self.schema = schema
    ids = FreshFieldIDs(after: lastColumnID)
    self.specs = specs
    self.sortOrder = sortOrder
  }

  /// The largest id given out.
  var lastColumnID: Int32 { ids.last }

  /// The schema that came of it.
  func schema(id: Int32) throws -> Schema { try schema.withID(id) }

  mutating func apply(_ change: SchemaChange) throws {
    switch change {
    case .addColumn(let name, let type, let doc):
      try update(try schema.fields + [newField(name, type, doc, among: schema.fields)])
    case .addField(let parent, let name, let type, let doc): try addField(to: parent, name, type, doc)
    case .renameColumn(let path, let name): try rename(path, to: name)
    case .dropColumn(let path): try drop(path)
    case .makeOptional(let path):
      let id = try existing(path)
      guard !schema.identifierFieldIDs.contains(id) else {
        throw Failure.invalidArgument("column \(path) identifies rows and cannot be optional")
      }
      try replace(id) { $0.with(isRequired: false) }
    case .widen(let path, let type): try widen(path, to: type)
    case .setDoc(let path, let doc): try replace(existing(path)) { $0.with(doc: doc) }
    case .move(let path, let place): try move(path, to: place)
    }
  }

  private mutating func newField(
    _ name: String, _ type: IcebergType, _ doc: String?, among fields: [NestedField]
  ) throws -> NestedField {
    try checkFree(name, among: fields)
    return NestedField(id: try ids.next(), name: name, type: try ids.assign(type), doc: doc)
  }

  private mutating func addField(
    to parent: String, _ name: String, _ type: IcebergType, _ doc: String?
  ) throws {
    let id = try existing(parent)
    guard case .structure(let record) = schema.field(id: id)?.type else {
      throw Failure.invalidArgument("\(parent) is no structure that could have a field \(name)")
    }
    let added = try newField(name, type, doc, among: record.fields)
    try replace(id) { $0.with(type: .structure(StructType(record.fields + [added]))) }
  }

  private mutating func rename(_ path: String, to name: String) throws {
    let id = try existing(path)
    try checkFree(name, among: try siblings(of: id, path))
    try replace(id) { $0.with(name: name) }
  }

  private mutating func widen(_ path: String, to type: PrimitiveType) throws {
    let id = try existing(path)
    guard let old = schema.field(id: id)?.type.primitive, old.canPromote(to: type) else {
      throw Failure.invalidArgument("column \(path) cannot become \(type)")
    }
    guard !schema.isMapKey(id) else {
      throw Failure.invalidArgument("\(path) is part of a map's key and stays as it is")
    }
    try replace(id) { $0.with(type: .primitive(type)) }
  }

  private mutating func move(_ path: String, to place: SchemaChange.Place) throws {
    let id = try existing(path)
    var fields = try siblings(of: id, path)
    guard let from = fields.firstIndex(where: { $0.id == id }) else { return }
    let moved = fields.remove(at: from)
    func position(_ name: String) throws -> Int {
      guard let found = fields.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw Failure.notFound("\(path) has no other field \(name) beside it")
      }
      return found
    }
    switch place {
    case .first: fields.insert(moved, at: 0)
    case .before(let name): fields.insert(moved, at: try position(name))
    case .after(let name): fields.insert(moved, at: try position(name) + 1)
    }
    try update(schema.fields.replacingFields(beside: id, with: fields))
  }

  private mutating func drop(_ path: String) throws {
    let id = try existing(path)
    let siblings = try siblings(of: id, path)
    let gone = schema.ids(from: id)
    if specs.contains(where: { $0.fields.contains { gone.contains($0.sourceID) && $0.transform != .void } }) {
      throw Failure.invalidArgument("column \(path) divides the table and cannot be dropped")
    }
    if sortOrder.fields.contains(where: { gone.contains($0.sourceID) }) {
      throw Failure.invalidArgument("the table is sorted by column \(path), which cannot be dropped")
    }
    guard gone.isDisjoint(with: schema.identifierFieldIDs) else {
      throw Failure.invalidArgument("column \(path) identifies rows and cannot be dropped")
    }
    guard siblings.count > 1 || schema.position(of: path) != nil else {
      throw Failure.invalidArgument("\(path) is the only field of its structure and cannot be dropped")
    }
    try update(schema.fields.replacingFields(beside: id, with: siblings.filter { $0.id != id }))
  }
}

extension SchemaEvolution {
  private func checkFree(_ name: String, among fields: [NestedField]) throws {
    guard !fields.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw Failure.invalidArgument("there is a column \(name) already")
    }
  }

  private func existing(_ path: String) throws -> Int32 {
    guard let id = schema.id(atPath: path) else { throw Failure.notFound("the table has no column \(path)") }
    return id
  }

  /// The fields of the structure that the field is in. Throws `.invalidArgument` for a part of a list or map, which has no place of
  /// its own.
  private func siblings(of id: Int32, _ path: String) throws -> [NestedField] {
    guard let fields = schema.fields.fields(beside: id) else {
      throw Failure.invalidArgument("\(path) is part of a list or map and keeps its name and place")
    }
    return fields
  }

  private mutating func replace(_ id: Int32, _ change: (NestedField) -> NestedField) throws {
    try update(schema.fields.map { $0.replacing(id, change) })
  }

  private mutating func update(_ fields: [NestedField]) throws {
    schema = try Schema(id: schema.id, fields: fields, identifierFieldIDs: schema.identifierFieldIDs)
  }
}
