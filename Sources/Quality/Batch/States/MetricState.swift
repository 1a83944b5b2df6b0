import Columns

/// What has to be remembered of the rows so far to give a metric's value: Deequ's states, which can be added up.
///
/// Metrics that need the same thing share one state, so that each part of a batch is looked at once.
protocol MetricState: Sendable {
  /// Adds rows, which have the state's columns. Throws `.configuration` for a column of a type that cannot be measured so.
  mutating func add(_ rows: ColumnBatch) throws
  /// Adds what another state saw. The order of additions changes no value by more than rounding.
  mutating func merge(_ other: Self)
  /// The value of a metric that the state serves; nil when there was nothing to measure.
  func value(of metric: BatchMetric) -> Double?
}

extension MetricState {
  /// Adds a state that is known to be of the same type.
  mutating func merge(any other: any MetricState) {
    if let other = other as? Self { merge(other) }
  }
}

/// Identifies the state that serves a metric.
enum MetricStateKey: Hashable {
  case rows
  case presence(String)
  case numbers(String)
  case frequencies([String])
  case quantiles(String)
  case comoments(String, String)
  case compliance(RowCheck)
  case types(String)
  case lengths(String)

  init(_ metric: BatchMetric) {
    self =
      switch metric {
      case .size: .rows
      case .completeness(let column): .presence(column)
      case .uniqueness(let columns), .distinctness(let columns), .uniqueValueRatio(let columns): .frequencies(columns)
      case .entropy(let column): .frequencies([column])
      case .minimum(let column), .maximum(let column), .mean(let column), .standardDeviation(let column),
        .sum(let column):
        .numbers(column)
      case .approximateQuantile(let column, _): .quantiles(column)
      case .compliance(let check): .compliance(check)
      case .correlation(let first, let second): .comoments(first, second)
      case .dataType(let column, _): .types(column)
      case .minimumLength(let column), .maximumLength(let column): .lengths(column)
      }
  }

  /// A state that has seen nothing.
  func make(budget: CheckBudget?) throws -> any MetricState {
    switch self {
    case .rows: RowTotal()
    case .presence(let column): Presence(column: column)
    case .numbers(let column): NumberSummary(column: column)
    case .frequencies(let columns): ValueFrequencies(columns: columns)
    case .quantiles(let column): Quantiles(column: column)
    case .comoments(let first, let second): Comoments(first: first, second: second)
    case .compliance(let check): try ComplianceShare(check: check, budget: budget)
    case .types(let column): TextTypes(column: column)
    case .lengths(let column): LengthRange(column: column)
    }
  }
}
