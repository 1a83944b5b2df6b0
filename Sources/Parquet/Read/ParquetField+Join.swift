import Columns
import Failures

extension ParquetField {
  /// The field's column from those of its leaves, each of the field's form with the one leaf in it.
  ///
  /// Throws `.malformedInput` when the leaves' levels disagree about structures, lists or maps, `.unsupported` for a
  /// group without fields, of which nothing is stored.
  func joined(_ parts: [Column]) throws(Failure) -> Column {
    guard let first = parts.first else { throw .unsupported("field \(name), a group without fields") }
    switch type {
    case .group(let fields): return .structure(try structure(fields, parts))
    case .list(let element):
      let lists = try lists(parts)
      let elements = try element.joined(lists.map(\.elements))
      return .list(ListColumn(offsets: lists[0].offsets, elements: elements, validity: lists[0].validity))
    case .map(let key, let value): return .map(try map(key, value, parts))
    default: return first
    }
  }

  /// The lists, checked to be of the same lengths.
  private func lists(_ parts: [Column]) throws(Failure) -> [ListColumn] {
    var lists: [ListColumn] = []
    for part in parts {
      guard case .list(let list) = part else { throw .internalError("field \(name) is no list") }
      if let first = lists.first {
        guard first.offsets == list.offsets, Self.agree(first.validity, list.validity) else { throw disagreement }
      }
      lists.append(list)
    }
    return lists
  }

  private func map(_ key: ParquetField, _ value: ParquetField, _ parts: [Column]) throws(Failure) -> MapColumn {
    let lists = try lists(parts)
    let keyCount = key.leafCount
    let keys = try key.joined(lists.prefix(keyCount).map(\.elements))
    guard keys.validity?.contains(false) != true else { throw .malformedInput("field \(name): a map with a null key") }
    let values = try value.joined(lists.dropFirst(keyCount).map(\.elements))
    return MapColumn(offsets: lists[0].offsets, keys: keys, values: values, validity: lists[0].validity)
  }

  private func structure(_ fields: [ParquetField], _ parts: [Column]) throws(Failure) -> StructColumn {
    var columns: [Column] = []
    var (count, validity): (Int?, [Bool]?) = (nil, nil)
    for part in parts {
      guard case .structure(let structure) = part else { throw .internalError("field \(name) is no group") }
      if let count {
        guard count == structure.count, Self.agree(validity, structure.validity) else { throw disagreement }
      }
      (count, validity) = (structure.count, structure.validity)
      columns.append(contentsOf: structure.columns)
    }
    var joined: [Column] = []
    var start = 0
    for field in fields {
      let end = start + field.leafCount
      joined.append(try field.joined(Array(columns[start..<end])))
      start = end
    }
    return StructColumn(columns: joined, count: count ?? 0, validity: validity)
  }

  /// Whether two validities of the same length are equal; nil where all is there.
  private static func agree(_ first: [Bool]?, _ second: [Bool]?) -> Bool {
    guard let first, let second else { return !(first ?? second ?? []).contains(false) }
    return first == second
  }

  private var disagreement: Failure { .malformedInput("field \(name): its columns disagree about where it is there") }
}
