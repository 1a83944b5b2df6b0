extension ParquetSchema {
  /// The flattened schema of a footer, root first. Only for schemas made for writing.
  ///
  /// Field ids stand on every leaf and group but the repeated middle group of a list (iceberg-rust #1202).
  func elements() -> [SchemaElement] {
    var root = SchemaElement(name)
    root.childCount = Int32(truncatingIfNeeded: fields.count)
    return [root] + fields.flatMap { Self.elements(of: $0) }
  }

  private static func elements(of field: ParquetField) -> [SchemaElement] {
    guard case .list(let element) = field.type else { return [leafElement(of: field)] }
    var outer = SchemaElement(field.name)
    outer.repetition = field.isRequired ? .required : .optional
    outer.childCount = 1
    outer.convertedType = 3
    outer.logicalType = .list
    outer.fieldID = field.fieldID
    var middle = SchemaElement("list")
    middle.repetition = .repeated
    middle.childCount = 1
    let inner = ParquetField("element", element.type, fieldID: element.fieldID, isRequired: element.isRequired)
    return [outer, middle, leafElement(of: inner)]
  }

  /// Both annotations, where both exist; a timestamp without zone has no converted type.
  private static func leafElement(of field: ParquetField) -> SchemaElement {
    var element = SchemaElement(field.name)
    element.repetition = field.isRequired ? .required : .optional
    element.fieldID = field.fieldID
    switch field.type {
    case .boolean: element.type = PhysicalType.boolean.rawValue
    case .int32: element.type = PhysicalType.int32.rawValue
    case .int64: element.type = PhysicalType.int64.rawValue
    case .float: element.type = PhysicalType.float.rawValue
    case .double: element.type = PhysicalType.double.rawValue
    case .date:
      element.type = PhysicalType.int32.rawValue
      element.convertedType = 6
      element.logicalType = .date
    case .timestampMicros(let utc):
      element.type = PhysicalType.int64.rawValue
      element.convertedType = utc ? 10 : nil
      element.logicalType = .timestamp(utc: utc, .micros)
    case .string:
      element.type = PhysicalType.byteArray.rawValue
      element.convertedType = 0
      element.logicalType = .string
    default: element.type = PhysicalType.byteArray.rawValue
    }
    return element
  }
}
