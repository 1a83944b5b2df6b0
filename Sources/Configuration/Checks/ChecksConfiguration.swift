public import Columns
import Failures
public import Quality

/// The checks of a job.
public struct ChecksConfiguration: Sendable, Hashable {
  /// Checks that route rows, in the order that decides which one names the reason.
  public let rows: [RowCheckConfiguration]
  /// Checks that judge the batch; empty when they are off.
  public let batch: [BatchCheckConfiguration]

  /// The names of all checks.
  public var names: [String] { rows.map(\.name) + batch.map(\.name) }

  /// The row checks of a table.
  /// - Parameters:
  ///   - table: the table's name.
  ///   - columns: the table's columns; checks of other columns belong to other tables.
  ///   - clock: the plan's clock in microseconds since 1970-01-01 UTC.
  ///   - budget: the time that patterns and SQL have for a batch; nil for as long as they take.
  /// - Throws: `.configuration` when there are more than `RowChecks.limit`.
  public func rowChecks(
    table: String, columns: some Sequence<String>, clock: Int64, budget: CheckBudget? = nil
  ) throws -> RowChecks {
    let columns = Set(columns)
    return try RowChecks(
      rows.filter { $0.applies(to: table, columns: columns) }.map { $0.rowCheck(clock: clock) }, budget: budget)
  }

  /// The batch checks of a table; none when they are off. Parameters and errors are those of `rowChecks`.
  public func batchChecks(
    table: String, columns: some Sequence<String>, clock: Int64, budget: CheckBudget? = nil
  ) throws -> BatchChecks {
    let columns = Set(columns)
    return try BatchChecks(
      batch.filter { $0.applies(to: table, columns: columns) }.map { $0.batchCheck(clock: clock) }, budget: budget)
  }

  /// Throws `.configuration`, with file and line, for the first row check of a table that does not fit its columns: a column that is not
  /// there, a rule that cannot judge its type, wrong SQL.
  public func validate(table: String, schema: ColumnSchema) throws {
    let columns = Set(schema.fields.map(\.name))
    for check in rows where check.applies(to: table, columns: columns) {
      try within("\(check.location): \(table)") {
        try RowChecks([check.rowCheck(clock: 0)]).validate(against: schema)
      }
    }
    _ = try within(table) { try rowChecks(table: table, columns: columns, clock: 0) }
  }

  /// Throws `.invalidArgument`, as a mistake in the command line, for the first of `waivers` that none of `known` has or that cannot be
  /// waived.
  public static func validate(waivers: [String], known: [ChecksConfiguration]) throws {
    let names = known.flatMap(\.names)
    for waiver in waivers where !names.contains(waiver) {
      throw Failure.invalidArgument("no check is called \"\(waiver)\"\(hint(for: waiver, among: names))")
    }
    let fixed = known.flatMap {
      $0.rows.filter { !$0.isWaivable }.map(\.name) + $0.batch.filter { !$0.isWaivable }.map(\.name)
    }
    for waiver in waivers where fixed.contains(waiver) {
      throw Failure.invalidArgument("check \"\(waiver)\" cannot be waived")
    }
  }
}

/// A declared check; a check of several columns is declared as many.
public struct RowCheckConfiguration: Sendable, Hashable {
  /// What is asked.
  public enum Rule: Sendable, Hashable {
    /// Something that does not depend on the plan.
    case fixed(RowRule)
    /// A lag between the bounds, or a timestamp that lies so many seconds before the plan's clock.
    case freshness(minimumSeconds: Int64?, maximumSeconds: Int64?)
    /// A time that lies before the plan's clock plus the tolerance.
    case notInFuture(toleranceSeconds: Int64)
  }

  /// The name in `failed_checks` and for `--waive`.
  public let name: String
  /// The column that is judged; nil for an SQL expression, which sees the whole row.
  public let column: String?
  /// What is asked of it.
  public let rule: Rule
  /// The rows that are asked, nil for all.
  public let condition: RowCheck.Condition?
  /// The tables whose rows are asked; empty for all that have the columns.
  public let tables: [String]
  /// False when a row that fails could not be stored.
  public let isWaivable: Bool
  /// What follows for a row that fails.
  public let mode: CheckMode
  /// Where it is written: `file:line`.
  public let location: String

  /// The check for a plan whose clock stands at `clock` microseconds.
  public func rowCheck(clock: Int64) -> RowCheck {
    let rowRule: RowRule =
      switch rule {
      case .fixed(let rule): rule
      case .freshness(let minimum, let maximum):
        .freshness(minimumSeconds: minimum, maximumSeconds: maximum, clock: clock)
      case .notInFuture(let tolerance): .notInFuture(toleranceSeconds: tolerance, clock: clock)
      }
    return RowCheck(
      name: name, column: column, rule: rowRule, condition: condition, isWaivable: isWaivable, mode: mode)
  }

  /// Whether this and `other` differ in nothing but their mode and place.
  func asks(as other: RowCheckConfiguration) -> Bool {
    RowCheckConfiguration(
      name: name, column: column, rule: rule, condition: condition, tables: tables, isWaivable: isWaivable,
      mode: other.mode, location: other.location) == other
  }

  func applies(to table: String, columns: Set<String>) -> Bool {
    guard tables.isEmpty else { return tables.contains(table) }
    return rowCheck(clock: 0).columns.allSatisfy(columns.contains)
  }
}
