import Failures

extension PageIndex {
  /// The two indexes joined. Throws `.malformedInput` when they contradict each other or the footer.
  init(
    offsets: [UInt8], bounds: [UInt8]?, _ leaf: LeafColumn, _ chunk: ColumnChunkMetadata, rowCount: Int
  ) throws {
    let locations = try offsets.withUnsafeBytes { try OffsetIndex($0) }.locations
    guard rowCount == 0 || !locations.isEmpty else { throw Failure.malformedInput("an offset index without pages") }
    let index = try bounds.map { try $0.withUnsafeBytes { try ColumnIndex($0) } }
    if let index, index.nullPages.count != locations.count {
      throw Failure.malformedInput("\(index.nullPages.count) pages with bounds, \(locations.count) with offsets")
    }
    let order = ValueOrder(leaf)
    var pages: [Page] = []
    for (position, location) in locations.enumerated() {
      let end = position + 1 < locations.count ? locations[position + 1].firstRow : Int64(rowCount)
      guard position > 0 || location.firstRow == 0, location.firstRow <= end, end <= Int64(rowCount),
        location.offset >= chunk.startOffset
      else { throw Failure.malformedInput("page \(position) begins at row \(location.firstRow) and ends at \(end)") }
      let isNull = index?.nullPages[position] ?? false
      pages.append(
        Page(
          firstRow: Int(location.firstRow), rowCount: Int(end - location.firstRow), offset: location.offset,
          compressedSize: Int(location.compressedSize), nullCount: index?.nullCounts?[position],
          min: Self.bound(isNull ? nil : index?.minValues[position], order).map {
            FloatingZero.lower($0, leaf.physicalType)
          },
          max: Self.bound(isNull ? nil : index?.maxValues[position], order).map {
            FloatingZero.upper($0, leaf.physicalType)
          },
          isAllNull: isNull))
    }
    self.init(pages: pages, boundaryOrder: index?.order ?? .unordered)
  }

  private static func bound(_ bytes: [UInt8]?, _ order: ValueOrder) -> [UInt8]? {
    bytes.flatMap { order.isBound($0) ? $0 : nil }
  }
}
