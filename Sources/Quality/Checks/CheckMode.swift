/// What follows when rows fail a row check.
public enum CheckMode: String, Sendable, CaseIterable {
  /// The failing rows go to the quarantine table.
  case quarantine
  /// As `quarantine`, and nothing of the batch is committed until an operator has looked.
  case suspend
  /// The failures are counted and reported; the rows pass.
  case log
}
