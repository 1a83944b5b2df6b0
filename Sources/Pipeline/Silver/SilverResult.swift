public import Columns
public import Quality

/// What a Silver batch makes of its Bronze rows.
public struct SilverResult: Sendable, Equatable {
  /// Rows for silver_events, ordered by event_date, event_time, topic, partition and offset.
  public let events: ColumnBatch
  /// Rows for silver_quarantine, in the order of the Bronze rows.
  public let quarantine: ColumnBatch
  /// What became of the rows.
  public let counts: QualityCounts
  /// The starts (microseconds) of the ten-minute windows of rows added or quarantined.
  public let windows: Set<Int64>
  /// How often each check was asked and failed: `parse` first, then the row checks in order.
  public let checks: [CheckCount]

  /// A result made of its parts.
  public init(
    events: ColumnBatch, quarantine: ColumnBatch, counts: QualityCounts, windows: Set<Int64>, checks: [CheckCount]
  ) {
    self.events = events
    self.quarantine = quarantine
    self.counts = counts
    self.windows = windows
    self.checks = checks
  }
}
