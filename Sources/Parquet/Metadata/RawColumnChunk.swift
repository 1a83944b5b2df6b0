import Failures

/// `ColumnChunk` and its `ColumnMetaData` as they are on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
struct RawColumnChunk {
  private var filePath: String?
  private var hasMetadata = false
  private var offsetIndexOffset: Int64?
  private var offsetIndexLength: Int32?
  private var columnIndexOffset: Int64?
  private var columnIndexLength: Int32?
  private var type: Int32?
  private var encodings: [Int32] = []
  private var path: [String] = []
  private var codec: Int32 = 0
  private var valueCount: Int64 = 0
  private var uncompressedSize: Int64 = 0
  private var compressedSize: Int64 = 0
  private var dataPageOffset: Int64 = 0
  private var dictionaryPageOffset: Int64?
  private var statistics: RawStatistics?
  private var encodingStats: [PageEncodingCount] = []
  private var bloomFilterOffset: Int64?
  private var bloomFilterLength: Int32?

  init(_ reader: inout CompactReader) throws {
    try reader.structure { reader, field in
      switch field.id {
      case 1: filePath = try reader.string(field)
      case 3:
        hasMetadata = true
        try reader.structure(field) { try readMetadata(&$0, $1) }
      case 4: offsetIndexOffset = try reader.int64(field)
      case 5: offsetIndexLength = try reader.int32(field)
      case 6: columnIndexOffset = try reader.int64(field)
      case 7: columnIndexLength = try reader.int32(field)
      default: try reader.skip(field)
      }
    }
  }

  private mutating func readMetadata(_ reader: inout CompactReader, _ field: CompactReader.Field) throws {
    switch field.id {
    case 1: type = try reader.int32(field)
    case 2: encodings = try reader.int32s(field)
    case 3: path = try reader.binaries(field).map { String(decoding: $0, as: UTF8.self) }
    case 4: codec = try reader.int32(field)
    case 5: valueCount = try reader.int64(field)
    case 6: uncompressedSize = try reader.int64(field)
    case 7: compressedSize = try reader.int64(field)
    case 9: dataPageOffset = try reader.int64(field)
    case 11: dictionaryPageOffset = try reader.int64(field)
    case 12: statistics = try RawStatistics(&reader, field)
    case 13: encodingStats = try reader.structures(field) { try PageEncodingCount(&$0) }
    case 14: bloomFilterOffset = try reader.int64(field)
    // Some old writer kept a list under this number.
    case 15 where field.type == .int32: bloomFilterLength = try reader.int32(field)
    default: try reader.skip(field)
    }
  }

  /// The chunk of `leaf`. Throws `.malformedInput`, `.unsupported` for chunks in other files or encrypted.
  func checked(_ leaf: LeafColumn, rowCount: Int64, hasColumnOrders: Bool) throws -> ColumnChunkMetadata {
    guard filePath == nil || filePath == "" else { throw Failure.unsupported("a column in another file") }
    guard hasMetadata else { throw Failure.unsupported("a column without metadata (encrypted?)") }
    guard type == leaf.physicalType.rawValue else {
      throw Failure.malformedInput("type \(type ?? -1) where the schema has \(leaf.physicalType)")
    }
    guard path == leaf.path else {
      throw Failure.malformedInput("path \(path.joined(separator: ".")) where the schema has another")
    }
    guard valueCount >= 0, leaf.maxRepetitionLevel > 0 || valueCount == rowCount else {
      throw Failure.malformedInput("\(valueCount) values in \(rowCount) rows")
    }
    guard dataPageOffset >= 0, compressedSize >= 0, uncompressedSize >= 0 else {
      throw Failure.malformedInput("a negative size or offset")
    }
    return chunk(leaf, hasColumnOrders)
  }

  private func chunk(_ leaf: LeafColumn, _ hasColumnOrders: Bool) -> ColumnChunkMetadata {
    ColumnChunkMetadata(
      physicalType: leaf.physicalType, path: path, encodings: encodings.map { PageEncoding(rawValue: $0) },
      codecCode: codec, valueCount: valueCount, uncompressedSize: uncompressedSize, compressedSize: compressedSize,
      dataPageOffset: dataPageOffset, dictionaryPageOffset: dictionaryPageOffset,
      statistics: statistics?.checked(leaf, hasColumnOrders: hasColumnOrders),
      columnIndex: Self.location(columnIndexOffset, columnIndexLength),
      offsetIndex: Self.location(offsetIndexOffset, offsetIndexLength),
      bloomFilter: bloomFilterOffset.map { .init(offset: $0, length: bloomFilterLength.map(Int64.init)) },
      encodingStats: encodingStats)
  }

  private static func location(_ offset: Int64?, _ length: Int32?) -> ColumnChunkMetadata.Location? {
    guard let offset, let length, length > 0 else { return nil }
    return .init(offset: offset, length: Int64(length))
  }
}

extension PageEncodingCount {
  init(_ reader: inout CompactReader) throws {
    var pageType: Int32 = 0
    var encoding: Int32 = 0
    var count: Int32 = 0
    try reader.structure { reader, field in
      switch field.id {
      case 1: pageType = try reader.int32(field)
      case 2: encoding = try reader.int32(field)
      case 3: count = try reader.int32(field)
      default: try reader.skip(field)
      }
    }
    self.init(pageType: pageType, encoding: PageEncoding(rawValue: encoding), count: count)
  }
}
