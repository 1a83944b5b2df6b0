/// The counts that a snapshot's summary carries (specification, Appendix F, "Optional Snapshot Summary Fields":
/// <https://iceberg.apache.org/spec/#optional-snapshot-summary-fields>).
struct SummaryTotals {
  private struct Side {
    var files: Int64 = 0
    var records: Int64 = 0
    var bytes: Int64 = 0

    var deleteFiles: Int64 = 0
    var positionDeletes: Int64 = 0
    var equalityDeletes: Int64 = 0

    mutating func count(_ file: DataFile) {
      bytes = bytes.addingReportingOverflow(file.fileSize).partialValue
      switch file.content {
      case .data:
        files += 1
        records = records.addingReportingOverflow(file.recordCount).partialValue
      case .positionDeletes:
        deleteFiles += 1
        positionDeletes = positionDeletes.addingReportingOverflow(file.recordCount).partialValue
      case .equalityDeletes:
        deleteFiles += 1
        equalityDeletes = equalityDeletes.addingReportingOverflow(file.recordCount).partialValue
      }
    }
  }

  private struct Partition: Hashable {
    let specID: Int32
    let values: PartitionValues
  }

  private var added = Side()
  private var removed = Side()
  private var partitions: Set<Partition> = []

  mutating func add(_ file: DataFile) {
    added.count(file)
    partitions.insert(Partition(specID: file.specID, values: file.partition))
  }

  mutating func remove(_ file: DataFile) {
    removed.count(file)
    partitions.insert(Partition(specID: file.specID, values: file.partition))
  }

  /// The rows that the change adds and removes.
  var addedRecords: Int64 { added.records }
  var removedRecords: Int64 { removed.records }

  /// The entries, given the summary of the snapshot before (nil where there was none).
  func entries(after previous: SnapshotSummary?) -> [(String, String)] {
    let counts: [(String, Int64)] = [
      ("added-data-files", added.files), ("deleted-data-files", removed.files), ("added-records", added.records),
      ("deleted-records", removed.records), ("added-delete-files", added.deleteFiles),
      ("added-position-deletes", added.positionDeletes), ("added-equality-deletes", added.equalityDeletes),
      ("added-files-size", added.bytes), ("removed-files-size", removed.bytes),
    ]
    var entries = counts.filter { $0.1 != 0 }.map { ($0.0, String($0.1)) }
    entries.append(("changed-partition-count", String(partitions.count)))
    let totals: [(String, Int64)] = [
      ("total-data-files", added.files - removed.files), ("total-records", added.records - removed.records),
      ("total-files-size", added.bytes - removed.bytes), ("total-delete-files", added.deleteFiles),
      ("total-position-deletes", added.positionDeletes), ("total-equality-deletes", added.equalityDeletes),
    ]
    for (key, change) in totals {
      // A total that the snapshot before lacks stays unknown.
      guard let text = previous.map({ $0[key] }) ?? "0", let total = Int64(text) else { continue }
      let (sum, overflow) = total.addingReportingOverflow(change)
      if !overflow && sum >= 0 { entries.append((key, String(sum))) }
    }
    return entries
  }
}
