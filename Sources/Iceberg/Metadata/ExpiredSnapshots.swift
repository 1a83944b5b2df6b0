import JSON

/// Chooses the snapshots that a commit removes from the metadata. Of those that stay no more is read than their numbers.
struct ExpiredSnapshots {
  private struct Link {
    /// The place in the metadata, nil for the snapshot that the commit adds.
    let position: Int?
    let parentID: Int64?
    let sequenceNumber: Int64
  }

  private let metadata: TableMetadata
  private var links: [Int64: Link]

  /// Over the snapshots of `metadata` and one that the commit adds.
  init(_ metadata: TableMetadata, added: Snapshot?) {
    self.metadata = metadata
    let links = zip(metadata.snapshotIDs, metadata.snapshotNodes).enumerated().map { position, snapshot in
      (
        snapshot.0,
        Link(
          position: position, parentID: snapshot.1["parent-snapshot-id"]?.int64,
          sequenceNumber: snapshot.1["sequence-number"]?.int64 ?? 0)
      )
    }
    self.links = Dictionary(links) { first, _ in first }
    if let added {
      self.links[added.id] = Link(position: nil, parentID: added.parentID, sequenceNumber: added.sequenceNumber)
    }
  }

  /// The ids that `rule` does not keep, where `current` will be the table's state and `refs` the other branches and tags.
  func removed(by rule: RetainedSnapshots, current: Int64?, refs: [SnapshotRef]) throws -> Set<Int64> {
    var kept = Set<Int64>()
    let oldestKept = keep(newest: rule.count, of: current, in: &kept)?.sequenceNumber ?? 0
    for ref in refs {
      let count = ref.kind == .tag ? 1 : max(rule.count, ref.minSnapshotsToKeep ?? 1)
      _ = keep(newest: count, of: ref.snapshotID, in: &kept)
    }
    var removed = Set<Int64>()
    for (id, link) in links where !kept.contains(id) {
      // What was rolled back stays as long as what was made at the same time.
      guard let position = link.position, link.sequenceNumber <= oldestKept else { continue }
      if try !rule.alsoKeep(Snapshot(json: metadata.snapshotNodes[position])) { removed.insert(id) }
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
