import Bytes
import Failures

/// Puts finished row groups, indexes and the footer one after the other and remembers where they are.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#file-format
struct FileLayout {
  private let schema: ParquetSchema
  private let options: WriterOptions
  private var waiting: [OutputPart] = []
  private var rowGroups: [RowGroupMetadata] = []
  private var indexes: [[ChunkIndex]] = []
  private var bloomFilters: [[BloomFilter?]] = []
  /// The number of bytes laid out.
  private(set) var position = 0
  /// The number of rows of the finished row groups.
  private(set) var rowCount = 0

  init(_ schema: ParquetSchema, _ options: WriterOptions) {
    self.schema = schema
    self.options = options
    var magic = ByteBuffer(capacity: 4)
    magic.append(Footer.magic)
    append(magic)
  }

  private mutating func append(_ bytes: consuming ByteBuffer) {
    position += bytes.count
    waiting.append(OutputPart(bytes))
  }

  private mutating func append(_ task: PageTask) {
    position += task.storedSize
    waiting.append(OutputPart(task))
  }

  /// Lays out a row group.
  mutating func append(_ chunks: [EncodedChunk], rowCount: Int) {
    let columns = chunks.map { append($0) }
    rowGroups.append(
      RowGroupMetadata(
        columns: columns, rowCount: Int64(rowCount),
        uncompressedSize: columns.reduce(0) { $0 + $1.uncompressedSize }, sortingColumns: options.sortingColumns))
    bloomFilters.append(chunks.map(\.bloomFilter))
    indexes.append(zip(chunks, columns).map { ChunkIndex($0, firstPage: $1.dataPageOffset, options) })
    self.rowCount += rowCount
  }

  private mutating func append(_ chunk: EncodedChunk) -> ColumnChunkMetadata {
    let start = position
    if let dictionary = chunk.dictionary { append(dictionary) }
    let dataStart = position
    for page in chunk.pages { append(page.task) }
    return ColumnChunkMetadata(
      chunk, start: start, dataStart: dataStart, end: position, codecCode: options.codec.parquetCode ?? 0)
  }

  /// Lays out the bloom filters, the indexes and the footer.
  mutating func finish() -> FileMetadata {
    appendBloomFilters()
    if options.writePageIndex { appendIndexes() }
    let metadata = FileMetadata(
      schema: schema, rowCount: Int64(rowCount), rowGroups: rowGroups,
      keyValueMetadata: options.keyValueMetadata.map { FileMetadata.KeyValue(key: $0.0, value: $0.1) },
      createdBy: options.createdBy)
    var footer = metadata.footer(statisticsBytes: options.statisticsBytes)
    footer.append(littleEndian: UInt32(truncatingIfNeeded: footer.count))
    footer.append(Footer.magic)
    append(footer)
    return metadata
  }

  private mutating func appendBloomFilters() {
    for group in rowGroups.indices {
      for column in rowGroups[group].columns.indices {
        guard let filter = bloomFilters[group][column] else { continue }
        rowGroups[group].columns[column].bloomFilter = locate(filter.encoded())
      }
    }
  }

  /// All column indexes, then all offset indexes, so that each kind can be fetched at once.
  private mutating func appendIndexes() {
    for group in rowGroups.indices {
      for column in rowGroups[group].columns.indices {
        guard let index = indexes[group][column].columnIndex else { continue }
        rowGroups[group].columns[column].columnIndex = locate(index.encoded())
      }
    }
    for group in rowGroups.indices {
      for column in rowGroups[group].columns.indices {
        rowGroups[group].columns[column].offsetIndex = locate(indexes[group][column].offsetIndex.encoded())
      }
    }
  }

  private mutating func locate(_ bytes: consuming ByteBuffer) -> ColumnChunkMetadata.Location {
    let start = position
    append(bytes)
    return .init(offset: Int64(start), length: Int64(position - start))
  }

  /// Hands out what waits.
  mutating func drain(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    for part in waiting { try part.withUnsafeBytes(body) }
    waiting.removeAll()
  }
}

/// Finished bytes on their way out.
private final class OutputPart {
  private let bytes: ByteBuffer
  private let page: PageTask?

  init(_ bytes: consuming ByteBuffer) {
    self.bytes = bytes
    page = nil
  }

  init(_ page: PageTask) {
    bytes = ByteBuffer(capacity: 0)
    self.page = page
  }

  func withUnsafeBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    if let page { try page.bytes.withUnsafeBytes { try body($0) } } else { try bytes.withUnsafeBytes { try body($0) } }
  }
}
