public import Columns
import RecentChange

/// Events that were parsed, before it is known which of them the table holds already.
public struct SilverCandidates: Sendable {
  /// The parsed events in the columns of silver_events. `meta_id` and `event_timestamp` are what a look-up needs.
  public let rows: ColumnBatch
  /// The Bronze rows, in the order in which they came.
  let bronze: ColumnBatch
  /// For each of `rows` its position in `bronze`.
  let origins: [Int]
  /// Rows that cannot be parsed: what could be read of them, and what is wrong.
  let rejected: ColumnBatch
  let failures: [RecentChangeFailure]

  /// Splits derived rows by the parser's failures.
  init(derived: ColumnBatch, bronze: ColumnBatch, failures: [RecentChangeFailure]) {
    self.bronze = bronze
    self.failures = failures
    if failures.isEmpty {
      rows = derived
      origins = Array(0..<derived.rowCount)
      rejected = ColumnBatch(empty: derived.schema)
    } else {
      var isRejected = [Bool](repeating: false, count: derived.rowCount)
      for failure in failures { isRejected[failure.row] = true }
      origins = isRejected.indices.filter { !isRejected[$0] }
      rows = derived.gathering(origins)
      rejected = derived.gathering(failures.map(\.row))
    }
  }

  /// The number of Bronze rows.
  public var total: Int { bronze.rowCount }
}
