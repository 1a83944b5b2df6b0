public import Failures
public import JSON

/// A schema: its types, and the JSON they were read from with every attribute kept.
///
/// The JSON is what a file's header gets, so nothing that a caller put into a schema is lost on the way.
public struct AvroSchema: Sendable {
  /// The types; a type's id is its position.
  let types: [AvroType]
  /// For each type, whether every value takes at least one byte.
  let occupies: [Bool]
  /// The type of the data.
  public let root: AvroTypeID
  /// The schema as JSON.
  public let json: JSONValue

  /// A schema from its JSON.
  ///
  /// - Throws: `.malformedInput` naming the type or field that is wrong.
  public init(_ json: JSONValue) throws(Failure) {
    var parser = AvroSchemaParser()
    root = try parser.parse(json, namespace: nil)
    types = try parser.finish()
    occupies = AvroSchema.occupancy(of: types)
    self.json = json
  }

  /// A schema from JSON text.
  ///
  /// - Throws: `.malformedInput` for text that is not JSON or not a schema.
  public init(parsing text: [UInt8]) throws(Failure) {
    try self.init(try JSONValue.parse(text))
  }

  /// A type.
  public subscript(id: AvroTypeID) -> AvroType { types[id.index] }

  /// The type itself, or the one beside `null` in a union of the two: what an optional field holds.
  public func unwrappingOptional(_ id: AvroTypeID) -> AvroTypeID {
    guard case .union(let branches) = types[id.index].kind, branches.count == 2 else { return id }
    let others = branches.filter { !isNull($0) }
    return others.count == 1 ? others[0] : id
  }

  /// Whether the type is `null`.
  public func isNull(_ id: AvroTypeID) -> Bool {
    if case .null = types[id.index].kind { true } else { false }
  }

  /// Finds the types whose values take bytes; a record that contains itself without end counts as taking none.
  private static func occupancy(of types: [AvroType]) -> [Bool] {
    var result = types.map { type in
      switch type.kind {
      case .null, .record: false
      case .fixed(let size): size > 0
      default: true
      }
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for (index, type) in types.enumerated() where !result[index] {
        guard type.fields.contains(where: { result[$0.type.index] }) else { continue }
        result[index] = true
        isChanged = true
      }
    }
    return result
  }
}
