/// What the checks said of each row of a batch.
public struct Verdicts: Sendable, Equatable {
  /// The checks that were asked.
  public let checks: RowChecks
  /// The failures of each row: bit i for check i.
  public private(set) var masks: [UInt64]
  /// How often each check was asked and failed, in the checks' order.
  public private(set) var counts: [CheckCount]

  init(checks: RowChecks, masks: [UInt64], counts: [CheckCount]) {
    self.checks = checks
    self.masks = masks
    self.counts = counts
  }

  /// Whether `row` failed no check (rows left out failed none).
  public func passes(_ row: Int) -> Bool { masks[row] == 0 }

  /// The first check that `row` failed: the reason of its quarantine.
  public func reason(_ row: Int) -> String? {
    masks[row] == 0 ? nil : checks.checks[masks[row].trailingZeroBitCount].name
  }

  /// Every check that `row` failed, in order.
  public func failures(_ row: Int) -> [String] {
    var rest = masks[row]
    var names: [String] = []
    while rest != 0 {
      names.append(checks.checks[rest.trailingZeroBitCount].name)
      rest &= rest - 1
    }
    return names
  }

  /// The rows that failed a check, ascending.
  public var failedRows: [Int] { masks.indices.filter { masks[$0] != 0 } }
}
