/// Changes of fields at any level.
extension NestedField {
  /// The field with another name, type or requirement.
  func with(name: String? = nil, type: IcebergType? = nil, isRequired: Bool? = nil) -> NestedField {
    NestedField(
      id: id, name: name ?? self.name, type: type ?? self.type, isRequired: isRequired ?? self.isRequired, doc: doc,
      otherMembers: otherMembers)
  }

  /// The field with another comment.
  func with(doc: String?) -> NestedField {
    NestedField(id: id, name: name, type: type, isRequired: isRequired, doc: doc, otherMembers: otherMembers)
  }

  /// The field with the one called `id`, itself or below, changed.
  func replacing(_ id: Int32, _ change: (NestedField) -> NestedField) -> NestedField {
    self.id == id ? change(self) : with(type: type.mappingChildren { $0.replacing(id, change) })
  }
}

extension IcebergType {
  /// The type with each field directly below changed. A list's and a map's keep their ids and names.
  func mappingChildren(_ change: (NestedField) -> NestedField) -> IcebergType {
    switch self {
    case .primitive: return self
    case .structure(let record): return .structure(StructType(record.fields.map(change)))
    case .list(let list):
      let element = change(list.elementField)
      return .list(ListType(elementID: list.elementID, element: element.type, isElementRequired: element.isRequired))
    case .map(let map):
      let (key, value) = (change(map.keyField), change(map.valueField))
      return .map(
        MapType(
          keyID: map.keyID, key: key.type, valueID: map.valueID, value: value.type, isValueRequired: value.isRequired))
    }
  }
}

extension [NestedField] {
  /// The fields of the structure, or the columns, among which the field called `id` is; nil for a part of a list or map.
  func fields(beside id: Int32) -> [NestedField]? {
    if contains(where: { $0.id == id }) { return self }
    return lazy.compactMap { $0.type.fields(beside: id) }.first
  }

  /// These fields with those of the structure in which `id` is replaced.
  func replacingFields(beside id: Int32, with fields: [NestedField]) -> [NestedField] {
    if contains(where: { $0.id == id }) { return fields }
    return map { $0.with(type: $0.type.replacingFields(beside: id, with: fields)) }
  }
}

extension IcebergType {
  fileprivate func fields(beside id: Int32) -> [NestedField]? {
    switch self {
    case .primitive: nil
    case .structure(let record): record.fields.fields(beside: id)
    case .list, .map: children.lazy.compactMap { $0.type.fields(beside: id) }.first
    }
  }

  fileprivate func replacingFields(beside id: Int32, with fields: [NestedField]) -> IcebergType {
    switch self {
    case .primitive: self
    case .structure(let record): .structure(StructType(record.fields.replacingFields(beside: id, with: fields)))
    case .list, .map: mappingChildren { $0.with(type: $0.type.replacingFields(beside: id, with: fields)) }
    }
  }
}

extension Schema {
  /// The id of a field and of all below it.
  func ids(from id: Int32) -> Set<Int32> {
    var ids: Set<Int32> = [id]
    for child in field(id: id)?.type.children ?? [] { ids.formUnion(self.ids(from: child.id)) }
    return ids
  }

  /// Whether a field is a map's key or lies in one.
  func isMapKey(_ id: Int32) -> Bool {
    allFields.contains { field in
      if case .map(let map) = field.type { ids(from: map.keyID).contains(id) } else { false }
    }
  }
}
