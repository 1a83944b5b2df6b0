public import Compression

/// One column of one row group.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#column-chunks
public struct ColumnChunkMetadata: Sendable, Equatable {
  /// Where something lies in the file.
  public struct Location: Sendable, Equatable {
    /// The first byte.
    public let offset: Int64
    /// How many there are; nil where the footer does not say (old bloom filters).
    public let length: Int64?
  }

  /// How values are stored.
  public let physicalType: PhysicalType
  /// The names from the top-level field down.
  public let path: [String]
  /// All encodings used, levels included.
  public let encodings: [PageEncoding]
  /// The number of the codec in the format.
  let codecCode: Int32
  /// The number of values and nulls (for lists: of elements and nulls).
  public let valueCount: Int64
  /// The bytes of all pages before compression, page headers included.
  public let uncompressedSize: Int64
  /// The bytes of all pages as stored, page headers included.
  public let compressedSize: Int64
  /// Where the first data page begins.
  public let dataPageOffset: Int64
  /// Where the dictionary page begins, when there is one.
  public let dictionaryPageOffset: Int64?
  /// Bounds and counts, where the writer gave them.
  public let statistics: ColumnStatistics?
  /// Where the column index lies.
  public internal(set) var columnIndex: Location?
  /// Where the offset index lies.
  public internal(set) var offsetIndex: Location?
  /// Where the bloom filter lies.
  public internal(set) var bloomFilter: Location?
  /// How many pages of each type and encoding there are, where the writer said so.
  let encodingStats: [PageEncodingCount]

  /// The codec of all pages; nil for one that this version does not know.
  public var codec: CompressionCodec? { CompressionCodec(parquetCode: codecCode) }

  /// Where the first page begins. Some writers give a dictionary offset of 0 when there is none.
  public var startOffset: Int64 {
    guard let dictionaryPageOffset, dictionaryPageOffset > 0 else { return dataPageOffset }
    return min(dictionaryPageOffset, dataPageOffset)
  }
}

/// How many pages of one type have one encoding.
struct PageEncodingCount: Sendable, Equatable {
  let pageType: Int32
  let encoding: PageEncoding
  let count: Int32
}

extension CompressionCodec {
  /// https://github.com/apache/parquet-format/blob/master/Compression.md
  init?(parquetCode: Int32) {
    switch parquetCode {
    case 0: self = .uncompressed
    case 1: self = .snappy
    case 2: self = .gzip
    case 4: self = .brotli
    case 5: self = .lz4Hadoop
    case 6: self = .zstd
    case 7: self = .lz4Raw
    default: return nil
    }
  }

  /// The number in the format; nil for codecs that Parquet does not have.
  var parquetCode: Int32? {
    switch self {
    case .uncompressed: 0
    case .snappy: 1
    case .gzip: 2
    case .brotli: 4
    case .lz4Hadoop: 5
    case .zstd: 6
    case .lz4Raw: 7
    case .deflate: nil
    }
  }
}
