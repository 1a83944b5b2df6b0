import Failures
import Iceberg

/// What the history of a table says about our runs.
struct Lineage {
  let metadata: TableMetadata

  /// The snapshot that `run` committed, and whether the whole history was seen.
  func find(run: String) throws -> (snapshot: Snapshot?, wasCut: Bool) {
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if snapshot.summary[SummaryKey.run] == run { return (snapshot, false) }
    }
    return (nil, ancestry.wasCut)
  }

  /// Whether the change of `run` is in `table`, whose metadata this is. Where the history was cut its files tell.
  func holds(_ change: PreparedChange, of run: String, in table: Table) throws -> Bool {
    let (snapshot, wasCut) = try find(run: run)
    if snapshot != nil { return true }
    guard wasCut, !change.written.isEmpty else { return false }
    let live = Set(try table.liveFiles(afterSequence: -1, upTo: .max).map(\.dataFile.path))
    return change.written.contains { live.contains($0) }
  }

  /// The newest reachable progress. A rollback rolls it back too; only where ancestry was cut the table's property counts.
  func progress() throws -> String? {
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if let progress = snapshot.summary[SummaryKey.progress] { return progress }
    }
    return ancestry.wasCut ? metadata.properties[SummaryKey.progress] : nil
  }

  /// The newest snapshot that a batch of ours made.
  func newestBatch() throws -> Snapshot? {
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if snapshot.summary[SummaryKey.batch] != nil { return snapshot }
    }
    return nil
  }

  /// The largest number of a forward batch of `job`, 0 when there is none.
  func largestBatchNumber(job: String) throws -> Int {
    // The property is not rolled back with the table, so that a number is never given twice.
    let stored = metadata.properties[SummaryKey.batch].flatMap { BatchID.number(of: $0, job: job) } ?? 0
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if let name = snapshot.summary[SummaryKey.batch], let number = BatchID.number(of: name, job: job) {
        return max(number, stored)
      }
    }
    return stored
  }
}
