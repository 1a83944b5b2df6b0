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

  /// A schema for writing. The fields inside lists and maps are called `element`, `key` and `value`, whatever their
  /// names here.
  ///
  /// Throws `.invalidArgument` for names that occur twice, groups without fields, keys that may be null and numbers of
  /// digits or bytes that do not exist, `.unsupported` for types that are only read, `.limitExceeded` for fields nested
  /// too deep.
  public init(name: String = "schema", fields: [ParquetField]) throws {
    try ParquetField.checkWritable(fields)
    try self.init(ParquetField.elements(root: name, fields), maximumDepth: ReaderLimits().schemaDepth)
  }

  /// The position of the field with `fieldID`.
  public func position(fieldID: Int32) -> Int? {
    fields.firstIndex { $0.fieldID == fieldID }
  }

  /// The position of the field called `name`.
  public func position(named name: String) -> Int? {
    fields.firstIndex { $0.name == name }
  }
}
