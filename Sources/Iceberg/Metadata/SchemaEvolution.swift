import Failures

/// A change of a table's top-level columns (specification, "Schema Evolution": <https://iceberg.apache.org/spec/#schema-evolution>).
public enum SchemaChange: Sendable, Hashable {
  /// A new optional column at the end; ids inside the type are given out anew.
  case addColumn(name: String, type: IcebergType, doc: String? = nil)
  /// Another name for the same column.
  case renameColumn(from: String, to: String)
  /// Leaves the column out; its id is never used again.
  case dropColumn(String)
  /// Allows nulls.
  case makeOptional(String)
  /// A wider type: int to long, float to double, more digits of a decimal.
  case widen(String, to: PrimitiveType)
}

/// Applies changes to a schema.
struct SchemaEvolution {
  private var fields: [NestedField]
  private var identifiers: [Int32]
  private var ids: FreshFieldIDs
  private let specs: [PartitionSpec]

  init(_ schema: Schema, lastColumnID: Int32, specs: [PartitionSpec]) {
    fields = schema.fields
    identifiers = schema.identifierFieldIDs
    ids = FreshFieldIDs(after: lastColumnID)
    self.specs = specs
  }

  /// The largest id given out.
  var lastColumnID: Int32 { ids.last }

  /// The schema that came of it.
  func schema(id: Int32) throws -> Schema {
    try Schema(id: id, fields: fields, identifierFieldIDs: identifiers)
  }

  mutating func apply(_ change: SchemaChange) throws {
    switch change {
    case .addColumn(let name, let type, let doc):
      guard position(of: name) == nil else { throw Failure.invalidArgument("the table has a column \(name) already") }
      let id = try ids.next()
      fields.append(NestedField(id: id, name: name, type: try ids.assign(type), doc: doc))
    case .renameColumn(let name, let newName):
      guard position(of: newName) == nil else {
        throw Failure.invalidArgument("the table has a column \(newName) already")
      }
      try replace(name) { $0.with(name: newName) }
    case .dropColumn(let name): try drop(name)
    case .makeOptional(let name):
      guard try !identifiers.contains(fields[existing(name)].id) else {
        throw Failure.invalidArgument("column \(name) identifies rows and cannot be optional")
      }
      try replace(name) { $0.with(isRequired: false) }
    case .widen(let name, let type):
      guard let old = fields[try existing(name)].type.primitive, old.canPromote(to: type) else {
        throw Failure.invalidArgument("column \(name) cannot become \(type)")
      }
      try replace(name) { $0.with(type: .primitive(type)) }
    }
  }

  private mutating func drop(_ name: String) throws {
    let position = try existing(name)
    let id = fields[position].id
    if specs.contains(where: { $0.fields.contains { $0.sourceID == id && $0.transform != .void } }) {
      throw Failure.invalidArgument("column \(name) divides the table and cannot be dropped")
    }
    guard !identifiers.contains(id) else {
      throw Failure.invalidArgument("column \(name) identifies rows and cannot be dropped")
    }
    fields.remove(at: position)
  }

  private func position(of name: String) -> Int? {
    fields.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private func existing(_ name: String) throws -> Int {
    guard let position = position(of: name) else { throw Failure.notFound("the table has no column \(name)") }
    return position
  }

  private mutating func replace(_ name: String, _ change: (NestedField) -> NestedField) throws {
    let position = try existing(name)
    fields[position] = change(fields[position])
  }
}

extension NestedField {
  fileprivate func with(name: String? = nil, type: IcebergType? = nil, isRequired: Bool? = nil) -> NestedField {
    NestedField(
      id: id, name: name ?? self.name, type: type ?? self.type, isRequired: isRequired ?? self.isRequired, doc: doc,
      otherMembers: otherMembers)
  }
}
