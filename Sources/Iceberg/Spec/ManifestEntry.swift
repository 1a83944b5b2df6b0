/// A file in a manifest, and what happened to it (specification, "Manifest Entry Fields": <https://iceberg.apache.org/spec/#manifest-entry-fields>).
public struct ManifestEntry: Sendable, Hashable {
  /// What the snapshot that wrote the manifest did to the file.
  public enum Status: Int32, Sendable { case existing = 0, added = 1, deleted = 2 }

  /// What happened.
  public var status: Status
  /// The snapshot that added (or, for deleted, removed) the file; nil until it is inherited from the manifest.
  public var snapshotID: Int64?
  /// The data sequence number; nil in an added entry until it is inherited from the manifest.
  public var sequenceNumber: Int64?
  /// The sequence number of the commit that added the file; nil as above.
  public var fileSequenceNumber: Int64?
  /// The file.
  public var dataFile: DataFile

  /// An entry.
  public init(
    status: Status, snapshotID: Int64?, sequenceNumber: Int64?, fileSequenceNumber: Int64?, dataFile: DataFile
  ) {
    self.status = status
    self.snapshotID = snapshotID
    self.sequenceNumber = sequenceNumber
    self.fileSequenceNumber = fileSequenceNumber
    self.dataFile = dataFile
  }

  /// A file that the commit to come adds: snapshot and sequence numbers are inherited, so that its manifest can be used by
  /// whichever attempt succeeds.
  public static func added(_ dataFile: DataFile) -> ManifestEntry {
    ManifestEntry(
      status: .added, snapshotID: nil, sequenceNumber: nil, fileSequenceNumber: nil, dataFile: dataFile)
  }

  /// Whether the file is part of the table after the snapshot.
  public var isLive: Bool { status != .deleted }
}
