/// A change of the metadata that needs no new snapshot.
public struct MetadataUpdate: Sendable {
  /// Properties to set.
  public var setProperties: [String: String]
  /// Properties to remove.
  public var removeProperties: [String]
  /// Changes of the schema, one after the other.
  public var schemaChanges: [SchemaChange]
  /// An older snapshot that becomes the table's state again.
  public var currentSnapshotID: Int64?
  /// Snapshots to forget, none of which a ref points to. Their files stay.
  public var removedSnapshotIDs: Set<Int64>
  /// Changes of how new files are divided, one after the other.
  public var partitionChanges: [PartitionChange]
  /// What writers are to sort by from now on: nil leaves it as it is, none for no order.
  public var sortOrder: [SortColumn]?
  /// Changes of branches and tags, one after the other.
  public var refChanges: [RefChange]

  /// An update.
  public init(
    setProperties: [String: String] = [:], removeProperties: [String] = [], schemaChanges: [SchemaChange] = [],
    currentSnapshotID: Int64? = nil, removedSnapshotIDs: Set<Int64> = [], partitionChanges: [PartitionChange] = [],
    sortOrder: [SortColumn]? = nil, refChanges: [RefChange] = []
  ) {
    self.partitionChanges = partitionChanges
    self.sortOrder = sortOrder
    self.refChanges = refChanges
    self.currentSnapshotID = currentSnapshotID
    self.removedSnapshotIDs = removedSnapshotIDs
    self.setProperties = setProperties
    self.removeProperties = removeProperties
    self.schemaChanges = schemaChanges
  }
}

/// Which snapshots a commit leaves in the metadata, so that the metadata of a table with a commit a minute stays small.
///
/// A table with `gc.enabled` false keeps all. Kept are the newest `count` of the current ancestry and whatever is not older than the oldest of these, what a ref needs, and
/// those for which `alsoKeep` says so. Nothing is deleted from the store.
public struct RetainedSnapshots {
  /// How many are kept at least; 1 or more.
  public let count: Int
  /// Which older ones are kept.
  public let alsoKeep: (Snapshot) throws -> Bool

  /// A rule.
  public init(count: Int = 50, alsoKeep: @escaping (Snapshot) throws -> Bool = { _ in false }) {
    self.count = max(count, 1)
    self.alsoKeep = alsoKeep
  }
}
