import Failures

/// What the snapshots of a range added to a table.
public struct AddedFiles: Sendable {
  /// The snapshots, oldest first, those that only replaced files included.
  public let snapshots: [Snapshot]
  /// The files that they added, by sequence number and path; files of `replace` snapshots hold no new rows and are left out. Some
  /// may not be part of the table any more.
  public let files: [LiveFile]
}

extension Table {
  /// The files that the snapshots with sequence numbers in (`after`, `upTo`] added.
  ///
  /// Only the ancestry of the current snapshot counts: what was rolled back is not told of. Nil where a snapshot of the range has been
  /// removed from the metadata: then only `liveFiles` can tell.
  public func addedFiles(afterSequence after: Int64, upTo: Int64) throws -> AddedFiles? {
    try within("table \(identifier)") {
      guard let snapshots = try snapshots(afterSequence: after, upTo: upTo) else { return nil }
      let manifests = ManifestStore(metadata, store)
      var files: [LiveFile] = []
      for snapshot in snapshots where snapshot.operation != .replace {
        for manifest in try manifests.manifests(of: snapshot)
        where manifest.addedSnapshotID == snapshot.id && manifest.content == .data && manifest.addedFilesCount != 0 {
          files += try manifests.entries(of: manifest)
            .filter { $0.status == .added && $0.snapshotID == snapshot.id }.map { LiveFile($0) }
        }
      }
      return AddedFiles(snapshots: snapshots, files: files.inOrder())
    }
  }

  /// The files that `snapshot` added or removed.
  ///
  /// Throws `.notFound` where its manifests are gone.
  public func changedFiles(in snapshot: Snapshot) throws -> [LiveFile] {
    try within("table \(identifier)") {
      let manifests = ManifestStore(metadata, store)
      return try manifests.manifests(of: snapshot)
        .filter { $0.addedSnapshotID == snapshot.id && $0.content == .data }
        .flatMap { try manifests.entries(of: $0) }
        .filter { $0.status != .existing && $0.snapshotID == snapshot.id }.map { LiveFile($0) }.inOrder()
    }
  }

  /// The live files with data sequence numbers in (`after`, `upTo`], by sequence number and path.
  ///
  /// A file that was made by rewriting others has a newer number than its rows: reading it again costs time, not rows.
  public func liveFiles(afterSequence after: Int64, upTo: Int64, snapshotID: Int64? = nil) throws -> [LiveFile] {
    try within("table \(identifier)") {
      let snapshot = try (snapshotID ?? metadata.currentSnapshotID).flatMap { try metadata.snapshot($0) }
      let planner = ScanPlanner(metadata, store: store, filter: .alwaysTrue)
      let plan = try planner.plan(ManifestStore(metadata, store).manifests(of: snapshot)) {
        $0.sequenceNumber > after && $0.minSequenceNumber <= upTo
      }
      return plan.files.filter { $0.sequenceNumber > after && $0.sequenceNumber <= upTo }
    }
  }

  /// The data files of a snapshot that lost rows to delete files younger than `after`, by sequence number and path; more than these where a
  /// delete file does not say which files it means.
  public func filesWithDeletes(afterSequence after: Int64, snapshotID: Int64) throws -> [LiveFile] {
    let plan = try TableScan(self, snapshotID: snapshotID).plan()
    return plan.files.filter { file in plan.deleteFiles(of: file).contains { $0.sequenceNumber > after } }
  }

  /// Snapshots of the current ancestry, oldest first; nil where one is missing. Each commit takes the next number, so that a missing
  /// parent matters only where the number before is wanted.
  private func snapshots(afterSequence after: Int64, upTo: Int64) throws -> [Snapshot]? {
    var found: [Snapshot] = []
    var oldest: Int64 = .max
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      oldest = snapshot.sequenceNumber
      if oldest <= after { return found.reversed() }
      if oldest <= upTo { found.append(snapshot) }
    }
    return ancestry.wasCut && oldest != after + 1 ? nil : found.reversed()
  }
}

extension [LiveFile] {
  /// By sequence number and path.
  func inOrder() -> [LiveFile] {
    sorted { ($0.sequenceNumber, $0.dataFile.path) < ($1.sequenceNumber, $1.dataFile.path) }
  }
}
