public import Columns
public import Failures

/// The row checks of a table, in the order in which a row's failures are listed.
///
/// Made for each batch: its budget is spent but once.
public struct RowChecks: Sendable {
  /// The most checks that one table can have: a row's failures are the bits of one word.
  public static let limit = 64

  /// The checks in order.
  public let checks: [RowCheck]
  /// The bits of the checks whose failing rows do not pass: all but those that only log.
  let refusing: UInt64
  /// The checks by SQL expressions, compiled once for all parts of a batch.
  let sql: SQLChecks
  /// Nil for as much time as they take.
  let budget: CheckBudget?

  /// A set of checks, of which those by patterns and SQL may take as long as `budget` has. Throws `.configuration` when there are more than
  /// `limit` or two have one name.
  public init(_ checks: [RowCheck], budget: CheckBudget? = nil) throws(Failure) {
    guard checks.count <= Self.limit else {
      throw .configuration("\(checks.count) row checks, at most \(Self.limit) are possible")
    }
    var seen: Set<String> = []
    for check in checks where !seen.insert(check.name).inserted {
      throw .configuration("two row checks are called \(check.name)")
    }
    self.init(trusted: checks, budget: budget)
  }

  /// For the sets of this module, whose names are distinct by construction (and tested to be).
  init(trusted checks: [RowCheck], budget: CheckBudget? = nil) {
    self.checks = checks
    self.budget = budget
    sql = SQLChecks(checks)
    refusing = checks.enumerated().reduce(0) { $1.element.mode == .log ? $0 : $0 | 1 << UInt64($1.offset) }
  }

  /// The names in order.
  public var names: [String] { checks.map(\.name) }

  /// These checks behind others that every row fails, which so name the reason. `column` is one that the rows have.
  public func refusingAll(_ names: [String], column: String) throws(Failure) -> RowChecks {
    try RowChecks(names.map { RowCheck(column, .never, name: $0, isWaivable: false) } + checks, budget: budget)
  }

  /// Throws `.configuration` naming the first check that reads a column which `schema` lacks, whose rule does not fit the column's type,
  /// or whose SQL is wrong, so that a wrong rule stops the job when it starts.
  public func validate(against schema: ColumnSchema) throws {
    _ = try evaluate(ColumnBatch(empty: schema))
  }

  /// The bits of the checks called `names`; names of other layers' checks are ignored. Throws `.invalidArgument` for a
  /// check that cannot be waived.
  public func mask(waiving names: Set<String>) throws(Failure) -> UInt64 {
    var mask: UInt64 = 0
    for (position, check) in checks.enumerated() where names.contains(check.name) {
      guard check.isWaivable else {
        throw .invalidArgument("check \(check.name) cannot be waived: the row could not be stored")
      }
      mask |= 1 << UInt64(position)
    }
    return mask
  }
}

extension RowChecks: Hashable {
  /// Whether the checks are the same.
  public static func == (left: RowChecks, right: RowChecks) -> Bool { left.checks == right.checks }

  /// Hashes the checks.
  public func hash(into hasher: inout Hasher) { hasher.combine(checks) }
}
