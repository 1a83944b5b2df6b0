/// The page index of a chunk that was written.
///
/// https://github.com/apache/parquet-format/blob/master/PageIndex.md
struct ChunkIndex {
  let offsetIndex: OffsetIndex
  /// Nil when a page has values but no bounds (all NaN): readers would take the page for empty.
  let columnIndex: ColumnIndex?

  init(_ chunk: EncodedChunk, firstPage: Int64, _ options: WriterOptions) {
    var locations: [OffsetIndex.Location] = []
    var offset = firstPage
    var row: Int64 = 0
    for page in chunk.pages {
      let size = page.task.storedSize
      locations.append(.init(offset: offset, compressedSize: Int32(truncatingIfNeeded: size), firstRow: row))
      offset += Int64(size)
      row += Int64(page.rowCount)
    }
    offsetIndex = OffsetIndex(locations: locations)
    columnIndex = Self.columnIndex(chunk, BoundTruncation(chunk.leaf.type, limit: options.statisticsBytes))
  }

  private static func columnIndex(_ chunk: EncodedChunk, _ truncation: BoundTruncation) -> ColumnIndex? {
    var index = ColumnIndex()
    for page in chunk.pages {
      let isNull = page.nullCount == page.slotCount
      if isNull {
        index.minValues.append([])
        index.maxValues.append([])
      } else {
        guard let min = page.values.min, let max = page.values.max else { return nil }
        index.minValues.append(truncation.lower(min))
        index.maxValues.append(truncation.upper(max) ?? max)
      }
      index.nullPages.append(isNull)
    }
    index.nullCounts = chunk.pages.map { Int64($0.nullCount) }
    index.order = order(index, ValueOrder(chunk.leaf))
    return index
  }

  private static func order(_ index: ColumnIndex, _ order: ValueOrder) -> PageIndex.BoundaryOrder {
    let pages = index.nullPages.indices.filter { !index.nullPages[$0] }
    var (ascends, descends) = (true, true)
    for (first, second) in zip(pages, pages.dropFirst()) {
      for values in [index.minValues, index.maxValues] {
        if order.isLess(values[second], values[first]) { ascends = false }
        if order.isLess(values[first], values[second]) { descends = false }
      }
    }
    return ascends ? .ascending : descends ? .descending : .unordered
  }
}
