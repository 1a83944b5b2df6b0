import JSON

/// Chooses the snapshots that a commit removes from the metadata. Of those that stay no more is read than their numbers.
struct ExpiredSnapshots {
  private struct Link {
    let position: Int
    let parentID: Int64?
    let sequenceNumber: Int64
  }

  private let metadata: TableMetadata
  private let added: Snapshot?
  private let links: [Int64: Link]

  /// Over the snapshots of `metadata` and one that the commit adds as the new current one.
  init(_ metadata: TableMetadata, added: Snapshot?) {
    self.metadata = metadata
    self.added = added
    let links = zip(metadata.snapshotIDs, metadata.snapshotNodes).enumerated().map { position, snapshot in
      (
        snapshot.0,
        Link(
          position: position, parentID: snapshot.1["parent-snapshot-id"]?.int64,
          sequenceNumber: snapshot.1["sequence-number"]?.int64 ?? 0)
      )
    }
    self.links = Dictionary(links) { first, _ in first }
  }

  /// The ids that `rule` does not keep.
  func removed(by rule: RetainedSnapshots) throws -> Set<Int64> {
    var kept = Set<Int64>()
    let oldest = keep(newest: rule.count - (added == nil ? 0 : 1), of: metadata.currentSnapshotID, in: &kept)
    let oldestKept = oldest?.sequenceNumber ?? added?.sequenceNumber ?? 0
    for (name, ref) in metadata.refs where name != SnapshotRef.main {
      let count = ref.kind == .tag ? 1 : max(rule.count, ref.minSnapshotsToKeep ?? 1)
      _ = keep(newest: count, of: ref.snapshotID, in: &kept)
    }
    var removed = Set<Int64>()
    for (id, link) in links where !kept.contains(id) {
      // What was rolled back stays as long as what was made at the same time.
      if link.sequenceNumber > oldestKept { continue }
      if try !rule.alsoKeep(Snapshot(json: metadata.snapshotNodes[link.position])) { removed.insert(id) }
    }
    return removed
  }

  /// Keeps the newest of an ancestry; returns the oldest of them.
  private func keep(newest count: Int, of id: Int64?, in kept: inout Set<Int64>) -> Link? {
    var (next, oldest, left) = (id, Link?.none, count)
    while left > 0, let id = next, let link = links[id] {
      kept.insert(id)
      oldest = link
      next = link.parentID
      left -= 1
    }
    return oldest
  }
}
