/// A named question put to every row; what follows for rows that fail it, its mode says.
public struct RowCheck: Sendable, Hashable {
  /// Restricts a check to the rows whose text column has one of some values.
  public struct Condition: Sendable, Hashable {
    /// The text column.
    public let column: String
    /// The values for which the check applies.
    public let values: [String]

    /// A restriction.
    public init(_ column: String, in values: [String]) {
      self.column = column
      self.values = values
    }
  }

  /// The name in quarantine rows, results and `--waive`.
  public let name: String
  /// The column that is judged; nil for an SQL expression, which sees the whole row.
  public let column: String?
  /// What is asked of it.
  public let rule: RowRule
  /// The rows that are asked; nil for all.
  public let condition: Condition?
  /// False for a check without which the row cannot exist in its table.
  public let isWaivable: Bool
  /// What follows for a row that fails.
  public let mode: CheckMode

  /// A check; without a name it is called after its column and rule, `title_not_null`.
  public init(
    _ column: String, _ rule: RowRule, name: String? = nil, when condition: Condition? = nil, isWaivable: Bool = true,
    mode: CheckMode = .quarantine
  ) {
    self.init(
      name: name ?? "\(column)_\(rule.kind)", column: column, rule: rule, condition: condition, isWaivable: isWaivable,
      mode: mode)
  }

  /// A check by an SQL expression over the row.
  public init(
    sql expression: String, name: String, when condition: Condition? = nil, isWaivable: Bool = true,
    mode: CheckMode = .quarantine
  ) {
    self.init(
      name: name, column: nil, rule: .sql(expression), condition: condition, isWaivable: isWaivable, mode: mode)
  }

  /// A check. Evaluating one without a column throws `.configuration`, unless it is an SQL expression.
  public init(name: String, column: String?, rule: RowRule, condition: Condition?, isWaivable: Bool, mode: CheckMode) {
    self.name = name
    self.column = column
    self.rule = rule
    self.condition = condition
    self.isWaivable = isWaivable
    self.mode = mode
  }

  /// Every column that the check reads, but for those in an SQL expression.
  public var columns: [String] { [column, condition?.column].compactMap(\.self) + rule.otherColumns }
}
