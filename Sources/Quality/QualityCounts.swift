/// What became of the rows of a batch. `total = passed + failed + duplicates`.
public struct QualityCounts: Sendable, Hashable {
  /// The rows that came in.
  public var total: Int
  /// The rows for the main table.
  public var passed: Int
  /// The rows for the quarantine table.
  public var failed: Int
  /// The rows dropped because the same event is there already, or twice in the batch.
  public var duplicates: Int

  /// Counts.
  public init(total: Int = 0, passed: Int = 0, failed: Int = 0, duplicates: Int = 0) {
    self.total = total
    self.passed = passed
    self.failed = failed
    self.duplicates = duplicates
  }

  /// passed / (passed + failed), 1 when there is neither.
  public var passRate: Double { passed + failed == 0 ? 1 : Double(passed) / Double(passed + failed) }

  /// Both batches' rows.
  public static func + (left: QualityCounts, right: QualityCounts) -> QualityCounts {
    QualityCounts(
      total: left.total + right.total, passed: left.passed + right.passed, failed: left.failed + right.failed,
      duplicates: left.duplicates + right.duplicates)
  }
}
