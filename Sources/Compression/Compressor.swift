public import Bytes
import CBrotli
import CLZ4
import CSnappy
import CZlib
import CZstd
public import Failures

/// Compresses blocks with one codec at one level, keeping the codec's context between them.
///
/// One owner at a time: not for use by two threads at once. `CompressorPool` shares them.
public final class Compressor {
  /// What it writes.
  public let codec: CompressionCodec
  private let level: Int?
  private let zstd: OpaquePointer?
  private var deflater: Deflater?

  /// A compressor. `level` is the codec's own scale (zstd 1–22, default 3; gzip and deflate 0–9, default 6; brotli 0–11,
  /// default 4); codecs without levels ignore it.
  ///
  /// Throws `.invalidArgument` on a level that the codec does not have, `.unavailable` without memory.
  public init(_ codec: CompressionCodec, level: Int? = nil) throws {
    self.codec = codec
    self.level = level
    if let level, let allowed = codec.levels, !allowed.contains(level) {
      throw Failure.invalidArgument(
        "\(codec.rawValue) has levels \(allowed.lowerBound) to \(allowed.upperBound), not \(level)")
    }
    zstd = codec == .zstd ? ZSTD_createCCtx() : nil
    switch codec {
    case .zstd where zstd == nil: throw Failure.unavailable("no memory for a zstd context")
    case .gzip: deflater = try Deflater(level: level, windowBits: 15 + 16)
    case .deflate: deflater = try Deflater(level: level, windowBits: -15)
    default: break
    }
  }

  deinit { ZSTD_freeCCtx(zstd) }

  /// Appends `input`, compressed, to `output`.
  public func compress(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    switch codec {
    case .uncompressed: output.append(input)
    case .zstd: try compressZstd(input, into: &output)
    case .gzip, .deflate: try deflater?.compress(input, into: &output)
    case .snappy: try compressSnappy(input, into: &output)
    case .lz4Raw: try compressLZ4(input, into: &output)
    case .lz4Hadoop: try compressHadoop(input, into: &output)
    case .brotli: try compressBrotli(input, into: &output)
    }
  }

  private func compressZstd(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    let level = Int32(truncatingIfNeeded: self.level ?? 3)
    try output.appendUnsafe(capacity: ZSTD_compressBound(input.count)) { (tail) throws(Failure) in
      let size = ZSTD_compressCCtx(zstd, tail.baseAddress, tail.count, input.baseAddress, input.count, level)
      guard ZSTD_isError(size) == 0 else { throw .internalError("zstd: \(String(cString: ZSTD_getErrorName(size)))") }
      return size
    }
  }

  private func compressSnappy(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    try output.appendUnsafe(capacity: snappy_max_compressed_length(input.count)) { (tail) throws(Failure) in
      var size = tail.count
      let status = snappy_compress(
        input.bindMemory(to: CChar.self).baseAddress, input.count, tail.bindMemory(to: CChar.self).baseAddress, &size)
      guard status == SNAPPY_OK else { throw .internalError("snappy: cannot compress") }
      return size
    }
  }

  private func compressLZ4(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    guard input.count <= LZ4_MAX_INPUT_SIZE else { throw .limitExceeded("\(input.count) bytes are too many for LZ4") }
    let length = Int32(input.count)
    try output.appendUnsafe(capacity: Int(LZ4_compressBound(length))) { (tail) throws(Failure) in
      let size = LZ4_compress_default(
        input.bindMemory(to: CChar.self).baseAddress, tail.bindMemory(to: CChar.self).baseAddress, length,
        Int32(truncatingIfNeeded: tail.count))
      guard size > 0 else { throw .internalError("lz4: cannot compress") }
      return Int(size)
    }
  }

  private func compressHadoop(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    var block = ByteBuffer(capacity: input.count / 2 + 64)
    try compressLZ4(input, into: &block)
    output.append(bigEndian: UInt32(truncatingIfNeeded: input.count))
    output.append(bigEndian: UInt32(truncatingIfNeeded: block.count))
    block.withUnsafeBytes { output.append($0) }
  }

  private func compressBrotli(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    // The bound of an empty input is 2, of one too large 0.
    let bound = max(BrotliEncoderMaxCompressedSize(input.count), 16)
    try output.appendUnsafe(capacity: bound) { (tail) throws(Failure) in
      var size = tail.count
      let status = BrotliEncoderCompress(
        Int32(truncatingIfNeeded: level ?? 4), BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, input.count,
        input.bindMemory(to: UInt8.self).baseAddress, &size, tail.bindMemory(to: UInt8.self).baseAddress)
      guard status != 0 else { throw .internalError("brotli: cannot compress") }
      return size
    }
  }
}

extension CompressionCodec {
  /// The levels that a codec has, nil where it has none.
  var levels: ClosedRange<Int>? {
    switch self {
    case .zstd: 1...22
    case .gzip, .deflate: 0...9
    case .brotli: 0...11
    case .uncompressed, .snappy, .lz4Raw, .lz4Hadoop: nil
    }
  }
}
