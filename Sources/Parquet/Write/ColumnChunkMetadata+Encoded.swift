extension ColumnChunkMetadata {
  /// The metadata of a chunk that lies at `start..<end`, its data pages from `dataStart` on.
  init(_ chunk: EncodedChunk, start: Int, dataStart: Int, end: Int, codecCode: Int32) {
    let tasks = [chunk.dictionary].compactMap { $0 } + chunk.pages.map(\.task)
    self.init(
      physicalType: chunk.leaf.physicalType, path: chunk.leaf.path, encodings: Self.encodings(chunk),
      codecCode: codecCode, valueCount: chunk.pages.reduce(0) { $0 + Int64($1.slotCount) },
      uncompressedSize: tasks.reduce(0) { $0 + Int64($1.uncompressedSize) }, compressedSize: Int64(end - start),
      dataPageOffset: Int64(dataStart), dictionaryPageOffset: chunk.dictionary == nil ? nil : Int64(start),
      statistics: ColumnStatistics(chunk), columnIndex: nil, offsetIndex: nil, bloomFilter: nil,
      encodingStats: Self.counts(chunk))
  }

  private static func encodings(_ chunk: EncodedChunk) -> [PageEncoding] {
    var all = Set(chunk.pages.map(\.values.encoding))
    if chunk.dictionary != nil { all.insert(.plain) }
    if chunk.leaf.maxDefinitionLevel > 0 { all.insert(.rle) }
    return all.sorted { $0.rawValue < $1.rawValue }
  }

  private static func counts(_ chunk: EncodedChunk) -> [PageEncodingCount] {
    var counts = chunk.dictionary == nil ? [] : [PageEncodingCount(pageType: 2, encoding: .plain, count: 1)]
    for encoding in Set(chunk.pages.map(\.values.encoding)).sorted(by: { $0.rawValue < $1.rawValue }) {
      let count = chunk.pages.count { $0.values.encoding == encoding }
      if count > 0 { counts.append(.init(pageType: 0, encoding: encoding, count: Int32(truncatingIfNeeded: count))) }
    }
    return counts
  }
}

extension ColumnStatistics {
  /// The statistics of a chunk from those of its pages.
  init(_ chunk: EncodedChunk) {
    let order = ValueOrder(chunk.leaf)
    let isFloating = chunk.leaf.physicalType == .float || chunk.leaf.physicalType == .double
    self.init(
      nullCount: chunk.pages.reduce(0) { $0 + Int64($1.nullCount) },
      nanCount: isFloating ? chunk.pages.reduce(0) { $0 + Int64($1.values.nanCount) } : nil,
      min: chunk.pages.compactMap(\.values.min).min { order.isLess($0, $1) },
      max: chunk.pages.compactMap(\.values.max).max { order.isLess($0, $1) },
      isMinExact: true, isMaxExact: true)
  }
}
