import Failures

/// The fields of a table at one time, with ids that outlive names.
///
/// Invariant: field ids are unique over all levels; names are unique in each record.
public struct Schema: Sendable {
  /// The schema's id in its table.
  public let id: Int32
  /// The top-level fields in order.
  public let fields: [NestedField]
  /// The fields that identify a row.
  public let identifierFieldIDs: [Int32]
  private let fieldsByID: [Int32: NestedField]
  private let pathsByID: [Int32: String]
  private let idsByPath: [[UInt8]: Int32]
  private let positions: [[UInt8]: Int]
  /// Ids of fields inside a list or map, which have neither metrics nor partition transforms.
  private let repeatedIDs: Set<Int32>

  /// A schema. Throws `.malformedInput` when an id or a name occurs twice.
  public init(id: Int32 = 0, fields: [NestedField], identifierFieldIDs: [Int32] = []) throws {
    self.id = id
    self.fields = fields
    self.identifierFieldIDs = identifierFieldIDs
    var index = FieldIndex()
    try index.add(fields, prefix: "", isRepeated: false, depth: 0)
    fieldsByID = index.fields
    pathsByID = index.paths
    repeatedIDs = index.repeated
    idsByPath = Dictionary(index.paths.map { (Array($1.utf8), $0) }) { min($0, $1) }
    positions = Dictionary(fields.enumerated().map { (Array($1.name.utf8), $0) }) { first, _ in first }
    for id in identifierFieldIDs where fieldsByID[id] == nil {
      throw Failure.malformedInput("identifier field \(id) is not in the schema")
    }
  }

  /// The field with `id`, at any level.
  public func field(id: Int32) -> NestedField? { fieldsByID[id] }

  /// The top-level field called `name`, compared byte for byte.
  public func field(named name: String) -> NestedField? { position(of: name).map { fields[$0] } }

  /// The position of the top-level field called `name`.
  public func position(of name: String) -> Int? { positions[Array(name.utf8)] }

  /// The full name of a field, its levels joined with dots.
  public func path(of id: Int32) -> String? { pathsByID[id] }

  /// The id of the field whose full name is `path`; a list's elements are called `element`, a map's parts `key` and `value`.
  public func id(atPath path: String) -> Int32? { field(named: path)?.id ?? idsByPath[Array(path.utf8)] }

  /// Whether the field lies inside a list or a map.
  public func isRepeated(_ id: Int32) -> Bool { repeatedIDs.contains(id) }

  /// All fields of all levels, in order of id.
  public var allFields: [NestedField] { fieldsByID.values.sorted { $0.id < $1.id } }

  /// The largest id in use, 0 when there is no field.
  public var highestFieldID: Int32 { fieldsByID.keys.max() ?? 0 }

  /// The same fields under another schema id.
  public func withID(_ id: Int32) throws -> Schema {
    try Schema(id: id, fields: fields, identifierFieldIDs: identifierFieldIDs)
  }

  /// Whether both have the same fields; schema ids do not matter.
  public func hasSameFields(as other: Schema) -> Bool {
    fields == other.fields && identifierFieldIDs == other.identifierFieldIDs
  }
}

extension Schema: Equatable {
  /// Whether ids and fields are the same.
  public static func == (first: Schema, second: Schema) -> Bool {
    first.id == second.id && first.hasSameFields(as: second)
  }
}

/// Finds the fields of all levels and checks that ids and names are unique.
private struct FieldIndex {
  var fields: [Int32: NestedField] = [:]
  var paths: [Int32: String] = [:]
  var repeated: Set<Int32> = []

  mutating func add(_ added: [NestedField], prefix: String, isRepeated: Bool, depth: Int) throws {
    guard depth <= 100 else { throw Failure.limitExceeded("schema is nested more than 100 levels deep") }
    var names: Set<[UInt8]> = []
    for field in added {
      let path = prefix + field.name
      guard names.insert(Array(field.name.utf8)).inserted else {
        throw Failure.malformedInput("two fields are called \(path)")
      }
      guard fields.updateValue(field, forKey: field.id) == nil else {
        throw Failure.malformedInput("field id \(field.id) occurs twice, the second time at \(path)")
      }
      paths[field.id] = path
      if isRepeated { repeated.insert(field.id) }
      var below = isRepeated
      switch field.type {
      case .list, .map: below = true
      case .primitive, .structure: break
      }
      try add(field.type.children, prefix: path + ".", isRepeated: below, depth: depth + 1)
    }
  }
}
