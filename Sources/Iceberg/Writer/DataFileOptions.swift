public import Parquet

/// How data files are written.
public struct DataFileOptions: Sendable {
  /// A file is ended when it has grown to about so many bytes.
  public var targetFileBytes: Int
  /// A number in the names of the files, for people.
  public var task: Int
  /// The sort order that the rows are in; 0 for none.
  public var sortOrderID: Int32
  /// How many partitions are written at the same time; beyond it the one that was opened first is ended.
  public var maximumOpenFiles: Int
  /// Codec, pages and row groups. The writer adds `iceberg.schema` to the free text.
  public var parquet: WriterOptions

  /// Options; the defaults are Java's, but for the level of zstd.
  public init(
    targetFileBytes: Int = 512 << 20, task: Int = 0, sortOrderID: Int32 = 0, maximumOpenFiles: Int = 64,
    parquet: WriterOptions = WriterOptions()
  ) {
    self.targetFileBytes = targetFileBytes
    self.task = task
    self.sortOrderID = sortOrderID
    self.maximumOpenFiles = max(maximumOpenFiles, 1)
    self.parquet = parquet
  }

  /// The same for files several of which are written at a time: one thread a file.
  public func onOneThread() -> DataFileOptions {
    var options = self
    options.parquet.isConcurrent = false
    return options
  }

  /// The same without a dictionary for a top-level column in which hardly a value comes twice.
  public func withoutDictionary(of column: String) -> DataFileOptions {
    var options = self
    options.parquet.columnsWithoutDictionary.insert(column)
    return options
  }
}
