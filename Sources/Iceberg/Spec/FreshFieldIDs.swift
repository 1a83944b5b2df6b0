import Failures

/// Gives out field ids in the order of Java's `AssignFreshIds`: all fields of a record first, then what lies below them.
struct FreshFieldIDs {
  /// The id that was given out last.
  private(set) var last: Int32

  /// Begins after `last`.
  init(after last: Int32) { self.last = last }

  /// Throws `.limitExceeded` when a table has given out two thousand million.
  mutating func next() throws -> Int32 {
    guard last < Int32.max else { throw Failure.limitExceeded("no field id is left") }
    last += 1
    return last
  }

  mutating func assign(_ fields: [NestedField]) throws -> [NestedField] {
    let ids = try fields.map { _ in try next() }
    return try zip(fields, ids).map { field, id in
      NestedField(
        id: id, name: field.name, type: try assign(field.type), isRequired: field.isRequired, doc: field.doc)
    }
  }

  mutating func assign(_ type: IcebergType) throws -> IcebergType {
    switch type {
    case .primitive: return type
    case .structure(let record): return .structure(StructType(try assign(record.fields)))
    case .list(let list):
      let id = try next()
      return .list(
        ListType(elementID: id, element: try assign(list.element), isElementRequired: list.isElementRequired))
    case .map(let map):
      let (keyID, valueID) = (try next(), try next())
      return .map(
        MapType(
          keyID: keyID, key: try assign(map.key), valueID: valueID, value: try assign(map.value),
          isValueRequired: map.isValueRequired))
    }
  }
}

extension Schema {
  /// The same columns with ids from 1 on, in the order that Java gives them.
  public func assigningFreshIDs() throws -> Schema {
    var ids = FreshFieldIDs(after: 0)
    let fresh = try ids.assign(fields)
    let renamed = Dictionary(uniqueKeysWithValues: zip(fields.map(\.id), fresh.map(\.id)))
    return try Schema(id: 0, fields: fresh, identifierFieldIDs: identifierFieldIDs.compactMap { renamed[$0] })
  }
}
