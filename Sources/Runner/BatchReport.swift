public import Quality

/// What one batch did.
public struct BatchReport: Sendable {
  /// The plan.
  public let plan: Plan
  /// Rows read, passed, refused and dropped as duplicates.
  public let counts: QualityCounts
  /// Windows touched (Silver) or computed (Gold).
  public let windows: Int
  /// How bad the batch is.
  public let severity: Severity
  /// How often each row check was asked and failed.
  public let checks: [CheckCount]
  /// What the batch checks said.
  public let batchChecks: [BatchCheckResult]
  /// The names of the checks that failed, row checks first.
  public let failedChecks: [String]

  init(_ result: BatchResult, windows: Int) {
    plan = result.plan
    counts = result.counts
    self.windows = windows
    severity = result.severity
    checks = result.checks
    batchChecks = result.batchChecks
    failedChecks = result.failedChecks
  }
}
