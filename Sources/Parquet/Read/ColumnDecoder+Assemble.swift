import Columns
import Failures

extension ColumnDecoder {
  /// The decoded rows as a column of the form of the top-level field, with nothing in it but this leaf: a structure of
  /// one field, a map as the list of its keys or of its values.
  consuming func column(_ leaf: LeafColumn, _ path: LeafPath) throws(Failure) -> Column {
    if path.steps.isEmpty { return try flatColumn(leaf) }
    // A run of levels costs nothing in the file and an offset for each list that it goes through.
    let lists = Int(leaf.maxRepetitionLevel)
    guard slotCount <= limits.columnValues / max(1, (lists + 1) / 2) else {
      throw .limitExceeded("\(slotCount) values in \(lists) nested lists")
    }
    let levels = try NestedLevels(path, leaf, definition: definition, repetition: repetition)
    let validity = levels.valueValidity()
    let slots = validity?.count ?? slotCount
    let column =
      try values.count == slots
      ? values.column(leaf.type, validity: nil)
      : values.spread(over: validity ?? []).column(leaf.type, validity: validity)
    return try levels.wrap(column)
  }

  private consuming func flatColumn(_ leaf: LeafColumn) throws(Failure) -> Column {
    guard leaf.maxDefinitionLevel > 0, values.count < slotCount else {
      return try values.column(leaf.type, validity: nil)
    }
    let validity = definition.map { $0 == 1 }
    return try values.spread(over: validity).column(leaf.type, validity: validity)
  }
}
