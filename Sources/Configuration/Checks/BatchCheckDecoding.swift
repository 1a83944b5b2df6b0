import Failures
import Quality
import YAML

/// The metrics as they are written.
private enum MetricKind: String, CaseIterable {
  case size
  case completeness
  case uniqueness
  case distinctness
  case uniqueValueRatio = "unique_value_ratio"
  case entropy
  case minimum = "min"
  case maximum = "max"
  case mean
  case standardDeviation = "standard_deviation"
  case sum
  case approximateQuantile = "approx_quantile"
  case compliance
  case correlation
  case dataType = "data_type"
  case minimumLength = "min_length"
  case maximumLength = "max_length"
}

extension BatchCheckConfiguration {
  /// The checks that one entry declares: one called `name`, or with several `tables` one a table, called `name_TABLE`.
  static func group(name: String, _ reader: YAMLReader) throws -> [BatchCheckConfiguration] {
    try RowCheckConfiguration.requireName(name, reader)
    let metric = try Metric(try reader.choice("metric"), name: name, reader)
    let threshold = try reader.batchThreshold()
    let condition = try reader.optionalSection("when") {
      RowCheck.Condition(try $0.identifier("column"), in: try $0.strings("in"))
    }
    let tables = try reader.optionalStrings("tables")
    let mode = try reader.checkMode()
    let isWaivable = try reader.boolean("waivable", default: true)
    let named: [(String, String?)] =
      tables.count > 1 ? tables.map { ("\(name)_\($0)", $0) } : [(name, tables.first)]
    return named.map { name, table in
      BatchCheckConfiguration(
        name: name, metric: metric, threshold: threshold, condition: condition, table: table, mode: mode,
        isWaivable: isWaivable)
    }
  }
}

extension BatchCheckConfiguration.Metric {
  fileprivate init(_ kind: MetricKind, name: String, _ reader: YAMLReader) throws {
    switch kind {
    case .size: self = .fixed(.size)
    case .completeness: self = .fixed(.completeness(try reader.identifier("column")))
    case .uniqueness: self = .fixed(.uniqueness(try reader.columnOrColumns()))
    case .distinctness: self = .fixed(.distinctness(try reader.columnOrColumns()))
    case .uniqueValueRatio: self = .fixed(.uniqueValueRatio(try reader.columnOrColumns()))
    case .entropy: self = .fixed(.entropy(try reader.identifier("column")))
    case .minimum: self = .fixed(.minimum(try reader.identifier("column")))
    case .maximum: self = .fixed(.maximum(try reader.identifier("column")))
    case .mean: self = .fixed(.mean(try reader.identifier("column")))
    case .standardDeviation: self = .fixed(.standardDeviation(try reader.identifier("column")))
    case .sum: self = .fixed(.sum(try reader.identifier("column")))
    case .approximateQuantile:
      self = .fixed(
        .approximateQuantile(try reader.identifier("column"), try reader.number("quantile", in: 0...1)))
    case .compliance: self = try Self.compliance(name: name, reader)
    case .correlation:
      let columns = try reader.columnOrColumns()
      guard columns.count == 2 else { throw reader.failure("columns", "must name two columns to be correlated") }
      self = .fixed(.correlation(columns[0], columns[1]))
    case .dataType: self = .fixed(.dataType(try reader.identifier("column"), try reader.choice("type")))
    case .minimumLength: self = .fixed(.minimumLength(try reader.identifier("column")))
    case .maximumLength: self = .fixed(.maximumLength(try reader.identifier("column")))
    }
  }

  /// The rule is written as a row check is.
  private static func compliance(name: String, _ reader: YAMLReader) throws -> Self {
    let rules = try reader.section("rule") { try RowCheckConfiguration.group(name: name, $0) }
    guard rules.count == 1 else { throw reader.failure("rule", "must be one check") }
    return .compliance(rules[0])
  }
}

extension YAMLReader {
  /// One or more columns, written `column: a` or `columns: [a, b]`.
  fileprivate func columnOrColumns() throws -> [String] {
    let column = try optionalString("column")
    let columns = try optionalStrings("columns")
    guard (column == nil) != columns.isEmpty else { throw failure("metric", "needs either column or columns") }
    let names = column.map { [$0] } ?? columns
    for name in names where !name.utf8.allSatisfy(Self.isIdentifierByte) {
      throw failure(column == nil ? "columns" : "column", "is \"\(name)\", not a name of letters, digits and \"_\"")
    }
    return names
  }

  /// `min`, `max` or both; `equals`; or `history`.
  fileprivate func batchThreshold() throws -> BatchThreshold {
    let (minimum, maximum) = (try optionalBound("min"), try optionalBound("max"))
    let equal = try optionalBound("equals")
    let history = try optionalSection("history") { try HistoryRule($0) }
    let given = [minimum != nil || maximum != nil, equal != nil, history != nil]
    guard given.filter(\.self).count == 1 else {
      throw failure("metric", "needs one of min and max, equals, or history")
    }
    if let history { return .history(history) }
    if let minimum, let maximum, minimum > maximum { throw failure("max", "is less than min") }
    return .absolute(minimum: equal ?? minimum, maximum: equal ?? maximum)
  }

  /// A number of earlier values, `value` when it is absent.
  fileprivate func points(_ key: String, default value: Int) throws -> Int {
    guard node(key) == nil else { return try integer(key, in: 1...1000) }
    note(key, .integer(Int64(value)))
    return value
  }

  private func optionalBound(_ key: String) throws -> Double? { try optionalNumber(key, in: -1e300...1e300) }
}

extension HistoryRule {
  fileprivate init(_ reader: YAMLReader) throws {
    let comparison: Comparison = try reader.choice("compare")
    let maximum = try reader.number("max", in: 0...1e300)
    let minimumPoints = try reader.points("min_points", default: 10)
    let last = try reader.points("last", default: max(100, minimumPoints))
    guard last >= minimumPoints else {
      throw reader.failure("last", "is \(last), fewer than the \(minimumPoints) of min_points")
    }
    self.init(comparison, maximum: maximum, minimumPoints: minimumPoints, last: last)
  }
}
