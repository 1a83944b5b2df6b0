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
  /// No earlier row of the batch has the same value in the check's column and in `with`. Nulls are never equal.
  case unique(with: [String] = [])
  /// The number is at most the sum of other columns of its row (nulls count as 0).
  case atMost(sumOf: [String])
  /// No row passes: somebody decided about the whole batch.
  case never
  /// What this module cannot judge (JSON validity, regular expressions, SQL): the caller's evaluator does, by this
  /// kind.
  case external(kind: String)

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
    case .unique: "unique"
    case .atMost: "at_most"
    case .never: "never"
    case .external(let kind): kind
    }
  }
}
