public import Failures

/// The fields of a file and the columns that they are stored in.
public struct ParquetSchema: Sendable, Hashable {
  /// The name of the root, of no meaning.
  public let name: String
  /// The top-level fields. Readers and writers number columns by their position here.
  public let fields: [ParquetField]
  /// The stored columns of all fields, in order.
  public let leaves: [LeafColumn]
  /// For each field the positions of its leaves.
  public let leafRanges: [Range<Int>]

  init(name: String, fields: [ParquetField], leaves: [LeafColumn]) {
    self.name = name
    self.fields = fields
    self.leaves = leaves
    var ranges: [Range<Int>] = []
    var start = 0
    for index in fields.indices {
      var end = start
      while end < leaves.count && leaves[end].fieldIndex == index { end += 1 }
      ranges.append(start..<end)
      start = end
    }
    leafRanges = ranges
  }

  /// A schema for writing.
  ///
  /// Throws `.invalidArgument` for names that occur twice and `.unsupported` for types that are only read.
  public init(name: String = "schema", fields: [ParquetField]) throws(Failure) {
    var seen: Set<String> = []
    var leaves: [LeafColumn] = []
    for (index, field) in fields.enumerated() {
      guard seen.insert(field.name).inserted else { throw .invalidArgument("two fields are called \(field.name)") }
      leaves.append(try Self.leaf(of: field, at: index))
    }
    self.init(name: name, fields: fields, leaves: leaves)
  }

  /// The position of the field with `fieldID`.
  public func position(fieldID: Int32) -> Int? {
    fields.firstIndex { $0.fieldID == fieldID }
  }

  /// The position of the field called `name`.
  public func position(named name: String) -> Int? {
    fields.firstIndex { $0.name == name }
  }

  private static func leaf(of field: ParquetField, at index: Int) throws(Failure) -> LeafColumn {
    let optional: UInt8 = field.isRequired ? 0 : 1
    guard case .list(let element) = field.type else {
      return LeafColumn(
        path: [field.name], fieldID: field.fieldID, physicalType: try writtenType(field), typeLength: 0,
        type: field.type, maxDefinitionLevel: optional, maxRepetitionLevel: 0, fieldIndex: index)
    }
    return LeafColumn(
      path: [field.name, "list", "element"], fieldID: element.fieldID, physicalType: try writtenType(element),
      typeLength: 0, type: element.type, maxDefinitionLevel: optional + 1 + (element.isRequired ? 0 : 1),
      maxRepetitionLevel: 1, fieldIndex: index)
  }

  private static func writtenType(_ field: ParquetField) throws(Failure) -> PhysicalType {
    switch field.type {
    case .boolean: return .boolean
    case .int32, .date: return .int32
    case .int64, .timestampMicros: return .int64
    case .float: return .float
    case .double: return .double
    case .string, .binary: return .byteArray
    default: throw .unsupported("writing field \(field.name) of type \(field.type)")
    }
  }
}
