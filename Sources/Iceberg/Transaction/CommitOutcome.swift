import Failures
import JSON

/// Finds out whether a commit happened whose answer was lost.
struct CommitOutcome {
  private let table: Table
  private let retry: RetryPolicy

  init(_ table: Table, retry: RetryPolicy) {
    self.table = table
    self.retry = retry
  }

  /// Looks three times whether the metadata at `path` is the table's or was before. False means: still unknown.
  func happened(at path: String) throws -> Bool {
    for check in 0..<3 {
      if check > 0 { try retry.wait(min(1000 << (check - 1), retry.maximumWaitMilliseconds)) }
      if let now = try? table.refreshed(), now.metadataLocation == path || now.metadata.wasMade(from: path) {
        return true
      }
    }
    return false
  }
}

extension TableMetadata {
  /// The earlier metadata files that the metadata log names, oldest first.
  var earlierFiles: [String] {
    (document.root["metadata-log"]?.elements ?? []).compactMap { $0["metadata-file"]?.string }
  }

  /// Whether the metadata log names this file.
  package func wasMade(from path: String) -> Bool { earlierFiles.contains(path) }
}
