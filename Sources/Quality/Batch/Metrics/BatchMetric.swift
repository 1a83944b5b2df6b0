/// A number that describes all rows of a batch, after the analyzers of Deequ, whose names and null semantics these have.
///
/// "Rows" are those of the check's condition, all without one. A metric that has nothing to measure (no rows, or no value
/// that is not null) has no value, where Deequ reports an empty state. NaN is no number: numeric metrics leave it out as
/// they do nulls.
///
/// https://github.com/awslabs/deequ/tree/master/src/main/scala/com/amazon/deequ/analyzers
public enum BatchMetric: Sendable, Hashable {
  /// The number of rows; 0 where there are none.
  case size
  /// The share of rows in which the column is not null.
  case completeness(String)
  /// The share of rows whose values of the columns occur exactly once. Rows in which all of the columns are null are left
  /// out; a null beside other values is a value.
  case uniqueness([String])
  /// The number of different values over the number of rows, nulls as for uniqueness.
  case distinctness([String])
  /// The number of values that occur exactly once over the number of different values, nulls as for uniqueness.
  case uniqueValueRatio([String])
  /// The entropy of the column's values in nats (natural logarithm), nulls left out.
  case entropy(String)
  /// The smallest number.
  case minimum(String)
  /// The largest number.
  case maximum(String)
  /// The arithmetic mean of the numbers that are not null.
  case mean(String)
  /// The standard deviation of the population: √(Σ(x − mean)² / n).
  case standardDeviation(String)
  /// The sum of the numbers that are not null. Exact for whole numbers until it is rounded to a double.
  case sum(String)
  /// The smallest value of the column that at least this share (0...1) of the values does not exceed; exact up to
  /// `QuantileSketch.exactCount` values, beyond that within `QuantileSketch.rankError`.
  case approximateQuantile(String, Double)
  /// The share of rows that a row check does not fail, of those that it is put to. As with row checks (and Deequ's own
  /// constraints, which add "is null or"), what is unknown complies.
  case compliance(RowCheck)
  /// Pearson's correlation of two columns over the rows in which both are not null; none where one of them is constant.
  case correlation(String, String)
  /// The share of values of a text column, nulls left out, that look like a type.
  case dataType(String, InferredType)
  /// The length of the shortest text in Unicode scalars, of the shortest binary in bytes.
  case minimumLength(String)
  /// The length of the longest text in Unicode scalars, of the longest binary in bytes.
  case maximumLength(String)

  /// Whether a failure of it means that data is missing or doubled (completeness, uniqueness, size), which raises a
  /// batch's severity.
  public var isStructural: Bool {
    switch self {
    case .size, .completeness, .uniqueness, .distinctness, .uniqueValueRatio: true
    default: false
    }
  }

  /// Whether it is an expression that may read any column.
  var readsWholeRows: Bool {
    if case .compliance(let check) = self { check.rule.isSQL } else { false }
  }

  /// The columns that are read, but for those in an SQL expression.
  public var columns: [String] {
    switch self {
    case .size: []
    case .completeness(let column), .entropy(let column), .minimum(let column), .maximum(let column),
      .mean(let column), .standardDeviation(let column), .sum(let column), .approximateQuantile(let column, _),
      .dataType(let column, _), .minimumLength(let column), .maximumLength(let column):
      [column]
    case .uniqueness(let columns), .distinctness(let columns), .uniqueValueRatio(let columns): columns
    case .correlation(let first, let second): [first, second]
    case .compliance(let check): check.columns
    }
  }
}

extension BatchMetric: CustomStringConvertible {
  /// The metric's name in configuration.
  public var kind: String {
    switch self {
    case .size: "size"
    case .completeness: "completeness"
    case .uniqueness: "uniqueness"
    case .distinctness: "distinctness"
    case .uniqueValueRatio: "unique_value_ratio"
    case .entropy: "entropy"
    case .minimum: "min"
    case .maximum: "max"
    case .mean: "mean"
    case .standardDeviation: "standard_deviation"
    case .sum: "sum"
    case .approximateQuantile: "approx_quantile"
    case .compliance: "compliance"
    case .correlation: "correlation"
    case .dataType: "data_type"
    case .minimumLength: "min_length"
    case .maximumLength: "max_length"
    }
  }

  /// As messages name it: `completeness(title)`, `approx_quantile(bytes_changed, 0.5)`.
  public var description: String {
    var parts = columns
    switch self {
    case .size: return kind
    case .approximateQuantile(_, let share): parts.append("\(share)")
    case .dataType(_, let type): parts.append(type.rawValue)
    case .compliance(let check): parts = [check.name]
    default: break
    }
    return "\(kind)(\(parts.joined(separator: ", ")))"
  }
}
