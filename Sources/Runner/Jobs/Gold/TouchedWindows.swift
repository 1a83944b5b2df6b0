import Failures
import Iceberg
import Pipeline

/// Which windows Silver's commits since a cursor touched.
struct TouchedWindows {
  let silver: Table
  /// The snapshot up to which windows are wanted.
  let upTo: Snapshot

  /// All windows that hold rows.
  func all() throws -> WindowRanges {
    try windows(of: silver.liveFiles(afterSequence: -1, upTo: upTo.sequenceNumber, snapshotID: upTo.id))
  }

  /// The windows touched since `cursor`, those of abandoned snapshots included when the table was rolled back.
  ///
  /// Throws `.qualityGate` when the abandoned snapshots are gone, so that what they touched is not known.
  func since(_ cursor: GoldProgress) throws -> WindowRanges {
    var result = WindowRanges()
    var ancestry = silver.metadata.ancestors(of: upTo.id)
    while let snapshot = try ancestry.next() {
      if snapshot.id == cursor.snapshot { return result }
      if snapshot.sequenceNumber <= cursor.sequence { return try rolledBack(cursor, result) }
      result.formUnion(try windows(of: snapshot))
    }
    guard ancestry.wasCut else { return try rolledBack(cursor, result) }
    // Appends whose snapshots were dropped are found by sequence number; overwrites are kept until Gold has followed them, although the
    // way to them is gone.
    for snapshot in try silver.metadata.allSnapshots()
    where cursor.sequence < snapshot.sequenceNumber && snapshot.sequenceNumber <= upTo.sequenceNumber {
      result.formUnion(try windows(of: snapshot))
    }
    result.formUnion(
      try windows(of: silver.liveFiles(afterSequence: cursor.sequence, upTo: upTo.sequenceNumber, snapshotID: upTo.id)))
    result.formUnion(try windows(of: silver.filesWithDeletes(afterSequence: cursor.sequence, snapshotID: upTo.id)))
    return result
  }

  /// Adds what the abandoned snapshots touched, from the cursor's snapshot back to one that is still an ancestor.
  private func rolledBack(_ cursor: GoldProgress, _ found: WindowRanges) throws -> WindowRanges {
    var result = found
    var current = Set<Int64>()
    var ancestry = silver.metadata.ancestors(of: upTo.id)
    while let snapshot = try ancestry.next() { current.insert(snapshot.id) }
    var abandoned = silver.metadata.ancestors(of: cursor.snapshot)
    while let snapshot = try abandoned.next() {
      if current.contains(snapshot.id) { return result }
      result.formUnion(try windows(of: snapshot))
    }
    throw Failure.qualityGate(
      "silver_events was rolled back and the snapshots that Gold followed are gone; `wikiguard-job gold --recompute --since TIME` computes it again"
    )
  }

  /// The windows that a commit says it touched; where it does not say, as others do not, those of the files that it added and removed and of
  /// those from which its delete files take rows.
  private func windows(of snapshot: Snapshot) throws -> WindowRanges {
    if snapshot.operation == .replace { return WindowRanges() }
    if let text = snapshot.summary[SummaryKey.windows] { return try WindowRanges(text: text) }
    var result = try windows(of: silver.changedFiles(in: snapshot))
    guard snapshot.summary["added-delete-files"] != nil else { return result }
    let after = snapshot.sequenceNumber - 1
    result.formUnion(try windows(of: silver.filesWithDeletes(afterSequence: after, snapshotID: snapshot.id)))
    return result
  }

  private func windows(of files: [LiveFile]) throws -> WindowRanges {
    let bounds = try Bounds(table: silver, column: "event_time")
    var result = WindowRanges()
    for file in files {
      guard let range = try bounds.range(file.dataFile) else {
        throw Failure.malformedInput("\(file.dataFile.path) has no bounds of event_time, so its windows are not known")
      }
      result.formUnion(WindowRanges(covering: range.lowerBound, through: range.upperBound))
    }
    return result
  }
}
