public import Columns
import Failures

/// What is known about a table, as a table (the columns are those of Java's metadata tables:
/// <https://iceberg.apache.org/docs/latest/spark-queries/#inspecting-tables>).
public enum MetadataTable: String, Sendable, CaseIterable {
  /// The live data and delete files of a snapshot, with their metrics.
  case files
  /// The manifests of a snapshot.
  case manifests
  /// All snapshots.
  case snapshots
  /// Which snapshot was the table's state since when.
  case history
  /// The partitions of a snapshot, with counts of rows and files.
  case partitions
  /// Branches and tags.
  case refs
}

extension Table {
  /// The rows of a metadata table; of `files`, `manifests` and `partitions` for `snapshotID` (nil: the current snapshot).
  ///
  /// Throws `.notFound` for a snapshot that is not there, `.invalidArgument` for a snapshot of a table that is not of one.
  public func rows(of kind: MetadataTable, snapshotID: Int64? = nil) throws -> ColumnBatch {
    try within("\(kind) of table \(identifier)") {
      switch kind {
      case .files: return try FilesTable(self, snapshotID).rows()
      case .manifests: return try ManifestsTable(self, snapshotID).rows()
      case .partitions: return try PartitionsTable(self, snapshotID).rows()
      case .snapshots, .history, .refs:
        guard snapshotID == nil else { throw Failure.invalidArgument("\(kind) are those of the whole table") }
        return switch kind {
        case .snapshots: try SnapshotTables.snapshots(metadata)
        case .history: try SnapshotTables.history(metadata)
        default: try SnapshotTables.refs(metadata)
        }
      }
    }
  }

  /// The snapshot of that id, else the current one. Throws `.notFound`.
  func snapshot(orCurrent id: Int64?) throws -> Snapshot? {
    guard let id else { return try metadata.currentSnapshot() }
    guard let snapshot = try metadata.snapshot(id) else { throw Failure.notFound("snapshot \(id) does not exist") }
    return snapshot
  }
}
