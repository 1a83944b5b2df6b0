/// What a file's footer says.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#metadata
public struct FileMetadata: Sendable, Equatable {
  /// A pair of the footer's free text.
  public struct KeyValue: Sendable, Equatable {
    /// The key.
    public let key: String
    /// The value, where there is one.
    public let value: String?
  }

  /// The fields and columns.
  public let schema: ParquetSchema
  /// The number of rows of all row groups.
  public let rowCount: Int64
  /// The row groups in order.
  public let rowGroups: [RowGroupMetadata]
  /// Free text, such as `iceberg.schema`.
  public let keyValueMetadata: [KeyValue]
  /// The writer's name for itself.
  public let createdBy: String?

  /// The value of the free text `key`.
  public func value(forKey key: String) -> String? {
    keyValueMetadata.first { $0.key == key }?.value
  }

  /// Where row groups begin: the places to split the file at. Ascending; empty when the footer's offsets are not.
  public var splitOffsets: [Int64] {
    let offsets = rowGroups.compactMap(\.startOffset)
    let ascend = zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 }
    return ascend && offsets.count == rowGroups.count ? offsets : []
  }
}

/// A horizontal part of a file: some rows of all columns.
public struct RowGroupMetadata: Sendable, Equatable {
  /// One chunk a leaf of the schema, in the schema's order.
  public internal(set) var columns: [ColumnChunkMetadata]
  /// The number of rows.
  public let rowCount: Int64
  /// The bytes of all chunks before compression, page headers included.
  public let uncompressedSize: Int64
  /// What the rows are sorted by, the first column first; empty where the writer does not say.
  public let sortingColumns: [SortingColumn]
  /// Where its first page begins in the file.
  public var startOffset: Int64? { columns.first?.startOffset }
}
