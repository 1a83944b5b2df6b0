public import Compression

/// How a file is written. The defaults are Iceberg's for Java, which every engine reads.
public struct WriterOptions: Sendable {
  /// The codec of all pages.
  public var codec: CompressionCodec = .zstd
  /// The codec's level; nil for its own default.
  public var level: Int? = 3
  /// A data page ends when its values take this many bytes before compression. A single value may be longer.
  public var pageBytes = 1 << 20
  /// A data page has at most this many rows.
  public var pageRows = 20_000
  /// A row group has at most this many rows.
  public var rowGroupRows = 1 << 20
  /// A row group ends when its pages take this many bytes before compression (so that the same rows always give the
  /// same file). A bound on the writer's memory: what it holds is these pages compressed.
  public var rowGroupBytes = 128 << 20
  /// A column's dictionary is given up when its values take this many bytes.
  public var dictionaryBytes = 2 << 20
  /// Whether columns are dictionary-encoded where that pays (booleans, floats and doubles never are).
  public var useDictionary = true
  /// Top-level fields that are not dictionary-encoded.
  public var columnsWithoutDictionary: Set<String> = []
  /// Whether pages carry a CRC-32.
  public var writeCRC = true
  /// Whether the column index and the offset index are written.
  public var writePageIndex = true
  /// Bounds of strings and binaries are cut to this many bytes in the footer and in the column index.
  public var statisticsBytes = 64
  /// The writer's name for itself, in the form that parquet-java parses.
  public var createdBy = "wikiguard version 1.0.0 (build 0)"
  /// Free text for the footer, such as `iceberg.schema`.
  public var keyValueMetadata: [(String, String)] = []

  /// The defaults.
  public init() {}
}
