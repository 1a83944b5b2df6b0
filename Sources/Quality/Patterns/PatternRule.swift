import Columns
import Failures
import Patterns

/// Judges the texts of a column by a pattern.
struct PatternRule {
  let pattern: Pattern
  let budget: CheckBudget?

  /// What is said of a row on which the pattern was given up.
  static let tooCostly = "the pattern takes too many steps on this text"

  /// So many rows lie between two looks at the clock; a row takes a millisecond at most.
  private static let rowsBetweenLooks = 64

  /// Calls `failed` with each of the rows that `asked` marks (all by default) in which nothing is found, and why where the match was
  /// given up. Throws `.configuration` when the budget is spent.
  func judge(_ texts: BinaryColumn, asked: [Bool]?, _ failed: (_ row: Int, _ error: String?) -> Void) throws {
    let matcher = try PatternMatcher(pattern)
    guard let budget else { return judge(texts, 0..<texts.count, asked, matcher, failed) }
    try budget.spend { end in
      var start = 0
      while start < texts.count {
        let rows = start..<min(start + Self.rowsBetweenLooks, texts.count)
        judge(texts, rows, asked, matcher, failed)
        start = rows.upperBound
        guard budget.now() < end else { throw Failure.configuration(budget.exhaustion) }
      }
    }
  }

  private func judge(
    _ texts: BinaryColumn, _ rows: Range<Int>, _ asked: [Bool]?, _ matcher: PatternMatcher,
    _ failed: (_ row: Int, _ error: String?) -> Void
  ) {
    for row in rows where asked?[row] ?? true && texts.isValid(row) {
      switch texts.withUnsafeBytes(row: row, matcher.match) {
      case .found: break
      case .notFound: failed(row, nil)
      case .tooCostly: failed(row, Self.tooCostly)
      }
    }
  }
}
