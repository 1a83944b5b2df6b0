/// Chooses the snapshots that a commit removes from the metadata.
struct ExpiredSnapshots {
  private let metadata: TableMetadata
  private let added: Snapshot?

  /// Over the snapshots of `metadata` and one that the commit adds as the new current one.
  init(_ metadata: TableMetadata, added: Snapshot?) {
    self.metadata = metadata
    self.added = added
  }

  /// The ids that `rule` does not keep.
  func removed(by rule: RetainedSnapshots) throws -> Set<Int64> {
    var kept = Set<Int64>()
    let current = try keep(newest: rule.count - (added == nil ? 0 : 1), of: metadata.currentSnapshotID, in: &kept)
    let oldestKept = current?.sequenceNumber ?? added?.sequenceNumber ?? 0
    for (name, ref) in metadata.refs where name != SnapshotRef.main {
      let count = ref.kind == .tag ? 1 : max(rule.count, ref.minSnapshotsToKeep ?? 1)
      _ = try keep(newest: count, of: ref.snapshotID, in: &kept)
    }
    var removed = Set<Int64>()
    for snapshot in try metadata.allSnapshots() where !kept.contains(snapshot.id) {
      // What was rolled back stays as long as what was made at the same time.
      if snapshot.sequenceNumber > oldestKept { continue }
      if try !rule.alsoKeep(snapshot) { removed.insert(snapshot.id) }
    }
    return removed
  }

  /// Keeps the newest of an ancestry; returns the oldest of them.
  private func keep(newest count: Int, of id: Int64?, in kept: inout Set<Int64>) throws -> Snapshot? {
    var ancestry = metadata.ancestors(of: id)
    var oldest: Snapshot?
    for _ in 0..<max(count, 0) {
      guard let snapshot = try ancestry.next() else { break }
      kept.insert(snapshot.id)
      oldest = snapshot
    }
    return oldest
  }
}
