import Columns
import Failures

/// Rebuilds the groups above one leaf from its levels.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding. A group has a slot wherever a level
/// pair begins one: the repetition level is at most that of the lists around it, and the definition level says that the
/// innermost of these lists has an element there.
struct NestedLevels {
  private struct Group {
    let step: LeafPath.Step
    /// From this definition level on the group is there.
    let present: UInt8
    /// From this definition level on the list has an element. As `present` for a structure.
    let filled: UInt8
    /// From this definition level on the group has a slot at all.
    let threshold: UInt8
    /// How many lists lie around the group.
    let repetition: UInt8
  }

  private let groups: [Group]
  private let threshold: UInt8
  private let maximum: UInt8
  private let definition: [UInt8]
  private let repetition: [UInt8]

  /// Throws `.malformedInput` for levels that begin inside a list.
  init(_ path: LeafPath, _ leaf: LeafColumn, definition: [UInt8], repetition: [UInt8]) throws(Failure) {
    guard repetition.first ?? 0 == 0 else { throw .malformedInput("a column begins inside a list") }
    var groups: [Group] = []
    var (level, depth, threshold): (UInt8, UInt8, UInt8) = (0, 0, 0)
    for step in path.steps {
      let present = step.isOptional ? level + 1 : level
      level = step.isRepeated ? present + 1 : present
      groups.append(Group(step: step, present: present, filled: level, threshold: threshold, repetition: depth))
      if step.isRepeated {
        depth += 1
        threshold = level
      }
    }
    self.groups = groups
    self.threshold = threshold
    maximum = leaf.maxDefinitionLevel
    self.definition = definition
    self.repetition = repetition
  }

  /// For each slot of the leaf whether it has a value; nil where no slot can be without one and none is left out.
  func valueValidity() -> [Bool]? {
    if maximum == 0 { return nil }
    var validity: [Bool] = []
    validity.reserveCapacity(definition.count)
    for level in definition where level >= threshold { validity.append(level == maximum) }
    return validity
  }

  /// Puts the groups around the leaf's column, the innermost first.
  ///
  /// Throws `.malformedInput` for a list that goes on where it has no element.
  func wrap(_ leaf: Column) throws(Failure) -> Column {
    var column = leaf
    for group in groups.reversed() {
      if group.step.isRepeated {
        column = .list(try list(group, column))
      } else {
        column = .structure(StructColumn(columns: [column], count: column.count, validity: validity(group)))
      }
    }
    return column
  }

  private func validity(_ group: Group) -> [Bool]? {
    // A required structure too is null where an optional one around it is.
    guard group.present > group.threshold else { return nil }
    var validity: [Bool] = []
    validity.reserveCapacity(definition.count)
    if repetition.isEmpty {
      for level in definition { validity.append(level >= group.present) }
    } else {
      for (level, repeats) in zip(definition, repetition) where repeats <= group.repetition && level >= group.threshold
      {
        validity.append(level >= group.present)
      }
    }
    return validity.contains(false) ? validity : nil
  }

  private func list(_ group: Group, _ elements: Column) throws(Failure) -> ListColumn {
    var offsets: [Int] = []
    var validity: [Bool] = []
    var count = 0
    var previous: UInt8 = 0
    for (level, repeats) in zip(definition, repetition) {
      if repeats <= group.repetition {
        if level >= group.threshold {
          offsets.append(count)
          validity.append(level >= group.present)
        }
      } else if repeats == group.repetition + 1 && (level < group.filled || previous < group.filled) {
        throw .malformedInput("a list goes on without an element")
      }
      if repeats <= group.repetition + 1 && level >= group.filled { count += 1 }
      previous = level
    }
    offsets.append(count)
    return ListColumn(
      offsets: offsets, elements: elements, validity: validity.contains(false) ? validity : nil)
  }
}
