public import Columns
import Failures

extension RowChecks {
  /// Which failures of which rows are forgiven, as bits of the checks (`mask(waiving:)`).
  public struct Waivers: Sendable, Equatable {
    /// Forgiven to every row.
    public var everywhere: UInt64
    /// Forgiven to single rows, one mask a row; nil when there are none.
    public var byRow: [UInt64]?

    /// Waivers.
    public init(everywhere: UInt64 = 0, byRow: [UInt64]? = nil) {
      self.everywhere = everywhere
      self.byRow = byRow
    }

    func mask(_ row: Int) -> UInt64 { everywhere | (byRow?[row] ?? 0) }
  }

  /// Asks every check of every row of `batch`, but not of the rows that `skipping` marks.
  ///
  /// Throws `.configuration` naming the check when its column is missing or of a type that its rule cannot judge, when its SQL is wrong,
  /// and when it spends the budget.
  public func evaluate(_ batch: ColumnBatch, skipping: [Bool]? = nil, waivers: Waivers = Waivers()) throws -> Verdicts {
    var evaluation = Evaluation(self, batch, skipping: skipping, waivers: waivers)
    for (position, check) in checks.enumerated() where !check.rule.isSQL {
      try within("check \(check.name)") { try evaluation.ask(position) }
    }
    try evaluation.askSQL()
    return evaluation.verdicts
  }
}
