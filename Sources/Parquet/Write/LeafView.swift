import Columns
import Failures

/// The values of one leaf in the column of its top-level field, and the groups around them.
struct LeafView {
  /// A group on the way to the leaf.
  struct Group {
    let isOptional: Bool
    /// Where each row's elements begin, and after the last one where they end; nil for a structure.
    let offsets: [Int]?
    /// Whether each row is there; nil when all are.
    let validity: [Bool]?
  }

  /// The groups from the top-level field down.
  let groups: [Group]
  /// The leaf's values and nulls, those of all rows one after the other.
  let values: Column

  /// Throws when the column has not the form of the path, which `ParquetField.check` has ruled out.
  init(_ column: Column, _ path: LeafPath) throws(Failure) {
    var groups: [Group] = []
    var column = column
    for step in path.steps {
      switch (step, column) {
      case (.structure(let isOptional, let field), .structure(let structure)):
        groups.append(Group(isOptional: isOptional, offsets: nil, validity: structure.validity))
        column = structure.columns[field]
      case (.list(let isOptional), .list(let list)):
        groups.append(Group(isOptional: isOptional, offsets: list.offsets, validity: list.validity))
        column = list.elements
      case (.map(let isOptional, let isValue), .map(let map)):
        groups.append(Group(isOptional: isOptional, offsets: map.offsets, validity: map.validity))
        column = isValue ? map.values : map.keys
      default: throw .internalError("a column of another form reached the writer")
      }
    }
    self.groups = groups
    values = column
  }

  /// The slots of the leaf that belong to rows of the field.
  func slots(_ rows: Range<Int>) -> Range<Int> {
    var range = rows
    for group in groups {
      if let offsets = group.offsets { range = offsets[range.lowerBound]..<offsets[range.upperBound] }
    }
    return range
  }
}
