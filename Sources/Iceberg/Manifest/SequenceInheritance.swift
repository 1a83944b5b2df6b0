import Failures

/// What entries take from the manifest that lists them (specification, "Sequence Number Inheritance":
/// <https://iceberg.apache.org/spec/#sequence-number-inheritance>).
struct SequenceInheritance {
  private let path: String
  private let snapshotID: Int64?
  private let sequenceNumber: Int64?
  /// Files that were there before the table had sequence numbers have 0, whatever their status.
  private let isOld: Bool

  init(_ manifest: ManifestFile, isVersion1: Bool) {
    path = manifest.path
    isOld = isVersion1 || manifest.sequenceNumber == 0
    snapshotID = manifest.addedSnapshotID == ManifestFile.unassigned ? nil : manifest.addedSnapshotID
    sequenceNumber = manifest.sequenceNumber == ManifestFile.unassigned ? nil : manifest.sequenceNumber
  }

  /// The entry with what it inherits. Throws `.malformedInput` for one that may not inherit but lacks its numbers: to
  /// give it the manifest's would apply delete files to the wrong rows.
  func complete(_ entry: ManifestEntry) throws(Failure) -> ManifestEntry {
    var entry = entry
    entry.snapshotID = entry.snapshotID ?? snapshotID
    if isOld {
      entry.sequenceNumber = entry.sequenceNumber ?? 0
      entry.fileSequenceNumber = entry.fileSequenceNumber ?? 0
    } else if entry.status == .added {
      entry.sequenceNumber = entry.sequenceNumber ?? sequenceNumber
      entry.fileSequenceNumber = entry.fileSequenceNumber ?? sequenceNumber
    } else if entry.sequenceNumber == nil {
      throw .malformedInput("\(entry.status) entry of \(entry.dataFile.path) has no sequence number")
    }
    return entry
  }
}
