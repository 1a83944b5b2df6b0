import Failures

extension SchemaNode {
  /// The field that this node is, seen by a user of rows.
  ///
  /// Lists and maps written by older writers are recognised by the format's rules:
  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types
  func field() throws -> ParquetField {
    let type = repetition == .repeated ? .list(element: try bare()) : try self.type()
    return ParquetField(name, type, fieldID: element.fieldID, isRequired: repetition != .optional)
  }

  /// The node without its repetition: the element of a list that is a repeated field and nothing else.
  private func bare() throws -> ParquetField {
    ParquetField(name, try type(), fieldID: element.fieldID, isRequired: true)
  }

  private var isList: Bool { element.logicalType == .list || element.convertedType == 3 }

  private var isMap: Bool {
    element.logicalType == .map || element.convertedType == 1 || element.convertedType == 2
  }

  private func type() throws -> ParquetType {
    if isLeaf { return try leafType().type }
    if isList, let element = try listElement() { return .list(element: element) }
    if isMap, let (key, value) = try mapEntry() {
      guard let value else { return .list(element: key) }
      return .map(key: key, value: value)
    }
    return .group(try children.map { try $0.field() })
  }

  /// The element of a node annotated as LIST; nil when its layout is none of the known.
  private func listElement() throws -> ParquetField? {
    guard children.count == 1, let middle = children.first, middle.repetition == .repeated else { return nil }
    let isElement =
      middle.isLeaf || middle.children.count != 1 || middle.name == "array" || middle.name == name + "_tuple"
    if isElement { return try middle.bare() }
    return try middle.children.first?.field()
  }

  private func mapEntry() throws -> (ParquetField, ParquetField?)? {
    guard children.count == 1, let middle = children.first, middle.repetition == .repeated, !middle.isLeaf,
      (1...2).contains(middle.children.count), let key = middle.children.first
    else { return nil }
    return (try key.field(), try middle.children.dropFirst().first?.field())
  }
}

extension ParquetSchema {
  /// The schema of a footer. Throws `.malformedInput`, `.limitExceeded`.
  init(_ elements: [SchemaElement], maximumDepth: Int) throws {
    let root = try SchemaNode(elements, maximumDepth: maximumDepth)
    guard !root.isLeaf else { throw Failure.malformedInput("the schema's root has a type") }
    var leaves: [LeafColumn] = []
    for (index, child) in root.children.enumerated() {
      try child.collectLeaves(path: [], definition: 0, repetition: 0, fieldIndex: index, into: &leaves)
    }
    self.init(name: root.name, fields: try root.children.map { try $0.field() }, leaves: leaves)
  }
}

extension SchemaNode {
  fileprivate func collectLeaves(
    path: [String], definition: UInt8, repetition: UInt8, fieldIndex: Int, into leaves: inout [LeafColumn]
  ) throws {
    let path = path + [name]
    // The depth of the tree is limited to far less than 255.
    let definition = self.repetition == .required ? definition : definition + 1
    let repetition = self.repetition == .repeated ? repetition + 1 : repetition
    guard isLeaf else {
      for child in children {
        try child.collectLeaves(
          path: path, definition: definition, repetition: repetition, fieldIndex: fieldIndex, into: &leaves)
      }
      return
    }
    let (physicalType, length, type) = try leafType()
    leaves.append(
      LeafColumn(
        path: path, fieldID: element.fieldID, physicalType: physicalType, typeLength: length, type: type,
        maxDefinitionLevel: definition, maxRepetitionLevel: repetition, fieldIndex: fieldIndex))
  }
}
