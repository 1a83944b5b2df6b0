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
  /// The column that is judged.
  public let column: String
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
    self.name = name ?? "\(column)_\(rule.kind)"
    self.column = column
    self.rule = rule
    self.condition = condition
    self.isWaivable = isWaivable
    self.mode = mode
  }

  /// Every column that the check reads.
  public var columns: [String] {
    var names = [column]
    switch rule {
    case .unique(let others), .atMost(let others): names += others
    default: break
    }
    if let condition { names.append(condition.column) }
    return names
  }
}
