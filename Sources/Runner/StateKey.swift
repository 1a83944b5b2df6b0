/// The keys of small values that a job keeps in its state.
enum StateKey {
  /// The metadata file that is being written for a table: a later run deletes it when a kill left it behind.
  static func metadata(table: String) -> String { "metadata:\(table)" }
  /// The largest number that a forward batch was given.
  static let batchNumber = "batch-number"
  /// The rows that the next plan takes at most, after failures; 0: one record that goes to quarantine.
  static let rowLimit = "row-limit"
  /// The id of the log whose loss the operator accepted, until the next commit.
  static let acceptedLoss = "accepted-loss"
  /// Results that are not in the quality tables yet, as a JSON array.
  static let pendingResults = "pending-results"
}
