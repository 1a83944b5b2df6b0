/// A manifest as a manifest list describes it (specification, "Manifest Lists": <https://iceberg.apache.org/spec/#manifest-lists>).
public struct ManifestFile: Sendable, Hashable {
  /// What the manifest's files hold.
  public enum Content: Int32, Sendable { case data = 0, deletes = 1 }

  /// The snapshot id and sequence number of a manifest that no commit has taken up yet.
  public static let unassigned: Int64 = -1

  /// The full URI.
  public var path: String
  /// The exact length in bytes.
  public var length: Int64
  /// The partition spec of its entries.
  public var specID: Int32
  /// What its files hold.
  public var content: Content
  /// The sequence number of the commit that added the manifest, `unassigned` before.
  public var sequenceNumber: Int64
  /// The smallest data sequence number of its live files, `unassigned` before the commit.
  public var minSequenceNumber: Int64
  /// The snapshot that added the manifest, `unassigned` before.
  public var addedSnapshotID: Int64
  /// Entries with status added; nil where a version 1 list does not say.
  public var addedFilesCount: Int?
  /// Entries with status existing.
  public var existingFilesCount: Int?
  /// Entries with status deleted.
  public var deletedFilesCount: Int?
  /// Rows of added files.
  public var addedRowsCount: Int64?
  /// Rows of existing files.
  public var existingRowsCount: Int64?
  /// Rows of deleted files.
  public var deletedRowsCount: Int64?
  /// What partition values occur, a summary a field of the spec; nil where unknown.
  public var partitions: [FieldSummary]?
  /// Key metadata of an encrypted manifest.
  public var keyMetadata: [UInt8]?

  /// A manifest with counts and no partition summaries.
  public init(
    path: String, length: Int64, specID: Int32, content: Content = .data, sequenceNumber: Int64 = unassigned,
    minSequenceNumber: Int64 = unassigned, addedSnapshotID: Int64 = unassigned, addedFilesCount: Int? = 0,
    existingFilesCount: Int? = 0, deletedFilesCount: Int? = 0, addedRowsCount: Int64? = 0,
    existingRowsCount: Int64? = 0, deletedRowsCount: Int64? = 0, partitions: [FieldSummary]? = nil,
    keyMetadata: [UInt8]? = nil
  ) {
    self.path = path
    self.length = length
    self.specID = specID
    self.content = content
    self.sequenceNumber = sequenceNumber
    self.minSequenceNumber = minSequenceNumber
    self.addedSnapshotID = addedSnapshotID
    self.addedFilesCount = addedFilesCount
    self.existingFilesCount = existingFilesCount
    self.deletedFilesCount = deletedFilesCount
    self.addedRowsCount = addedRowsCount
    self.existingRowsCount = existingRowsCount
    self.deletedRowsCount = deletedRowsCount
    self.partitions = partitions
    self.keyMetadata = keyMetadata
  }

  /// Whether the manifest may list files that are part of the table; unknown counts mean it may.
  public var mayHaveLiveFiles: Bool { addedFilesCount != 0 || existingFilesCount != 0 }
}

/// Which values of one partition field occur in a manifest. Bounds are single-value serialized, of the transform's result type.
public struct FieldSummary: Sendable, Hashable {
  /// Whether some file's value is null.
  public var containsNull: Bool
  /// Whether some file's value is NaN; nil where unknown.
  public var containsNaN: Bool?
  /// A value not above the smallest; nil where all are null or NaN.
  public var lowerBound: [UInt8]?
  /// A value not below the largest; nil as above.
  public var upperBound: [UInt8]?

  /// A summary.
  public init(
    containsNull: Bool, containsNaN: Bool? = nil, lowerBound: [UInt8]? = nil, upperBound: [UInt8]? = nil
  ) {
    self.containsNull = containsNull
    self.containsNaN = containsNaN
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }
}
