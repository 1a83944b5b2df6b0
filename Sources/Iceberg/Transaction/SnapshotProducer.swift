import Failures
import Hashing
import ObjectStore

/// Makes the snapshot of each attempt of one commit. Manifests are written once and used by all attempts; only the manifest list is
/// made anew (specification, "Sequence Number Inheritance": <https://iceberg.apache.org/spec/#sequence-number-inheritance>).
struct SnapshotProducer {
  /// A snapshot, ready to be entered in the metadata.
  struct Product {
    let snapshot: Snapshot
    let manifests: [ManifestFile]
  }

  private let store: any ObjectStore
  private let commitID: UUID
  private var snapshotID: Int64
  private(set) var files: ManifestWriting
  private var merger: ManifestMerger
  private var filter = ManifestFilter(removing: [])
  private var addedFiles: [DataFile] = []
  private var addedManifests: [ManifestFile] = []
  private var prepared: [String: [ManifestEntry]] = [:]
  /// The manifest list of the last attempt, until its commit has succeeded.
  private var pendingList: String?

  init(_ metadata: TableMetadata, store: any ObjectStore, random: () -> UInt64) {
    self.store = store
    commitID = UUID(randomHigh: random(), randomLow: random())
    snapshotID = Self.randomID(random)
    files = ManifestWriting(metadata, store: store, commitID: commitID)
    merger = ManifestMerger(metadata.properties)
  }

  /// Half of a UUID folded onto the other: positive, and not guessable from the time.
  private static func randomID(_ random: () -> UInt64) -> Int64 {
    Int64(truncatingIfNeeded: (random() ^ random()) & 0x7fff_ffff_ffff_ffff)
  }

  /// Writes the manifests and the manifest list of a snapshot on top of `base` that follows `parent`.
  mutating func produce(
    _ change: SnapshotChange, on base: TableMetadata, parent: Snapshot?, attempt: Int, timestamp: Int64,
    schemaID: Int32, random: () -> UInt64
  ) throws -> Product {
    let (sequenceNumber, overflow) = base.lastSequenceNumber.addingReportingOverflow(1)
    guard !overflow else { throw Failure.limitExceeded("no sequence number is left") }
    deletePendingList()
    chooseID(on: base, random)
    files.rebase(on: base)
    let current = try files.manifests(of: parent)
    try checkNewDeletes(change, current, base)
    let totals = try totals(of: change)
    var manifests = try newManifests(change.added) + checkedPrepared(change.addedManifests, current)
    if !filter.removes(change.removed) { filter = ManifestFilter(removing: change.removed) }
    manifests += try filter.apply(to: current, snapshotID: snapshotID, files: &files)
    let written = Set(files.written)
    manifests = manifests.filter { $0.mayHaveLiveFiles || written.contains($0.path) }
    manifests = try merger.merge(manifests, snapshotID: snapshotID, files: &files)
    let list = manifests.map { $0.assigned(snapshotID: snapshotID, sequenceNumber: sequenceNumber) }
    let path = TableLayout.manifestList(
      of: base.location, snapshot: snapshotID, attempt: attempt, commit: commitID.description)
    pendingList = path
    try ManifestStore(base, store).writeList(
      list, snapshotID: snapshotID, parentID: parent?.id, sequenceNumber: sequenceNumber, to: path,
      sync: commitID.bytes)
    let snapshot = Snapshot(
      id: snapshotID, parentID: parent?.id, sequenceNumber: sequenceNumber, timestampMilliseconds: timestamp,
      manifestList: path, summary: summary(change, totals, parent, manifests, current), schemaID: schemaID)
    return Product(snapshot: snapshot, manifests: list)
  }

  private mutating func chooseID(on base: TableMetadata, _ random: () -> UInt64) {
    while base.snapshotIDs.contains(snapshotID) || snapshotID == 0 {
      snapshotID = Self.randomID(random)
      // Entries that name the old id are of no use any more.
      filter = ManifestFilter(removing: [])
      merger = ManifestMerger(base.properties)
    }
  }

  /// The manifests of files to add, one for the data and one for the delete files of a partition spec, written once while the files
  /// stay the same.
  private mutating func newManifests(_ added: [DataFile]) throws -> [ManifestFile] {
    if added == addedFiles { return addedManifests }
    addedManifests = try Dictionary(grouping: added, by: \.specID).sorted { $0.key < $1.key }.flatMap { specID, group in
      let parts: [(ManifestFile.Content, [DataFile])] = [
        (.data, group.filter { $0.content == .data }), (.deletes, group.filter { $0.content != .data }),
      ]
      return try parts.filter { !$0.1.isEmpty }.map { content, group in
        try files.write(group.map(ManifestEntry.added), specID: specID, content: content)
      }
    }
    addedFiles = added
    return addedManifests
  }

  /// Rows that were deleted after they were read for this change must not come back.
  private func checkNewDeletes(_ change: SnapshotChange, _ current: [ManifestFile], _ base: TableMetadata) throws {
    guard let read = change.rowsReadAtSequence, !change.removed.isEmpty else { return }
    let entries = try current.filter { $0.content == .deletes && $0.sequenceNumber > read }
      .flatMap { try files.entries(of: $0) }.filter { $0.isLive && ($0.fileSequenceNumber ?? 0) > read }
    let index = DeleteFileIndex(entries.map { LiveFile($0) }, specs: base.partitionSpecs)
    for file in change.removed where !index.deleteFiles(of: file).isEmpty {
      throw Failure(
        .conflict, "rows of \(file.dataFile.path) were deleted while it was written again", isRetryable: false)
    }
  }

  private func checkedPrepared(_ added: [ManifestFile], _ current: [ManifestFile]) throws -> [ManifestFile] {
    let present = Set(current.map(\.path))
    for manifest in added where present.contains(manifest.path) {
      throw Failure.invalidArgument("manifest \(manifest.path) is part of the table already")
    }
    return added
  }

  private mutating func totals(of change: SnapshotChange) throws -> SummaryTotals {
    var totals = SummaryTotals()
    for file in change.added { totals.add(file) }
    for file in change.removed { totals.remove(file.dataFile) }
    for manifest in change.addedManifests {
      let entries = try prepared[manifest.path] ?? files.entries(of: manifest)
      prepared[manifest.path] = entries
      for entry in entries { totals.add(entry.dataFile) }
    }
    if change.operation == .replace && totals.addedRecords > totals.removedRecords {
      throw Failure.invalidArgument("a replace may not add rows")
    }
    return totals
  }

  private func summary(
    _ change: SnapshotChange, _ totals: SummaryTotals, _ parent: Snapshot?, _ manifests: [ManifestFile],
    _ current: [ManifestFile]
  ) -> SnapshotSummary {
    let operation = [("operation", change.operation.rawValue)]
    var summary = SnapshotSummary(operation + change.summary + operation)
    for (key, value) in totals.entries(after: parent?.summary) { summary[key] = value }
    let before = Set(current.map(\.path))
    let kept = manifests.filter { before.contains($0.path) }.count
    summary["manifests-created"] = String(manifests.count - kept)
    summary["manifests-kept"] = String(kept)
    summary["manifests-replaced"] = String(before.count - kept)
    return summary
  }

  /// Deletes what is not part of the table after a commit that succeeded.
  mutating func deleteUnused(keeping manifests: [ManifestFile]) {
    pendingList = nil
    files.deleteWritten(keeping: manifests)
  }

  /// Deletes all that was written, for a commit that is given up.
  mutating func deleteAll() {
    deletePendingList()
    files.deleteWritten()
  }

  private mutating func deletePendingList() {
    if let list = pendingList.take() { try? store.delete([list]) }
  }
}
