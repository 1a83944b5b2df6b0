public import Patterns

/// What a row check asks of a column's value.
///
/// As in SQL, a null fails `notNull` and nothing else: what is unknown is not wrong.
public enum RowRule: Sendable, Hashable {
  /// The value is there.
  case notNull
  /// The value is one of these; with `orDigits`, text made of ASCII digits passes as well.
  case oneOf([Scalar], orDigits: Bool = false)
  /// The value is none of these.
  case noneOf([Scalar])
  /// The value lies between the bounds, both included; a missing bound is open. NaN lies nowhere.
  case between(Scalar?, Scalar?)
  /// The text has that many Unicode scalars, the binary that many bytes, the list that many elements.
  case length(minimum: Int?, maximum: Int?)
  /// The bytes are well-formed UTF-8.
  case utf8
  /// The pattern finds something in the text. A row on which it takes too many steps fails, and says so.
  case matches(Pattern)
  /// The bytes are a JSON value of any kind (RFC 8259).
  case isJSON
  /// A number of seconds lies between the bounds, both included; a missing bound is open. For a timestamp, the seconds by which it lies
  /// before `clock` (microseconds).
  case freshness(minimumSeconds: Int64?, maximumSeconds: Int64?, clock: Int64)
  /// A time (a timestamp, a date, or whole seconds since 1970-01-01) lies before `clock` (microseconds) plus the tolerance.
  case notInFuture(toleranceSeconds: Int64, clock: Int64)
  /// No earlier row of the batch has the same value in the check's column and in `with`. Nulls are never equal.
  case unique(with: [String] = [])
  /// The value occurs in another column of the batch, in any row.
  case references(String)
  /// The value stands so to another column's value of its row; where either is null the row passes.
  case compares(Comparison, to: String)
  /// The number is at most the sum of other columns of its row (nulls count as 0).
  case atMost(sumOf: [String])
  /// No row passes: somebody decided about the whole batch.
  case never
  /// The SQL expression over the row's columns is true or null, as in SQL's CHECK.
  case sql(String)

  /// The rule's name in configuration.
  public var kind: String {
    switch self {
    case .notNull: "not_null"
    case .oneOf: "in"
    case .noneOf: "not_in"
    case .between(_, nil): "min"
    case .between(nil, _): "max"
    case .between: "between"
    case .length: "length"
    case .utf8: "utf8"
    case .matches: "matches"
    case .isJSON: "is_json"
    case .freshness: "freshness"
    case .notInFuture: "not_in_future"
    case .unique: "unique"
    case .references: "references"
    case .compares(let comparison, _): comparison.rawValue
    case .atMost: "at_most"
    case .never: "never"
    case .sql: "sql"
    }
  }

  /// Whether it is an SQL expression over the whole row.
  var isSQL: Bool {
    if case .sql = self { true } else { false }
  }

  /// The columns that the rule reads beside the check's own.
  var otherColumns: [String] {
    switch self {
    case .unique(let others), .atMost(let others): others
    case .references(let other), .compares(_, let other): [other]
    default: []
    }
  }
}
