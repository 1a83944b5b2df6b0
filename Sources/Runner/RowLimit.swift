import JSON

/// How much a plan takes at most after failures, until the range that failed is consumed: what is left of it is searched by halves for
/// the record that breaks the job.
package struct RowLimit: Sendable, Hashable {
  /// Rows; 0: one record, which goes to quarantine unseen.
  package var rows: Int
  /// How many rows of the range that failed are left.
  package var remaining: Int

  package init(rows: Int, remaining: Int) {
    self.rows = rows
    self.remaining = remaining
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  package init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "row limit")
    rows = Int(try object.int64("rows"))
    remaining = Int(try object.int64("remaining"))
  }

  package var text: String { JSONValue.object(["rows": JSONValue(rows), "remaining": JSONValue(remaining)]).text }

  /// The limit after a plan of `rows` rows has failed too often.
  package static func halving(_ rows: Int, after limit: RowLimit?) -> RowLimit {
    RowLimit(rows: rows / 2, remaining: max(rows, limit?.remaining ?? 0))
  }

  /// The limit after a batch of `count` rows was committed; nil when there is none any more.
  package func consuming(_ count: Int) -> RowLimit? {
    guard rows > 0, remaining > count else { return nil }
    return RowLimit(rows: rows, remaining: remaining - count)
  }
}
