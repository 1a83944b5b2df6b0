import Failures
import JSON

/// When a snapshot became a table's state.
public struct SnapshotLogEntry: Sendable, Hashable {
  /// Milliseconds since 1970-01-01 UTC.
  public let timestampMilliseconds: Int64
  /// The snapshot, which may have been removed since.
  public let snapshotID: Int64
}

extension TableMetadata {
  /// The states that the table had, oldest first; rolling back makes an entry too.
  ///
  /// Throws `.malformedInput` for an entry without time or snapshot.
  public func snapshotLog() throws -> [SnapshotLogEntry] {
    try (document.root["snapshot-log"]?.elements ?? []).map { node in
      guard let time = node["timestamp-ms"]?.int64, let id = node["snapshot-id"]?.int64 else {
        throw Failure.malformedInput("an entry of snapshot-log has no time or no snapshot")
      }
      return SnapshotLogEntry(timestampMilliseconds: time, snapshotID: id)
    }
  }

  /// The snapshot that was the table's state at a time, nil for a time before the log begins.
  public func snapshotID(asOfMilliseconds time: Int64) throws -> Int64? {
    try snapshotLog().last { $0.timestampMilliseconds <= time }?.snapshotID
  }

  /// The snapshot that a branch or tag points to, nil where there is none of that name.
  public func snapshot(ref: String) throws -> Snapshot? { try refs[ref].flatMap { try snapshot($0.snapshotID) } }
}
