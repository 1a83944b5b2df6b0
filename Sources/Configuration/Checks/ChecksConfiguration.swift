import Failures
import YAML

/// The checks of a job.
public struct ChecksConfiguration: Sendable, Hashable {
  /// Checks that route rows, in the order that decides which one names the reason.
  public let rows: [RowCheckConfiguration]
  /// Checks that judge a batch; empty when they are off.
  public let batch: [BatchCheckConfiguration]

  /// The row check `name`.
  public func row(_ name: String) -> RowCheckConfiguration? { rows.first { $0.name == name } }

  /// The names of all checks.
  public var names: [String] { rows.map(\.name) + batch.map(\.name) }
}

/// What a failing check does.
public enum CheckMode: String, Sendable, CaseIterable {
  /// Rows go to the quarantine.
  case quarantine
  /// The batch is blocked until somebody decides.
  case suspend
  /// It is written down.
  case log
}

/// Checks of a category weigh alike in a batch's severity.
public enum CheckCategory: String, Sendable, CaseIterable {
  /// Something is there.
  case completeness
  /// Something is there once.
  case uniqueness
  /// As much as expected.
  case size
  /// A value makes sense.
  case validity
  /// Not too old, not from the future.
  case timeliness
}

/// A check of the rows of a batch.
public struct RowCheckConfiguration: Sendable, Hashable {
  /// Restricts a check to rows whose column has one of some values.
  public struct Condition: Sendable, Hashable {
    /// The column.
    public let column: String
    /// The values.
    public let values: [String]
  }

  /// The name in `failed_checks` and for `--waive`.
  public let name: String
  /// What is asked of a row.
  public let rule: RowRule
  /// The rows that are asked, nil for all.
  public let condition: Condition?
  /// The tables whose rows are asked; empty for all that have the columns.
  public let tables: [String]
  /// What a failing row does.
  public let mode: CheckMode
  /// How it weighs.
  public let category: CheckCategory
}

/// What a row check asks. A null passes every rule but `notNull` and those that say otherwise.
public enum RowRule: Sendable, Hashable {
  /// A value.
  case notNull(column: String)
  /// One of the values, as text.
  case among(column: String, values: [String])
  /// None of the values, as text.
  case notAmong(column: String, values: [String])
  /// A number within bounds; `isRequired` makes null fail.
  case between(column: String, bounds: NumberBounds, isRequired: Bool)
  /// A text of so many characters.
  case length(column: String, bounds: NumberBounds)
  /// A regular expression (PCRE2) that finds something.
  case matches(column: String, pattern: String)
  /// JSON text.
  case isJSON(column: String)
  /// Bytes that are UTF-8.
  case isUTF8(column: String)
  /// A time in seconds before the batch's clock plus the tolerance.
  case notInFuture(column: String, toleranceSeconds: Int64)
  /// A number that is not above another column's.
  case atMostColumn(column: String, other: String)
  /// A SQL expression that is not false.
  case expression(String)
}

/// Bounds of a number; nil is open.
public struct NumberBounds: Sendable, Hashable {
  /// At least.
  public let minimum: Double?
  /// At most.
  public let maximum: Double?
  /// More than.
  public let above: Double?
  /// Less than.
  public let below: Double?
}

/// A check of a whole batch.
public struct BatchCheckConfiguration: Sendable, Hashable {
  /// The name in `failed_checks` and for `--waive`.
  public let name: String
  /// What is asked of the batch.
  public let rule: BatchRule
  /// The tables that are asked; empty for the main table.
  public let tables: [String]
  /// What a failing batch does.
  public let mode: CheckMode
  /// How it weighs.
  public let category: CheckCategory
}

/// What a batch check asks.
public enum BatchRule: Sendable, Hashable {
  /// No two rows are equal in these columns.
  case unique(columns: [String])
}

extension ChecksConfiguration {
  /// Refuses the names of checks to waive that no layer has, as a mistake in the command line.
  public static func validate(waivers: [String], known: [ChecksConfiguration]) throws {
    let names = known.flatMap(\.names)
    for waiver in waivers where !names.contains(waiver) {
      throw Failure.invalidArgument("no check is named \"\(waiver)\"\(hint(for: waiver, among: names))")
    }
  }
}
