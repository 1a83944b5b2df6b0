public import Columns
import RecentChange

/// Events that were parsed, before it is known which of them the table holds already.
public struct SilverCandidates: Sendable {
  /// The parsed events in the columns of silver_events. `meta_id` and `event_timestamp` are what a look-up needs.
  public let rows: ColumnBatch
  /// The Bronze rows, in the order in which they came.
  let bronze: BronzeParts
  /// For each of `rows` its number in `bronze`.
  let origins: [Int]
  /// Rows that cannot be parsed: what could be read of them, and what is wrong.
  let rejected: ColumnBatch
  let failures: [RecentChangeFailure]

  /// Puts together what was made of slices of `bronze`, in their order.
  init(_ slices: [Slice], bronze: BronzeParts, isConcurrent: Bool) throws {
    self.bronze = bronze
    rows = try ColumnBatch(joining: slices.map(\.rows), isConcurrent: isConcurrent)
    rejected = try ColumnBatch(joining: slices.map(\.rejected), isConcurrent: false)
    origins = slices.flatMap(\.origins)
    failures = slices.flatMap(\.failures)
  }

  /// The number of Bronze rows.
  public var total: Int { bronze.rowCount }

  /// What was made of a slice of Bronze rows; numbers are those of all Bronze rows.
  struct Slice: Sendable {
    let rows: ColumnBatch
    let origins: [Int]
    let rejected: ColumnBatch
    let failures: [RecentChangeFailure]

    /// Splits derived rows by the parser's failures. `start` is the number of the first row.
    init(derived: ColumnBatch, failures: [RecentChangeFailure], start: Int) {
      self.failures = failures.map {
        RecentChangeFailure(row: $0.row + start, reasons: $0.reasons, kind: $0.kind)
      }
      if failures.isEmpty {
        rows = derived
        origins = Array(start..<start + derived.rowCount)
        rejected = ColumnBatch(empty: derived.schema)
      } else {
        var isRejected = [Bool](repeating: false, count: derived.rowCount)
        for failure in failures { isRejected[failure.row] = true }
        let parsed = isRejected.indices.filter { !isRejected[$0] }
        rows = derived.gathering(parsed)
        origins = parsed.map { $0 + start }
        rejected = derived.gathering(failures.map(\.row))
      }
    }
  }
}

extension ColumnBatch {
  /// The rows of batches of silver_events one after the other.
  fileprivate init(joining parts: [ColumnBatch], isConcurrent: Bool) throws {
    guard let first = parts.first else {
      self.init(empty: Tables.silverEvents.schema)
      return
    }
    let columns = try runTasks(first.columns.count, isConcurrent: isConcurrent) { position in
      try Column(joining: parts.map { $0.columns[position] })
    }
    try self.init(schema: first.schema, columns: columns)
  }
}
