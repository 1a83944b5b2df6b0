extension ParquetSchema {
  /// The flattened schema of a footer, root first. Only for schemas made for writing.
  func elements() -> [SchemaElement] { ParquetField.elements(root: name, fields) }
}

extension ParquetField {
  /// A schema's elements in depth-first order.
  ///
  /// Field ids stand on every leaf and group but the repeated middle group of a list or map (iceberg-rust #1202).
  static func elements(root name: String, _ fields: [ParquetField]) -> [SchemaElement] {
    var root = SchemaElement(name)
    root.childCount = Int32(truncatingIfNeeded: fields.count)
    return [root] + fields.flatMap { $0.elements() }
  }

  private func elements() -> [SchemaElement] {
    switch type {
    case .group(let fields): [groupElement(fields.count)] + fields.flatMap { $0.elements() }
    case .list(let element):
      [groupElement(1, .list, converted: 3), Self.middle("list", 1)] + element.renamed("element").elements()
    case .map(let key, let value):
      [groupElement(1, .map, converted: 1), Self.middle("key_value", 2)] + key.renamed("key").elements()
        + value.renamed("value").elements()
    default: [leafElement()]
    }
  }

  private func renamed(_ name: String) -> ParquetField {
    ParquetField(name, type, fieldID: fieldID, isRequired: isRequired)
  }

  private var bareElement: SchemaElement {
    var element = SchemaElement(name)
    element.repetition = isRequired ? .required : .optional
    element.fieldID = fieldID
    return element
  }

  private func groupElement(_ count: Int, _ annotation: LogicalType? = nil, converted: Int32? = nil) -> SchemaElement {
    var element = bareElement
    element.childCount = Int32(truncatingIfNeeded: count)
    element.convertedType = converted
    element.logicalType = annotation
    return element
  }

  private static func middle(_ name: String, _ count: Int32) -> SchemaElement {
    var element = SchemaElement(name)
    element.repetition = .repeated
    element.childCount = count
    return element
  }

  private func leafElement() -> SchemaElement {
    var element = bareElement
    let storage = type.storage
    element.type = storage?.type.rawValue
    element.typeLength = storage?.length.map { Int32(truncatingIfNeeded: $0) }
    annotate(&element)
    return element
  }

  /// Both annotations, where both exist; a time or timestamp without zone has no converted type.
  private func annotate(_ element: inout SchemaElement) {
    switch type {
    case .date:
      element.convertedType = 6
      element.logicalType = .date
    case .timestampMicros(let utc):
      element.convertedType = utc ? 10 : nil
      element.logicalType = .timestamp(utc: utc, .micros)
    case .timeMicros(let utc):
      element.convertedType = utc ? 8 : nil
      element.logicalType = .time(utc: utc, .micros)
    case .string:
      element.convertedType = 0
      element.logicalType = .string
    case .uuid: element.logicalType = .uuid
    case .decimal(let precision, let scale):
      element.convertedType = 5
      element.scale = Int32(truncatingIfNeeded: scale)
      element.precision = Int32(truncatingIfNeeded: precision)
      element.logicalType = .decimal(
        scale: Int32(truncatingIfNeeded: scale), precision: Int32(truncatingIfNeeded: precision))
    default: break
    }
  }
}
