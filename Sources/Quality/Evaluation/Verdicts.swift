/// What the checks said of each row of a batch.
public struct Verdicts: Sendable, Equatable {
  /// The checks that were asked.
  public let checks: RowChecks
  /// The failures of each row: bit i for check i.
  public private(set) var masks: [UInt64]
  /// How often each check was asked and failed, in the checks' order.
  public private(set) var counts: [CheckCount]

  /// Why checks could not judge a row, by row.
  private let errors: [Int: [String]]

  init(checks: RowChecks, masks: [UInt64], counts: [CheckCount], errors: [Int: [String]]) {
    self.checks = checks
    self.masks = masks
    self.counts = counts
    self.errors = errors
  }

  /// Whether `row` failed no check but such that only log (rows left out failed none).
  public func passes(_ row: Int) -> Bool { masks[row] & checks.refusing == 0 }

  /// The first check that refused `row`: the reason of its quarantine.
  public func reason(_ row: Int) -> String? {
    let refusing = masks[row] & checks.refusing
    return refusing == 0 ? nil : checks.checks[refusing.trailingZeroBitCount].name
  }

  /// Every check that `row` failed: those that refuse it in order, then those that only log, and then, behind the name of a check that
  /// could not judge the row, why (`lag: integer overflow`). None for a row that passes.
  public func failures(_ row: Int) -> [String] {
    if passes(row) { return [] }
    return names(masks[row] & checks.refusing) + names(masks[row] & ~checks.refusing) + (errors[row] ?? [])
  }

  private func names(_ mask: UInt64) -> [String] {
    var rest = mask
    var names: [String] = []
    while rest != 0 {
      names.append(checks.checks[rest.trailingZeroBitCount].name)
      rest &= rest - 1
    }
    return names
  }

  /// The rows that do not pass, ascending.
  public var failedRows: [Int] { masks.indices.filter { masks[$0] & checks.refusing != 0 } }
}
