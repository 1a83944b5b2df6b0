import Bytes
import Compression
import Failures

/// How the blocks of a file are compressed (specification, "Required Codecs" and "Optional Codecs":
/// <https://avro.apache.org/docs/1.12.0/specification/#required-codecs>). The raw values are the names in headers.
public enum AvroCodec: String, Sendable, CaseIterable {
  /// Stored as they are.
  case null
  /// RFC 1951 without a wrapper.
  case deflate
  /// Snappy, followed by the CRC-32 of the plain bytes, most significant byte first.
  case snappy
  /// RFC 8878.
  case zstandard

  var compression: CompressionCodec {
    switch self {
    case .null: .uncompressed
    case .deflate: .deflate
    case .snappy: .snappy
    case .zstandard: .zstd
    }
  }
}

/// Compresses the blocks of one file.
struct BlockCompressor {
  private let codec: AvroCodec
  private let compressor: Compressor

  /// `level` is the codec's own scale; deflate's default is 9, as Java's Iceberg writes.
  init(_ codec: AvroCodec, level: Int?) throws {
    self.codec = codec
    compressor = try Compressor(codec.compression, level: level ?? (codec == .deflate ? 9 : nil))
  }

  func compress(_ block: borrowing ByteBuffer) throws(Failure) -> [UInt8] {
    var output = ByteBuffer(capacity: block.count / 2 + 64)
    try block.withUnsafeBytes { (bytes) throws(Failure) in
      try compressor.compress(bytes, into: &output)
      if codec == .snappy { output.append(bigEndian: crc32(bytes)) }
    }
    return output.bytes
  }
}

/// Decompresses the blocks of one file.
struct BlockDecompressor {
  let codec: AvroCodec
  let limit: Int
  private let decompressor = Decompressor()

  init(_ codec: AvroCodec, limit: Int) {
    self.codec = codec
    self.limit = limit
  }

  /// Calls `body` with the plain bytes of a block.
  func withPlain<Result>(
    _ block: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    switch codec {
    case .null: try body(block)
    case .zstandard: try decompressor.decompress(block, codec: .zstd, limit: limit).withUnsafeBytes(body)
    case .deflate: try deflate(block).withUnsafeBytes(body)
    case .snappy: try snappy(block).withUnsafeBytes(body)
    }
  }

  /// fastavro leaves three bytes of a zlib trailer behind each block, and no other reader minds.
  private func deflate(_ block: UnsafeRawBufferPointer) throws(Failure) -> [UInt8] {
    do throws(Failure) {
      return try decompressor.decompress(block, codec: .deflate, limit: limit)
    } catch {
      guard error.kind == .malformedInput, block.count > 3 else { throw error }
      return try decompressor.decompress(
        UnsafeRawBufferPointer(rebasing: block.dropLast(3)), codec: .deflate, limit: limit)
    }
  }

  private func snappy(_ block: UnsafeRawBufferPointer) throws(Failure) -> [UInt8] {
    guard block.count >= 4 else { throw .malformedInput("Avro: a snappy block of \(block.count) bytes") }
    let end = block.count - 4
    let data = UnsafeRawBufferPointer(rebasing: block[..<end])
    let plain = try decompressor.decompress(data, codec: .snappy, limit: limit)
    let expected = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: end, as: UInt32.self))
    guard crc32(plain) == expected else { throw .malformedInput("Avro: a snappy block with a wrong checksum") }
    return plain
  }
}
