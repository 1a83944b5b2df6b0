import Columns
import Failures

extension ColumnDecoder {
  /// The decoded rows as a column. `field` is the top-level field that the leaf is, or whose list elements it is.
  consuming func column(_ leaf: LeafColumn, _ field: ParquetField) throws(Failure) -> Column {
    guard case .list(let element) = field.type else { return try flatColumn(leaf) }
    return try listColumn(leaf, field, element)
  }

  private consuming func flatColumn(_ leaf: LeafColumn) throws(Failure) -> Column {
    guard leaf.maxDefinitionLevel > 0, values.count < slotCount else {
      return try values.column(leaf.type, validity: nil)
    }
    let validity = definition.map { $0 == 1 }
    return try values.spread(over: validity).column(leaf.type, validity: validity)
  }

  /// Lists from levels.
  ///
  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists. With `base` 1 for an optional list, else
  /// 0: a definition level below `base` is a null list, `base` an empty one, above it an element, null unless the level is
  /// the maximum.
  private consuming func listColumn(
    _ leaf: LeafColumn, _ field: ParquetField, _ element: ParquetField
  ) throws(Failure) -> Column {
    let base: UInt8 = field.isRequired ? 0 : 1
    var offsets: [Int] = []
    var listValidity: [Bool] = []
    var elementValidity: [Bool] = []
    for (level, repeats) in zip(definition, repetition) {
      if repeats == 0 {
        offsets.append(elementValidity.count)
        listValidity.append(level >= base)
      } else if offsets.isEmpty || level <= base {
        throw .malformedInput(offsets.isEmpty ? "a column begins inside a list" : "a list goes on without an element")
      }
      if level > base { elementValidity.append(level == leaf.maxDefinitionLevel) }
    }
    offsets.append(elementValidity.count)
    let isFull = values.count == elementValidity.count
    let elements =
      try
      (isFull
      ? values.column(leaf.type, validity: nil)
      : values.spread(over: elementValidity).column(leaf.type, validity: elementValidity))
    let validity = listValidity.contains(false) ? listValidity : nil
    return .list(ListColumn(offsets: offsets, elements: elements, validity: validity))
  }
}
