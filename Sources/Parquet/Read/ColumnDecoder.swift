import Bytes
import Columns
import Compression
import Failures

/// Decodes the pages of one column chunk, one after the other, into levels and values.
struct ColumnDecoder<Vector: ValueVector> {
  private let leaf: LeafColumn
  private let codec: CompressionCodec
  let limits: ReaderLimits
  private let decompressor = Decompressor()
  private var dictionary: Vector?
  /// The values that are there.
  private(set) var values: Vector
  /// A level a slot; empty where every value is required.
  private(set) var definition: [UInt8] = []
  /// A level a slot; empty where nothing repeats.
  private(set) var repetition: [UInt8] = []
  /// The number of values and nulls so far.
  private(set) var slotCount = 0

  init(_ leaf: LeafColumn, _ codec: CompressionCodec, _ limits: ReaderLimits) {
    self.leaf = leaf
    self.codec = codec
    self.limits = limits
    values = Vector(leaf)
  }

  /// The number of rows so far.
  var rowCount: Int {
    leaf.maxRepetitionLevel == 0 ? slotCount : repetition.reduce(0) { $1 == 0 ? $0 + 1 : $0 }
  }

  /// Decodes a page. Throws `.malformedInput`, `.unsupported`, `.limitExceeded`.
  mutating func decode(_ page: StoredPage) throws {
    if limits.checksCRC { try page.check() }
    let header = page.header
    switch header.kind {
    case .dictionary(let count, let encoding): try decodeDictionary(header, page.body, Int(count), encoding)
    case .dataV1(let count, let encoding, let definition, let repetition):
      try decodeV1(header, page.body, Int(count), encoding, definition, repetition)
    case .dataV2(let second): try decodeV2(header, page.body, second)
    case .other: break
    }
  }

  /// A decoder of other pages of the same chunk.
  func sibling() -> ColumnDecoder {
    var copy = ColumnDecoder(leaf, codec, limits)
    copy.dictionary = dictionary
    return copy
  }

  /// Takes what siblings decoded from pages that follow each other. Throws `.limitExceeded`.
  ///
  /// Precondition: no data page was decoded here.
  mutating func join(_ siblings: [ColumnDecoder]) throws {
    values = try Vector.joined(siblings.map(\.values), limit: limits.columnBytes)
    definition = Array(siblings.map(\.definition).joined())
    repetition = Array(siblings.map(\.repetition).joined())
    slotCount = siblings.reduce(0) { $0 + $1.slotCount }
  }

  /// Makes room for values of about `bytes` bytes in all.
  mutating func reserve(slots: Int, bytes: Int) {
    values.reserve(slots, bytes: bytes)
    if leaf.maxDefinitionLevel > 0 { definition.reserveCapacity(slots) }
    if leaf.maxRepetitionLevel > 0 { repetition.reserveCapacity(slots) }
  }

  private mutating func decodeDictionary(
    _ header: PageHeader, _ stored: UnsafeRawBufferPointer, _ count: Int, _ encoding: PageEncoding
  ) throws {
    guard dictionary == nil else { throw Failure.malformedInput("a second dictionary page") }
    guard encoding == .plain || encoding == .plainDictionary else {
      throw unsupportedEncoding(encoding, leaf.physicalType)
    }
    var entries = Vector(leaf)
    try decompressed(stored, header.uncompressedSize) { cursor throws(Failure) in
      try entries.appendPlain(&cursor, count: count)
    }
    dictionary = entries
  }

  private mutating func decodeV1(
    _ header: PageHeader, _ stored: UnsafeRawBufferPointer, _ count: Int, _ encoding: PageEncoding,
    _ definitionEncoding: PageEncoding, _ repetitionEncoding: PageEncoding
  ) throws {
    try decompressed(stored, header.uncompressedSize) { cursor throws(Failure) in
      if leaf.maxRepetitionLevel > 0 {
        try Levels.readV1(
          &cursor, repetitionEncoding, count: count, maximum: leaf.maxRepetitionLevel, into: &repetition)
      }
      if leaf.maxDefinitionLevel > 0 {
        try Levels.readV1(
          &cursor, definitionEncoding, count: count, maximum: leaf.maxDefinitionLevel, into: &definition)
      }
      try decodeValues(&cursor, encoding, slots: count)
    }
  }

  private mutating func decodeV2(
    _ header: PageHeader, _ stored: UnsafeRawBufferPointer, _ page: PageHeader.DataV2
  ) throws {
    let count = Int(page.count)
    var cursor = ByteCursor(stored)
    let repetitionBytes = try cursor.readBytes(Int(page.repetitionBytes))
    let definitionBytes = try cursor.readBytes(Int(page.definitionBytes))
    if leaf.maxRepetitionLevel > 0 {
      try Levels.readV2(repetitionBytes, count: count, maximum: leaf.maxRepetitionLevel, into: &repetition)
    }
    if leaf.maxDefinitionLevel > 0 {
      try Levels.readV2(definitionBytes, count: count, maximum: leaf.maxDefinitionLevel, into: &definition)
    }
    guard page.isCompressed, !cursor.isAtEnd else { return try decodeValues(&cursor, page.encoding, slots: count) }
    let size = header.uncompressedSize - cursor.offset
    try decompressed(try cursor.readBytes(cursor.remaining), size) { cursor throws(Failure) in
      try decodeValues(&cursor, page.encoding, slots: count)
    }
  }

  private mutating func decodeValues(
    _ cursor: inout ByteCursor, _ encoding: PageEncoding, slots: Int
  ) throws(Failure) {
    let present = presentCount(slots)
    slotCount += slots
    if present == 0 { return }
    switch encoding {
    case .plain: try values.appendPlain(&cursor, count: present)
    case .rleDictionary, .plainDictionary: try decodeIndices(&cursor, present)
    default: try values.append(encoding, &cursor, count: present, limit: limits.columnBytes)
    }
  }

  /// How many of the last `slots` slots have a value.
  private func presentCount(_ slots: Int) -> Int {
    guard leaf.maxDefinitionLevel > 0 else { return slots }
    let maximum = leaf.maxDefinitionLevel
    return definition[slotCount...].reduce(0) { $0 + ($1 == maximum ? 1 : 0) }
  }

  /// https://github.com/apache/parquet-format/blob/master/Encodings.md#dictionary-encoding-plain_dictionary--2-and-rle_dictionary--8
  private mutating func decodeIndices(_ cursor: inout ByteCursor, _ count: Int) throws(Failure) {
    guard let dictionary else { throw .malformedInput("a data page refers to a dictionary that is not there") }
    let width = Int(try cursor.readByte())
    let indices = try decodedArray(count: count) { (output: UnsafeMutableBufferPointer<UInt32>) throws(Failure) in
      try RLEBitPackedHybrid.decode(&cursor, bitWidth: width, into: output)
    }
    try values.append(dictionary, indices, limit: limits.columnBytes)
  }

  /// Calls `body` with a cursor over what `stored` decompresses to. No bytes are not decompressed.
  private func decompressed(
    _ stored: UnsafeRawBufferPointer, _ size: Int, _ body: (inout ByteCursor) throws(Failure) -> Void
  ) throws(Failure) {
    guard codec != .uncompressed, stored.count > 0 else {
      var cursor = ByteCursor(stored)
      return try body(&cursor)
    }
    guard size >= 0 else { throw .malformedInput("page of negative size") }
    let plain = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { plain.deallocate() }
    try decompressor.decompress(stored, codec: codec, into: plain)
    var cursor = ByteCursor(UnsafeRawBufferPointer(plain))
    try body(&cursor)
  }
}
