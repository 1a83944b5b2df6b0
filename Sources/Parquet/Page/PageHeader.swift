import Bytes
import Failures

/// The header before each page.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`PageHeader`)
struct PageHeader: Equatable {
  /// What is particular to one type of page.
  enum Kind: Equatable {
    /// A dictionary of `count` values.
    case dictionary(count: Int32, encoding: PageEncoding)
    /// Levels and values compressed together.
    case dataV1(count: Int32, encoding: PageEncoding, definition: PageEncoding, repetition: PageEncoding)
    /// Levels, not compressed, before the values.
    case dataV2(DataV2)
    /// A page to be skipped.
    case other(Int32)
  }

  /// The header's counts of nulls and rows are not read: some writers get them wrong, and the levels tell both.
  /// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`DataPageHeaderV2`)
  struct DataV2: Equatable {
    var count: Int32 = -1
    var encoding = PageEncoding.plain
    var definitionBytes: Int32 = -1
    var repetitionBytes: Int32 = -1
    var isCompressed = true
  }

  /// The bytes that follow, as stored.
  let compressedSize: Int
  /// The bytes that they give, levels included.
  let uncompressedSize: Int
  /// The CRC-32 of the stored bytes, where there is one.
  let checksum: UInt32?
  /// What the page is.
  let kind: Kind

  /// Reads a header and returns how many bytes it took. Throws `.malformedInput`.
  static func parse(_ bytes: UnsafeRawBufferPointer) throws -> (PageHeader, Int) {
    var reader = CompactReader(bytes)
    var raw = RawPageHeader()
    try reader.structure { try raw.read(&$0, $1) }
    return (try raw.header(), reader.offset)
  }

  /// The header's bytes. Only V1 data pages and dictionaries are written.
  func encoded() -> ByteBuffer {
    var writer = CompactWriter(capacity: 64)
    writer.structure { page in
      page.field(1, int32: kind.code)
      page.field(2, int32: Int32(truncatingIfNeeded: uncompressedSize))
      page.field(3, int32: Int32(truncatingIfNeeded: compressedSize))
      if let checksum { page.field(4, int32: Int32(bitPattern: checksum)) }
      switch kind {
      case .dictionary(let count, let encoding):
        page.field(
          7,
          structure: {
            $0.field(1, int32: count)
            $0.field(2, int32: encoding.rawValue)
          })
      case .dataV1(let count, let encoding, let definition, let repetition):
        page.field(
          5,
          structure: {
            $0.field(1, int32: count)
            $0.field(2, int32: encoding.rawValue)
            $0.field(3, int32: definition.rawValue)
            $0.field(4, int32: repetition.rawValue)
          })
      case .dataV2, .other: break
      }
    }
    return writer.finish()
  }
}

extension PageHeader.Kind {
  /// The number of the page's type in the format.
  var code: Int32 {
    switch self {
    case .dataV1: 0
    case .dictionary: 2
    case .dataV2: 3
    case .other(let code): code
    }
  }
}

/// A header as it is on the wire.
private struct RawPageHeader {
  private var type: Int32 = -1
  private var uncompressedSize: Int32 = -1
  private var compressedSize: Int32 = -1
  private var checksum: Int32?
  private var count: Int32 = -1
  private var encoding = PageEncoding.plain
  private var definition = PageEncoding.rle
  private var repetition = PageEncoding.rle
  private var second: PageHeader.DataV2?
  private var hasBody = false

  init() {}

  mutating func read(_ reader: inout CompactReader, _ field: CompactReader.Field) throws {
    switch field.id {
    case 1: type = try reader.int32(field)
    case 2: uncompressedSize = try reader.int32(field)
    case 3: compressedSize = try reader.int32(field)
    case 4: checksum = try reader.int32(field)
    case 5, 7:
      hasBody = true
      try reader.structure(field) { try readFirst(&$0, $1) }
    case 8: second = try readSecond(&reader, field)
    default: try reader.skip(field)
    }
  }

  /// Data pages of version 1 and dictionary pages begin with the same two fields.
  private mutating func readFirst(_ reader: inout CompactReader, _ field: CompactReader.Field) throws {
    switch field.id {
    case 1: count = try reader.int32(field)
    case 2: encoding = PageEncoding(rawValue: try reader.int32(field))
    case 3 where field.type == .int32: definition = PageEncoding(rawValue: try reader.int32(field))
    case 4: repetition = PageEncoding(rawValue: try reader.int32(field))
    default: try reader.skip(field)
    }
  }

  private func readSecond(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws -> PageHeader.DataV2 {
    var page = PageHeader.DataV2()
    try reader.structure(field) { reader, field in
      switch field.id {
      case 1: page.count = try reader.int32(field)
      case 4: page.encoding = PageEncoding(rawValue: try reader.int32(field))
      case 5: page.definitionBytes = try reader.int32(field)
      case 6: page.repetitionBytes = try reader.int32(field)
      case 7: page.isCompressed = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
    return page
  }

  func header() throws -> PageHeader {
    guard uncompressedSize >= 0, compressedSize >= 0 else { throw Failure.malformedInput("page of negative size") }
    return PageHeader(
      compressedSize: Int(compressedSize), uncompressedSize: Int(uncompressedSize),
      checksum: checksum.map { UInt32(bitPattern: $0) }, kind: try kind())
  }

  private func kind() throws -> PageHeader.Kind {
    switch type {
    case 0, 2:
      guard hasBody, count >= 0 else { throw Failure.malformedInput("page of \(count) values") }
      if type == 2 { return .dictionary(count: count, encoding: encoding) }
      return .dataV1(count: count, encoding: encoding, definition: definition, repetition: repetition)
    case 3:
      guard let second, second.count >= 0, second.definitionBytes >= 0, second.repetitionBytes >= 0 else {
        throw Failure.malformedInput("data page of version 2 without its header")
      }
      return .dataV2(second)
    default: return .other(type)
    }
  }
}
