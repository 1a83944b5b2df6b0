public import Columns
public import Quality

/// What a Bronze batch makes of its records.
public struct BronzeResult: Sendable, Equatable {
  /// Rows for bronze_events, in the order of the records.
  public var events: ColumnBatch
  /// Rows for bronze_quarantine.
  public var quarantine: ColumnBatch
  /// What became of the records.
  public var counts: QualityCounts
  /// How often each check was asked and failed, in order.
  public var checks: [CheckCount]

  /// Adds another partition's rows and counts.
  public mutating func append(_ other: BronzeResult) throws {
    try events.append(contentsOf: other.events)
    try quarantine.append(contentsOf: other.quarantine)
    counts = counts + other.counts
    for count in other.checks {
      if let position = checks.firstIndex(where: { $0.name == count.name }) {
        checks[position].checked += count.checked
        checks[position].failed += count.failed
        if checks[position].error == nil { checks[position].error = count.error }
      } else {
        checks.append(count)
      }
    }
  }
}
