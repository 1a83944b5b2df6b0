/// What has become of a quarantined row.
public enum QuarantineStatus: String, Sendable, CaseIterable {
  /// Waiting for somebody.
  case open
  /// It has passed since, and is in the main table.
  case released
  /// Somebody decided against it.
  case discarded
}
