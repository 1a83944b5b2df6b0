import Bytes
import Failures

/// Reads an object container file that is in memory.
///
/// Blocks are decompressed one at a time, so memory is bounded by the largest block.
public struct AvroFileReader {
  private let bytes: [UInt8]
  private let header: AvroFileHeader
  private let limits: AvroLimits
  private let firstBlock: Int

  /// Reads the header.
  ///
  /// - Throws: `.malformedInput`, `.limitExceeded`, or `.unsupported` for a codec that is not one of `AvroCodec`.
  public init(_ bytes: [UInt8], limits: AvroLimits = AvroLimits()) throws {
    self.bytes = bytes
    self.limits = limits
    (header, firstBlock) = try bytes.withUnsafeBytes { buffer in
      var cursor = ByteCursor(buffer)
      let header = try AvroFileHeader(reading: &cursor, limits: limits)
      return (header, cursor.offset)
    }
  }

  /// The schema that the file was written with.
  public var schema: AvroSchema { header.schema }

  /// How its blocks are compressed.
  public var codec: AvroCodec { header.codec }

  /// The header's metadata, Avro's own entries included.
  public var metadata: [(key: String, value: [UInt8])] { header.metadata }

  /// A metadata entry.
  public func metadata(_ key: String) -> [UInt8]? { header.metadata.last { $0.key == key }?.value }

  /// A metadata entry as text; nil when it is missing or not UTF-8.
  public func metadataText(_ key: String) -> String? {
    metadata(key).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Calls `body` once a record, at its start; it must read the record whole.
  ///
  /// - Throws: `.malformedInput` for a file that is cut short or damaged, `.limitExceeded`, and what `body` throws.
  public func forEachRecord(_ body: (inout AvroDecoder) throws -> Void) throws {
    let decompressor = BlockDecompressor(header.codec, limit: limits.blockBytes)
    var emptyValuesLeft = limits.emptyValues
    try bytes.withUnsafeBytes { buffer in
      var cursor = ByteCursor(buffer)
      try cursor.seek(to: firstBlock)
      while !cursor.isAtEnd {
        let (count, block) = try readBlock(&cursor)
        try decompressor.withPlain(block) { plain in
          guard plain.count <= limits.blockBytes else {
            throw Failure.limitExceeded("Avro: a block of \(plain.count) bytes")
          }
          var decoder = AvroDecoder(plain, schema: schema, limits: limits, emptyValuesLeft: emptyValuesLeft)
          try readRecords(count, &decoder, body)
          emptyValuesLeft = decoder.emptyValuesLeft
        }
      }
    }
  }

  private func readBlock(_ cursor: inout ByteCursor) throws(Failure) -> (count: Int64, bytes: UnsafeRawBufferPointer) {
    let start = cursor.offset
    let count = try cursor.readZigzag()
    let size = try cursor.readZigzag()
    guard count >= 0, size >= 0, size <= Int64(limits.blockBytes) else {
      throw .malformedInput("Avro: a block of \(count) records and \(size) bytes at offset \(start)")
    }
    let block = try cursor.readBytes(Int(size))
    guard try cursor.readBytes(AvroFileHeader.syncLength).elementsEqual(header.sync) else {
      throw .malformedInput("Avro: the block at offset \(start) does not end with the file's sync marker")
    }
    return (count, block)
  }

  private func readRecords(
    _ count: Int64, _ decoder: inout AvroDecoder, _ body: (inout AvroDecoder) throws -> Void
  ) throws {
    try decoder.check(Int(count), of: schema.root)
    for _ in 0..<count { try body(&decoder) }
    guard decoder.isAtEnd else { throw Failure.malformedInput("Avro: bytes are left behind a block's last record") }
  }

  /// All records as values.
  ///
  /// - Throws: as `forEachRecord`.
  public func values() throws -> [AvroValue] {
    var values: [AvroValue] = []
    let root = schema.root
    try forEachRecord { values.append(try $0.readValue(root)) }
    return values
  }
}
