/// A file that is part of a table, with the numbers that order it among the commits.
public struct LiveFile: Sendable, Hashable {
  /// The file.
  public let dataFile: DataFile
  /// The snapshot that added it.
  public let snapshotID: Int64
  /// The data sequence number: rows of a rewritten file keep the age of what they were made from.
  public let sequenceNumber: Int64
  /// The sequence number of the commit that added the file.
  public let fileSequenceNumber: Int64

  /// A live file.
  public init(dataFile: DataFile, snapshotID: Int64, sequenceNumber: Int64, fileSequenceNumber: Int64) {
    self.dataFile = dataFile
    self.snapshotID = snapshotID
    self.sequenceNumber = sequenceNumber
    self.fileSequenceNumber = fileSequenceNumber
  }

  /// The file of an entry whose numbers are known.
  init(_ entry: ManifestEntry) {
    dataFile = entry.dataFile
    snapshotID = entry.snapshotID ?? ManifestFile.unassigned
    sequenceNumber = entry.sequenceNumber ?? 0
    fileSequenceNumber = entry.fileSequenceNumber ?? 0
  }
}
