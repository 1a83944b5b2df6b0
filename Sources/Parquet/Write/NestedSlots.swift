import Columns

/// The levels of some rows of a nested leaf, worked out group by group.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
struct NestedSlots {
  /// For each slot the row of the next group, or `ended` where the way has ended at a null or an empty list.
  private var positions: [Int]
  private(set) var definition: [UInt8]
  private(set) var repetition: [UInt8]
  private static let ended = -1

  init(_ view: LeafView, _ rows: Range<Int>) {
    positions = Array(rows)
    definition = [UInt8](repeating: 0, count: rows.count)
    repetition = definition
    var depth: UInt8 = 0
    for group in view.groups {
      if let offsets = group.offsets {
        depth += 1
        enterList(group, offsets, depth)
      } else {
        enter(validity: group.validity, isOptional: group.isOptional)
      }
    }
  }

  /// Goes on into what is there: a structure, or at last the value itself.
  mutating func enter(validity: [Bool]?, isOptional: Bool) {
    for slot in positions.indices where positions[slot] != Self.ended {
      if validity?[positions[slot]] ?? true {
        if isOptional { definition[slot] += 1 }
      } else {
        positions[slot] = Self.ended
      }
    }
  }

  /// Goes on into the elements of lists, a slot for each, and one for a list that is null or empty.
  private mutating func enterList(_ group: LeafView.Group, _ offsets: [Int], _ depth: UInt8) {
    enter(validity: group.validity, isOptional: group.isOptional)
    let outer = self
    positions.removeAll(keepingCapacity: true)
    definition.removeAll(keepingCapacity: true)
    repetition.removeAll(keepingCapacity: true)
    for (slot, position) in outer.positions.enumerated() {
      let elements = position == Self.ended ? 0..<0 : offsets[position]..<offsets[position + 1]
      guard !elements.isEmpty else {
        append(Self.ended, outer.definition[slot], outer.repetition[slot])
        continue
      }
      for element in elements {
        let isFirst = element == elements.lowerBound
        append(element, outer.definition[slot] + 1, isFirst ? outer.repetition[slot] : depth)
      }
    }
  }

  private mutating func append(_ position: Int, _ definition: UInt8, _ repetition: UInt8) {
    positions.append(position)
    self.definition.append(definition)
    self.repetition.append(repetition)
  }
}
