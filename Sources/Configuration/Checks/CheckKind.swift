import Quality
import YAML

/// The kinds of checks as they are written.
enum CheckKind: String, CaseIterable {
  case notNull = "not_null"
  case among = "in"
  case notAmong = "not_in"
  case between
  case minimum = "min"
  case maximum = "max"
  case length
  case utf8
  case isJSON = "is_json"
  case matches
  case freshness
  case notInFuture = "not_in_future"
  case unique
  case references
  case lessThan = "less_than"
  case atMost = "at_most"
  case equalTo = "equal_to"
  case notEqualTo = "not_equal_to"
  case atLeast = "at_least"
  case greaterThan = "greater_than"
  case sql

  /// For the kinds that compare with another column.
  fileprivate var comparison: Comparison {
    switch self {
    case .lessThan: .lessThan
    case .equalTo: .equalTo
    case .notEqualTo: .notEqualTo
    case .atLeast: .atLeast
    case .greaterThan: .greaterThan
    default: .atMost
    }
  }
}

extension RowCheckConfiguration.Rule {
  init(_ kind: CheckKind, _ reader: YAMLReader) throws {
    switch kind {
    case .notNull: self = .fixed(.notNull)
    case .among:
      let values = try reader.scalars("values")
      self = .fixed(.oneOf(values, orDigits: try reader.boolean("or_digits", default: false)))
    case .notAmong: self = .fixed(.noneOf(try reader.scalars("values")))
    case .between:
      let (low, high) = (try reader.optionalScalar("min"), try reader.optionalScalar("max"))
      guard low != nil || high != nil else { throw reader.failure("check", "needs min or max") }
      self = .fixed(.between(low, high))
    case .length:
      let (low, high) = (try reader.optionalCount("min"), try reader.optionalCount("max"))
      guard low != nil || high != nil else { throw reader.failure("check", "needs min or max") }
      self = .fixed(.length(minimum: low, maximum: high))
    case .minimum: self = .fixed(.between(try reader.scalar("value"), nil))
    case .maximum: self = .fixed(.between(nil, try reader.scalar("value")))
    case .utf8: self = .fixed(.utf8)
    case .isJSON: self = .fixed(.isJSON)
    case .matches: self = .fixed(.matches(try reader.pattern("pattern")))
    case .freshness: self = try Self.freshness(reader)
    case .notInFuture:
      self = .notInFuture(toleranceSeconds: try reader.duration("tolerance", in: .zero ... .days(3650)).inSeconds)
    case .unique: self = .fixed(.unique(with: try reader.optionalStrings("with")))
    case .references: self = .fixed(.references(try reader.identifier("other")))
    case .atMost where reader.node("other") == nil: self = .fixed(.atMost(sumOf: try reader.strings("sum_of")))
    case .lessThan, .atMost, .equalTo, .notEqualTo, .atLeast, .greaterThan:
      self = .fixed(.compares(kind.comparison, to: try reader.identifier("other")))
    case .sql: self = .fixed(.sql(try reader.string("expression")))
    }
  }

  private static func freshness(_ reader: YAMLReader) throws -> Self {
    let range: ClosedRange<Duration> = .days(-36500) ... .days(36500)
    let (low, high) = (
      try reader.optionalDuration("min", in: range)?.inSeconds, try reader.optionalDuration("max", in: range)?.inSeconds
    )
    guard low != nil || high != nil else { throw reader.failure("check", "needs min or max") }
    return .freshness(minimumSeconds: low, maximumSeconds: high)
  }

  var kind: String {
    switch self {
    case .fixed(let rule): rule.kind
    case .freshness: "freshness"
    case .notInFuture: "not_in_future"
    }
  }

  /// Whether there is no column that is judged.
  var isOfWholeRow: Bool {
    if case .fixed(.sql) = self { true } else { false }
  }
}
