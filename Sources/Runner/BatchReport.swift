public import Quality

/// What one batch did.
public struct BatchReport: Sendable {
  /// The plan.
  public let plan: Plan
  /// Rows read, passed, refused and dropped as duplicates.
  public let counts: QualityCounts
  /// Windows touched (Silver) or computed (Gold).
  public let windows: Int
  /// Offsets of the log inside Bronze's range that hold no record.
  public let missingOffsets: Int64
}
