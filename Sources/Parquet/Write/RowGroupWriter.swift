import Columns
import Failures

/// Encodes the current row group: all columns side by side.
struct RowGroupWriter {
  private let options: WriterOptions
  private let leaves: [LeafWriter]
  private let compressor: PageCompressor
  /// The number of rows of the current row group.
  private(set) var rowCount = 0

  /// Rows are encoded in slices of at most this many, so that a row group ends soon after its size is reached.
  private static let sliceRows = 8192
  /// And of about this many bytes.
  private static let sliceBytes = 16 << 20

  init(_ schema: ParquetSchema, _ options: WriterOptions) throws {
    self.options = options
    let compressor = try PageCompressor(options)
    self.compressor = compressor
    leaves = zip(schema.leaves, schema.fields).map { LeafWriter($0, $1, options, compressor) }
  }

  /// The bytes of all pages so far, before compression.
  var encodedBytes: Int { leaves.reduce(0) { $0 + $1.encodedBytes } }

  /// Whether the row group has as many rows or bytes as it may.
  var isFull: Bool { rowCount >= options.rowGroupRows || encodedBytes >= options.rowGroupBytes }

  /// Adds a slice from the start of `rows` and returns how many there were in it. Columns are encoded on several threads.
  ///
  /// Precondition: `rows` fits into the row group and is not empty.
  mutating func append(_ columns: [Column], rows: Range<Int>) throws -> Int {
    let slice = rows.lowerBound..<(rows.lowerBound + sliceCount(columns, rows))
    try concurrently(leaves.count) { index in try leaves[index].append(columns[index], slice) }
    rowCount += slice.count
    return slice.count
  }

  private func sliceCount(_ columns: [Column], _ rows: Range<Int>) -> Int {
    var count = min(rows.count, Self.sliceRows)
    while count > 1 && bytes(columns, rows.lowerBound..<rows.lowerBound + count) > Self.sliceBytes { count /= 2 }
    return count
  }

  private func bytes(_ columns: [Column], _ rows: Range<Int>) -> Int {
    zip(leaves, columns).reduce(0) { $0 + $1.0.plainBytes($1.1, rows) }
  }

  /// Ends the row group and returns its chunks, compressed, and its number of rows.
  mutating func finish() throws -> (chunks: [EncodedChunk], rowCount: Int) {
    let chunks = try concurrentMap(leaves) { $0.finish() }
    try compressor.wait()
    defer { rowCount = 0 }
    return (chunks, rowCount)
  }
}
