/// What the column index and the offset index say of one column chunk: enough to choose pages by rows and by bounds.
///
/// https://github.com/apache/parquet-format/blob/master/PageIndex.md
public struct PageIndex: Sendable, Equatable {
  /// How the pages' bounds are ordered.
  public enum BoundaryOrder: Int32, Sendable {
    /// Not known to be ordered.
    case unordered = 0
    /// Neither minima nor maxima ever fall.
    case ascending = 1
    /// Neither minima nor maxima ever rise.
    case descending = 2
  }

  /// One data page.
  public struct Page: Sendable, Equatable {
    /// The first row, counted from the start of the row group.
    public let firstRow: Int
    /// The number of rows; 0 for the empty pages of some writers.
    public let rowCount: Int
    /// Where the page's header begins in the file.
    public let offset: Int64
    /// The bytes of header and page as stored.
    public let compressedSize: Int
    /// The number of nulls; nil where the file has no column index or no counts in it.
    public let nullCount: Int64?
    /// A value that none is below, as in `ColumnStatistics`; nil when the page is all null or there is no column index.
    public let min: [UInt8]?
    /// A value that none is above.
    public let max: [UInt8]?
    /// Whether the page holds no value at all; false where that is not known.
    public let isAllNull: Bool
  }

  /// The data pages in order; together they are all rows of the row group.
  public let pages: [Page]
  /// How the bounds are ordered.
  public let boundaryOrder: BoundaryOrder
}
