import Columns
import Failures

/// Encodes the current row group: all columns side by side.
struct RowGroupWriter {
  private let options: WriterOptions
  private let leaves: [LeafWriter]
  /// For each leaf the position of its top-level field.
  private let fields: [Int]
  private let compressor: PageCompressor
  /// The number of rows of the current row group.
  private(set) var rowCount = 0

  /// Rows are encoded in slices of at most this many.
  private static let sliceRows = 8192
  /// And of about this many bytes.
  private static let sliceBytes = 16 << 20

  init(_ schema: ParquetSchema, _ options: WriterOptions) throws {
    self.options = options
    let compressor = try PageCompressor(options)
    self.compressor = compressor
    fields = schema.leaves.map(\.fieldIndex)
    leaves = zip(schema.leaves, schema.fields.flatMap(\.leafPaths)).map { LeafWriter($0, $1, options, compressor) }
  }

  /// The bytes of all pages so far, before compression.
  var encodedBytes: Int { leaves.reduce(0) { $0 + $1.encodedBytes } }

  /// Whether the row group has as many rows or bytes as it may.
  var isFull: Bool { rowCount >= options.rowGroupRows || encodedBytes >= options.rowGroupBytes }

  /// Adds a slice from the start of `rows` and returns how many there were in it. Columns are encoded on several
  /// threads.
  ///
  /// Precondition: `rows` fits into the row group and is not empty.
  mutating func append(_ columns: [Column], rows: Range<Int>) throws -> Int {
    let slice = rows.lowerBound..<(rows.lowerBound + (try sliceCount(columns, rows)))
    try concurrently(leaves.count, if: options.isConcurrent) { index in
      try leaves[index].append(columns[fields[index]], slice)
    }
    rowCount += slice.count
    return slice.count
  }

  /// So many rows that even in PLAIN encoding only the last of them can reach the size of a slice, or of what is left
  /// of the row group.
  private func sliceCount(_ columns: [Column], _ rows: Range<Int>) throws(Failure) -> Int {
    let budget = min(Self.sliceBytes, max(1, options.rowGroupBytes - encodedBytes))
    let limit = min(rows.count, Self.sliceRows)
    if try bytes(columns, rows.prefix(limit)) < budget { return limit }
    var (low, high) = (1, limit)
    while low < high {
      let middle = (low + high) / 2
      if try bytes(columns, rows.prefix(middle)) >= budget { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func bytes(_ columns: [Column], _ rows: Range<Int>) throws(Failure) -> Int {
    var total = 0
    for (leaf, field) in zip(leaves, fields) { total += try leaf.plainBytes(columns[field], rows) }
    return total
  }

  /// Ends the row group and returns its chunks, compressed, and its number of rows.
  mutating func finish() throws -> (chunks: [EncodedChunk], rowCount: Int) {
    let chunks = try concurrentMap(leaves, if: options.isConcurrent) { $0.finish() }
    try compressor.wait()
    defer { rowCount = 0 }
    return (chunks, rowCount)
  }
}
