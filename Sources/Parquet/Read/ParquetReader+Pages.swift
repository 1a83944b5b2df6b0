import Bytes
import Failures

extension ParquetReader {
  /// The pages of a stored column in a row group, by its position in the schema's leaves, as their headers describe them: what a user of
  /// the file's contents has no need of, and whoever looks after files has. All of the chunk is fetched, nothing is decompressed.
  ///
  /// Throws `.malformedInput`, `.limitExceeded`, and `.invalidArgument` for numbers out of range.
  public func pages(rowGroup: Int, leaf: Int) throws -> [PageDescription] {
    let chunk = try self.chunk(rowGroup, leaf)
    let range = try ChunkPlan.range(chunk.startOffset, chunk.compressedSize, source.count)
    let bytes = try source.read([range])[0]
    return try within("column \(name(leaf)) of row group \(rowGroup)") {
      try bytes.withUnsafeBytes { bytes in
        var cursor = ByteCursor(bytes)
        var pages: [PageDescription] = []
        var left = chunk.valueCount
        while !cursor.isAtEnd, left > 0 || pages.isEmpty {
          let start = cursor.offset
          let page = try StoredPage(&cursor, limits)
          left -= Int64(page.slotCount)
          pages.append(
            PageDescription(page, offset: Int64(range.lowerBound + start), storedSize: cursor.offset - start))
        }
        return pages
      }
    }
  }
}
