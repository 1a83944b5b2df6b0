public import Pipeline

/// Which rows of a quarantine table are meant. What is not given excludes nothing.
public struct QuarantineSelection: Sendable, Hashable {
  /// What may have become of the rows.
  public var statuses: Set<QuarantineStatus>
  /// The rows' ids; nil for any.
  public var ids: [String]?
  /// The first failing check.
  public var reason: String?
  /// Checks of which each row failed at least one, whatever else it failed.
  public var checks: [String]
  /// Quarantined at this time or later, in microseconds since 1970 UTC.
  public var since: Int64?
  /// Quarantined before this time, in microseconds since 1970 UTC.
  public var until: Int64?
  /// The batch that quarantined them.
  public var batch: String?
  /// The page, such as `enwiki:Berlin`.
  public var entity: String?
  /// The wiki, such as `enwiki`.
  public var wiki: String?
  /// The user.
  public var user: String?

  /// All rows with one of `statuses`.
  public init(statuses: Set<QuarantineStatus> = [.open]) {
    self.statuses = statuses
    checks = []
  }

  /// Whether it names rows by more than their status.
  public var isNarrow: Bool {
    let texts = [reason, batch, entity, wiki, user]
    return ids != nil || !checks.isEmpty || since != nil || until != nil || texts.contains { $0 != nil }
  }
}
