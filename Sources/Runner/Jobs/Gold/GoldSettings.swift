public import Iceberg
public import Detection
public import Pipeline

/// What Gold is told by its configuration.
public struct GoldSettings: Sendable {
  /// At most about so many Silver rows a batch; at least one window.
  public var rowLimit: Int
  /// At most so many windows a batch.
  public var windowLimit: Int
  /// How data files are written.
  public var files: DataFileOptions
  /// Every number of the scores and baselines.
  public var rules: DetectionRules
  /// The row checks at a clock (microseconds), those with the names given forgiven.
  public var checks: @Sendable (_ clock: Int64, _ waived: Set<String>) throws -> GoldRowChecks
  /// The batch checks at a clock (microseconds).
  public var batchChecks: @Sendable (_ clock: Int64) throws -> GoldBatchChecks
  /// Attempts before Gold stops.
  public var attempts: Int

  /// Settings.
  public init(
    rowLimit: Int, windowLimit: Int, rules: DetectionRules, files: DataFileOptions,
    checks: @escaping @Sendable (_ clock: Int64, _ waived: Set<String>) throws -> GoldRowChecks = {
      try GoldRowChecks(waiving: $1)
    },
    batchChecks: @escaping @Sendable (_ clock: Int64) throws -> GoldBatchChecks = { _ in GoldBatchChecks() },
    attempts: Int = 3
  ) {
    self.rowLimit = rowLimit
    self.windowLimit = windowLimit
    self.rules = rules
    self.files = files
    self.checks = checks
    self.batchChecks = batchChecks
    self.attempts = attempts
  }
}
