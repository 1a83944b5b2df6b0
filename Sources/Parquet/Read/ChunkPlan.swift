import Bytes
import Failures

/// Which bytes of a column chunk to fetch for the wanted rows, and which rows they hold.
struct ChunkPlan {
  /// Bytes of the file: whole pages, the dictionary first.
  let fetches: [Range<Int>]
  /// The rows of the data pages in them, as ascending ranges, neighbours joined.
  let rows: [Range<Int>]

  /// No pages.
  init() {
    fetches = []
    rows = []
  }

  /// All pages. Throws `.malformedInput` when they do not lie in a file of `fileSize` bytes.
  init(wholeChunk chunk: ColumnChunkMetadata, rowCount: Int, fileSize: Int) throws(Failure) {
    fetches = [try Self.range(chunk.startOffset, chunk.compressedSize, fileSize)]
    rows = rowCount > 0 ? [0..<rowCount] : []
  }

  /// The pages that hold selected rows, neighbours fetched together.
  init(
    _ chunk: ColumnChunkMetadata, _ pages: [PageIndex.Page], _ selection: RowSelection, fileSize: Int
  ) throws(Failure) {
    var fetches: [Range<Int>] = []
    var rows: [Range<Int>] = []
    if let first = pages.first, first.offset > chunk.startOffset {
      fetches.append(try Self.range(chunk.startOffset, first.offset - chunk.startOffset, fileSize))
    }
    var isTaken = false
    for page in pages {
      let held = page.firstRow..<page.firstRow + page.rowCount
      // A page without a row of its own is empty, or goes on with a row of the page before.
      isTaken = held.isEmpty ? isTaken : selection.overlaps(held)
      guard isTaken else { continue }
      Self.join(try Self.range(page.offset, Int64(page.compressedSize), fileSize), to: &fetches)
      if !held.isEmpty { Self.join(held, to: &rows) }
    }
    self.fetches = fetches
    self.rows = rows
  }

  /// About how many bytes the fetched pages have before compression, as the footer has it.
  func likelySize(_ chunk: ColumnChunkMetadata) -> Int {
    let share = Double(fetches.reduce(0) { $0 + $1.count }) / Double(max(chunk.compressedSize, 1))
    return Int(min(max(Double(chunk.uncompressedSize) * min(share, 1), 0), Double(Int32.max)))
  }

  private static func join(_ range: Range<Int>, to ranges: inout [Range<Int>]) {
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }

  /// The bytes at `offset`, checked against the file's size.
  static func range(_ offset: Int64, _ length: Int64, _ fileSize: Int) throws(Failure) -> Range<Int> {
    let (end, overflows) = offset.addingReportingOverflow(length)
    guard offset >= 0, length >= 0, !overflows, end <= Int64(fileSize) else {
      throw .malformedInput("bytes \(offset)+\(length) lie outside the file of \(fileSize)")
    }
    return Int(offset)..<Int(end)
  }
}
