import Bytes
import Columns
import Compression
import Failures

/// One column of one row group to be decoded.
struct ColumnJob {
  let leaf: LeafColumn
  let path: LeafPath
  let codec: CompressionCodec
  let plan: ChunkPlan
  /// The number of values and nulls of the whole chunk; nil when only some pages are read.
  let slotCount: Int?
  /// About how many bytes there are to decode. Only decides how the work is divided.
  let likelySize: Int

  /// Bytes that are worth a thread.
  private static let segmentBytes = 4 << 20

  /// Whether the pages are divided among threads.
  var isLarge: Bool { likelySize >= 2 * Self.segmentBytes }

  /// Decodes the fetched bytes and picks the selected rows.
  func decode(_ parts: [[UInt8]], _ selection: RowSelection?, _ limits: ReaderLimits) throws -> Column {
    let column =
      switch leaf.physicalType {
      case .boolean: try decode(parts, limits, BoolVector.self)
      case .int32: try decode(parts, limits, FixedVector<Int32>.self)
      case .int64: try decode(parts, limits, FixedVector<Int64>.self)
      case .float: try decode(parts, limits, FixedVector<Float>.self)
      case .double: try decode(parts, limits, FixedVector<Double>.self)
      case .byteArray, .fixedLengthByteArray, .int96: try decode(parts, limits, BinaryVector.self)
      }
    guard let selection, let positions = selection.positions(in: plan.rows) else { return column }
    return column.gathering(positions)
  }

  private func decode<Vector: ValueVector>(
    _ parts: [[UInt8]], _ limits: ReaderLimits, _ type: Vector.Type
  ) throws -> Column {
    let bytes = parts.count == 1 ? parts[0] : Array(parts.joined())
    let decoder = try bytes.withUnsafeBytes { bytes in
      let pages = try StoredPage.scan(bytes, slotCount: slotCount, limits)
      return try decode(pages, ColumnDecoder<Vector>(leaf, codec, limits))
    }
    let expected = plan.rows.reduce(0) { $0 + $1.count }
    guard decoder.rowCount == expected else {
      throw Failure.malformedInput("\(decoder.rowCount) rows in the pages, \(expected) expected")
    }
    return try decoder.column(leaf, path)
  }

  /// Decodes dictionaries first, then the data pages: many bytes in parts on several threads, which are joined.
  private func decode<Vector>(
    _ pages: [StoredPage], _ first: consuming ColumnDecoder<Vector>
  ) throws -> ColumnDecoder<Vector> {
    var decoder = first
    for page in pages where !page.isData { try decoder.decode(page) }
    let data = pages.filter(\.isData)
    let segments = Self.segments(data)
    let prototype = decoder.sibling()
    let decoded = try concurrentMap(segments) { segment in
      var part = prototype.sibling()
      let pages = data[segment]
      part.reserve(slots: pages.reduce(0) { $0 + $1.slotCount }, bytes: pages.reduce(0) { $0 + $1.likelySize })
      for page in pages { try part.decode(page) }
      return part
    }
    guard decoded.count > 1 else { return decoded.first ?? decoder }
    try decoder.join(decoded)
    return decoder
  }

  /// Data pages in parts of some megabytes each, at most eight.
  private static func segments(_ pages: [StoredPage]) -> [Range<Int>] {
    let total = pages.reduce(0) { $0 + $1.header.uncompressedSize }
    let wanted = max(total / 8, segmentBytes)
    var segments: [Range<Int>] = []
    var (start, size) = (0, 0)
    for (index, page) in pages.enumerated() {
      size += page.header.uncompressedSize
      guard size >= wanted || index == pages.count - 1 else { continue }
      segments.append(start..<index + 1)
      (start, size) = (index + 1, 0)
    }
    return segments
  }
}
