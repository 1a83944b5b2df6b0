/// The ids by which the fields of manifests are found, whatever their names and order (specification, "Manifests":
/// <https://iceberg.apache.org/spec/#manifests>).
enum ManifestFieldID {
  static let status: Int32 = 0
  static let snapshotID: Int32 = 1
  static let dataFile: Int32 = 2
  static let sequenceNumber: Int32 = 3
  static let fileSequenceNumber: Int32 = 4

  static let content: Int32 = 134
  static let filePath: Int32 = 100
  static let fileFormat: Int32 = 101
  static let partition: Int32 = 102
  static let recordCount: Int32 = 103
  static let fileSize: Int32 = 104
  static let columnSizes: Int32 = 108
  static let valueCounts: Int32 = 109
  static let nullValueCounts: Int32 = 110
  static let nanValueCounts: Int32 = 137
  static let lowerBounds: Int32 = 125
  static let upperBounds: Int32 = 128
  static let keyMetadata: Int32 = 131
  static let splitOffsets: Int32 = 132
  static let equalityIDs: Int32 = 135
  static let sortOrderID: Int32 = 140
  static let referencedDataFile: Int32 = 143
}

/// The same for manifest lists (specification, "Manifest Lists": <https://iceberg.apache.org/spec/#manifest-lists>).
enum ManifestListFieldID {
  static let path: Int32 = 500
  static let length: Int32 = 501
  static let specID: Int32 = 502
  static let content: Int32 = 517
  static let sequenceNumber: Int32 = 515
  static let minSequenceNumber: Int32 = 516
  static let addedSnapshotID: Int32 = 503
  static let addedFilesCount: Int32 = 504
  static let existingFilesCount: Int32 = 505
  static let deletedFilesCount: Int32 = 506
  static let addedRowsCount: Int32 = 512
  static let existingRowsCount: Int32 = 513
  static let deletedRowsCount: Int32 = 514
  static let partitions: Int32 = 507
  static let keyMetadata: Int32 = 519

  static let containsNull: Int32 = 509
  static let containsNaN: Int32 = 518
  static let lowerBound: Int32 = 510
  static let upperBound: Int32 = 511
}
