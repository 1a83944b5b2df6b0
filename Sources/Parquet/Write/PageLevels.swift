import Bytes
import Columns

/// The levels of the page that a column is writing.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
struct PageLevels {
  private let leaf: LeafColumn
  private var definition: [UInt8] = []
  private var repetition: [UInt8] = []
  /// The number of rows.
  private(set) var rowCount = 0
  /// The number of values and nulls.
  private(set) var slotCount = 0
  /// The slots without a value: nulls, nulls of groups around, and empty lists.
  private(set) var nullCount = 0

  init(_ leaf: LeafColumn) { self.leaf = leaf }

  /// Adds rows of a column that is not nested.
  mutating func append(validity: [Bool]?, _ rows: Range<Int>) {
    rowCount += rows.count
    slotCount += rows.count
    guard leaf.maxDefinitionLevel > 0 else { return }
    guard let validity else {
      definition.append(contentsOf: repeatElement(1, count: rows.count))
      return
    }
    definition.reserveCapacity(definition.count + rows.count)
    var valid = 0
    for row in rows {
      definition.append(validity[row] ? 1 : 0)
      valid += validity[row] ? 1 : 0
    }
    nullCount += rows.count - valid
  }

  /// Adds rows of a nested column.
  mutating func append(_ view: LeafView, isOptional: Bool, _ rows: Range<Int>) {
    var slots = NestedSlots(view, rows)
    slots.enter(validity: view.values.validity, isOptional: isOptional)
    definition.append(contentsOf: slots.definition)
    repetition.append(contentsOf: slots.repetition)
    rowCount += rows.count
    slotCount += slots.definition.count
    let maximum = leaf.maxDefinitionLevel
    nullCount += slots.definition.reduce(0) { $0 + ($1 == maximum ? 0 : 1) }
  }

  /// Writes the levels and begins a new page. A level whose maximum is 0 is not written.
  mutating func endPage(into body: inout ByteBuffer) {
    if leaf.maxRepetitionLevel > 0 { Levels.writeV1(repetition, maximum: leaf.maxRepetitionLevel, into: &body) }
    if leaf.maxDefinitionLevel > 0 { Levels.writeV1(definition, maximum: leaf.maxDefinitionLevel, into: &body) }
    definition.removeAll(keepingCapacity: true)
    repetition.removeAll(keepingCapacity: true)
    rowCount = 0
    slotCount = 0
    nullCount = 0
  }
}
