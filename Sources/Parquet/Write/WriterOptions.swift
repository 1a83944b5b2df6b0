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
  /// A row group ends with the row that makes its pages take this many bytes before compression (so that the same rows
  /// always give the same file). A bound on the writer's memory: what it holds is these pages compressed.
  public var rowGroupBytes = 128 << 20
  /// A column's dictionary is given up when its values take this many bytes.
  public var dictionaryBytes = 2 << 20
  /// Whether columns are dictionary-encoded where that pays (booleans, floats and doubles never are).
  public var useDictionary = true
  /// Top-level fields that are not dictionary-encoded.
  public var columnsWithoutDictionary: Set<String> = []
  /// Encodings of stored columns by dotted path (`amount`, `tags.list.element`) in place of PLAIN; such a column has no
  /// dictionary. None by default: not every engine reads them. Integers may be DELTA_BINARY_PACKED; integers,
  /// floating-point numbers and bytes of one length BYTE_STREAM_SPLIT; strings and binaries DELTA_LENGTH_BYTE_ARRAY;
  /// all bytes DELTA_BYTE_ARRAY; booleans RLE.
  public var columnEncodings: [String: PageEncoding] = [:]
  /// Stored columns, by dotted path, that get a bloom filter in each row group. Booleans cannot.
  public var bloomFilterColumns: Set<String> = []
  /// How many of the values that are not there a bloom filter may take to be there, as long as it has not its largest
  /// size.
  public var bloomFilterFalsePositiveRate = 0.01
  /// The largest size of a bloom filter.
  public var bloomFilterBytes = 1 << 20
  /// How the rows of each row group are sorted: said in the footer, not checked.
  public var sortingColumns: [SortingColumn] = []
  /// Whether columns are encoded and compressed on several threads: off where several files are written at a time.
  public var isConcurrent = true
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
