public import Quality

/// What one batch did.
public struct BatchReport: Sendable {
  /// The plan.
  public let plan: Plan
  /// Rows read, passed, refused and dropped as duplicates.
  public let counts: QualityCounts
  /// Windows touched (Silver) or computed (Gold).
  public let windows: Int
  /// What became of quarantined rows; nil for a forward batch.
  public let decision: DecisionResult?
}
