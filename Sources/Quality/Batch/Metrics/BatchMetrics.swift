public import Columns

/// The metrics of a batch while its rows come by, in any number of parts: each part is looked at once, whatever is asked.
///
/// Parts that were measured apart are merged; the values do not depend on how rows were parted, but for rounding and
/// within the bound of approximate quantiles.
public struct BatchMetrics: Sendable {
  /// A state, and the rows that it is given.
  private struct Slot: Sendable {
    let condition: RowCheck.Condition?
    let key: MetricStateKey
    var state: any MetricState
  }

  /// The checks whose metrics are taken.
  public let checks: BatchChecks
  private var slots: [Slot] = []
  /// The number of rows under each condition of the checks.
  private var rowCounts: [RowCheck.Condition?: Int] = [:]

  /// The metrics of `checks`, of no rows yet.
  public init(_ checks: BatchChecks) throws {
    self.checks = checks
    for check in checks.checks where position(of: check) == nil {
      let key = MetricStateKey(check.metric)
      slots.append(Slot(condition: check.condition, key: key, state: try key.make(budget: checks.budget)))
    }
  }

  /// Adds rows of the checks' table.
  ///
  /// Throws `.configuration` naming the check whose column is missing or of a type that it cannot measure.
  public mutating func add(_ rows: ColumnBatch) throws {
    for condition in Set(slots.map(\.condition)) {
      let selected = try condition.map { try rows.rows(where: $0, columns: columns(under: $0)) } ?? rows
      rowCounts[condition, default: 0] += selected.rowCount
      for position in slots.indices where slots[position].condition == condition {
        try checks.naming(slots[position].key, under: condition) {
          try slots[position].state.add(selected)
        }
      }
    }
  }

  /// Adds what was measured of other rows by the same checks.
  public mutating func merge(_ other: BatchMetrics) {
    for (mine, theirs) in zip(slots.indices, other.slots) { slots[mine].state.merge(any: theirs.state) }
    rowCounts.merge(other.rowCounts, uniquingKeysWith: +)
  }

  /// The value of a check's metric; nil when there was nothing to measure, or the value is no finite number.
  public func value(of check: BatchCheck) -> Double? {
    guard let position = position(of: check) else { return nil }
    return slots[position].state.value(of: check.metric).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The number of rows that a check was put to.
  public func rowCount(of check: BatchCheck) -> Int { rowCounts[check.condition] ?? 0 }

  private func position(of check: BatchCheck) -> Int? {
    let key = MetricStateKey(check.metric)
    return slots.firstIndex { $0.condition == check.condition && $0.key == key }
  }

  /// The columns that the checks under a condition read, the condition's among them; nil for all, since SQL may read any.
  private func columns(under condition: RowCheck.Condition) -> [String]? {
    let metrics = checks.checks.filter { $0.condition == condition }.map(\.metric)
    if metrics.contains(where: \.readsWholeRows) { return nil }
    return Set(metrics.flatMap(\.columns) + [condition.column]).sorted()
  }
}

extension ColumnBatch {
  /// The rows for which a condition holds, of some columns or all.
  fileprivate func rows(where condition: RowCheck.Condition, columns: [String]?) throws -> ColumnBatch {
    let texts = try conditionTexts(condition.column)
    let values = TextSet(condition.values)
    return try (columns.map { try selecting($0) } ?? self).gathering(
      (0..<rowCount).filter { values.contains(texts, $0) })
  }
}
