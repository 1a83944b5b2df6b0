import Bytes
import CBrotli
import CLZ4
import CSnappy
import CZstd
public import Failures

/// Decompresses blocks of any codec, keeping contexts between them.
///
/// One owner at a time: not for use by two threads at once. Compressed bytes are untrusted: whatever they hold, the result
/// is an error or at most as many bytes as were asked for.
public final class Decompressor {
  private var zstd: OpaquePointer?
  private var gzip: Inflater?
  private var raw: Inflater?

  /// A decompressor; contexts are made when they are first needed.
  public init() {}

  deinit { ZSTD_freeDCtx(zstd) }

  /// Decompresses `input`, which must give exactly `uncompressedSize` bytes.
  ///
  /// Throws `.malformedInput` on bytes that are not the codec's or give another size, `.invalidArgument` on a
  /// negative size.
  public func decompress(
    _ input: UnsafeRawBufferPointer, codec: CompressionCodec, uncompressedSize: Int
  ) throws(Failure) -> [UInt8] {
    guard uncompressedSize >= 0 else { throw .invalidArgument("size \(uncompressedSize)") }
    return try filledArray(capacity: uncompressedSize) { (output) throws(Failure) in
      try decompress(input, codec: codec, into: output)
      return uncompressedSize
    }
  }

  /// Decompresses `input`, which must fill `output` exactly. Throws as above.
  public func decompress(
    _ input: UnsafeRawBufferPointer, codec: CompressionCodec, into output: UnsafeMutableRawBufferPointer
  ) throws(Failure) {
    let written = try decompress(input, codec, output)
    guard written == output.count else {
      throw .malformedInput("\(codec.rawValue): decompresses to \(written) bytes instead of \(output.count)")
    }
  }

  /// Decompresses `input` of unknown size to at most `limit` bytes (a whole gzip file, an Avro block).
  ///
  /// Throws `.limitExceeded` when there is more, `.malformedInput` on bytes that are not the codec's, `.unsupported` for
  /// raw LZ4 blocks, which do not tell their size.
  public func decompress(
    _ input: UnsafeRawBufferPointer, codec: CompressionCodec, limit: Int
  ) throws(Failure) -> [UInt8] {
    if let size = try declaredSize(input, codec) {
      guard size <= limit else { throw .limitExceeded("decompresses to \(size) bytes, more than \(limit)") }
      return try decompress(input, codec: codec, uncompressedSize: size)
    }
    switch codec {
    case .lz4Raw, .lz4Hadoop: throw .unsupported("\(codec.rawValue) of unknown size")
    default: return try growing(input, codec, limit: limit)
    }
  }

  private func decompress(
    _ input: UnsafeRawBufferPointer, _ codec: CompressionCodec, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    switch codec {
    case .uncompressed: try copy(input, output)
    case .zstd: try decompressZstd(input, output)
    case .gzip: try inflater(.gzipOrZlib, &gzip).decompress(input, into: output)
    case .deflate: try inflater(.raw, &raw).decompress(input, into: output)
    case .snappy: try decompressSnappy(input, output)
    case .lz4Raw: try decompressLZ4(input, output)
    case .lz4Hadoop: try decompressHadoop(input, output)
    case .brotli: try decompressBrotli(input, output)
    }
  }

  private func inflater(_ wrapping: Inflater.Wrapping, _ cached: inout Inflater?) throws(Failure) -> Inflater {
    if let cached { return cached }
    let new = try Inflater(wrapping)
    cached = new
    return new
  }

  private func copy(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    guard input.count <= output.count else { throw .malformedInput("\(input.count) bytes instead of \(output.count)") }
    output.copyMemory(from: input)
    return input.count
  }

  private func decompressZstd(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    if zstd == nil { zstd = ZSTD_createDCtx() }
    guard let zstd else { throw .unavailable("no memory for a zstd context") }
    let size = ZSTD_decompressDCtx(zstd, output.baseAddress, output.count, input.baseAddress, input.count)
    guard ZSTD_isError(size) == 0 else { throw .malformedInput("zstd: \(String(cString: ZSTD_getErrorName(size)))") }
    return size
  }

  private func decompressSnappy(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    guard let declared = try declaredSize(input, .snappy), declared <= output.count else {
      throw .malformedInput("snappy: more than \(output.count) bytes")
    }
    var size = output.count
    let status = snappy_uncompress(
      input.bindMemory(to: CChar.self).baseAddress, input.count, output.bindMemory(to: CChar.self).baseAddress, &size)
    guard status == SNAPPY_OK else { throw .malformedInput("snappy: corrupt block") }
    return size
  }

  private func decompressLZ4(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    guard let length = Int32(exactly: input.count), let room = Int32(exactly: output.count) else {
      throw .limitExceeded("LZ4 block over 2 GiB")
    }
    let size = LZ4_decompress_safe(
      input.bindMemory(to: CChar.self).baseAddress, output.bindMemory(to: CChar.self).baseAddress, length, room)
    guard size >= 0 else { throw .malformedInput("lz4: corrupt block") }
    return Int(size)
  }

  /// Hadoop frames its blocks; parquet-cpp's first versions did not, under the same codec number.
  private func decompressHadoop(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    if let written = try? decompressHadoopFrames(input, output) { return written }
    return try decompressLZ4(input, output)
  }

  private func decompressHadoopFrames(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    var cursor = ByteCursor(input)
    var written = 0
    while !cursor.isAtEnd {
      let plain = Int(try cursor.read(bigEndian: UInt32.self))
      let block = try cursor.readBytes(Int(try cursor.read(bigEndian: UInt32.self)))
      guard plain <= output.count - written else { throw .malformedInput("lz4: frame too large") }
      let room = UnsafeMutableRawBufferPointer(rebasing: output[written..<written + plain])
      guard try decompressLZ4(block, room) == plain else { throw .malformedInput("lz4: frame of another size") }
      written += plain
    }
    return written
  }

  private func decompressBrotli(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    var size = output.count
    let result = BrotliDecoderDecompress(
      input.count, input.bindMemory(to: UInt8.self).baseAddress, &size,
      output.bindMemory(to: UInt8.self).baseAddress)
    guard result == BROTLI_DECODER_RESULT_SUCCESS else {
      throw .malformedInput("brotli: corrupt stream, or more than \(output.count) bytes")
    }
    return size
  }

  /// The size that the compressed bytes claim, where the format says it.
  private func declaredSize(_ input: UnsafeRawBufferPointer, _ codec: CompressionCodec) throws(Failure) -> Int? {
    switch codec {
    case .uncompressed: return input.count
    case .snappy:
      var size = 0
      let status = snappy_uncompressed_length(input.bindMemory(to: CChar.self).baseAddress, input.count, &size)
      guard status == SNAPPY_OK, size >= 0 else { throw .malformedInput("snappy: corrupt length") }
      return size
    default: return nil
    }
  }

  /// Tries larger and larger outputs: the formats that come here do not reliably tell their size.
  private func growing(
    _ input: UnsafeRawBufferPointer, _ codec: CompressionCodec, limit: Int
  ) throws(Failure) -> [UInt8] {
    if codec == .brotli { return try growingBrotli(input, limit: limit) }
    let stream = try StreamDecompressor(codec)
    var result: [UInt8] = []
    try stream.feed(input) { (chunk) throws(Failure) in
      guard chunk.count <= limit - result.count else {
        throw .limitExceeded("decompresses to more than \(limit) bytes")
      }
      result.append(contentsOf: chunk)
    }
    try stream.finish()
    return result
  }

  private func growingBrotli(_ input: UnsafeRawBufferPointer, limit: Int) throws(Failure) -> [UInt8] {
    var capacity = min(max(input.count * 4, 1024), limit)
    while true {
      do {
        return try filledArray(capacity: capacity) { (output) throws(Failure) in try decompressBrotli(input, output) }
      } catch  where capacity < limit {
        capacity = capacity > limit / 4 ? limit : capacity * 4
      }
    }
  }
}

/// An array of `capacity` bytes of which `body` writes the first and returns how many.
func filledArray(
  capacity: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
) throws(Failure) -> [UInt8] {
  var failure: Failure?
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    do throws(Failure) {
      count = try body(UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: capacity))
    } catch {
      failure = error
      count = 0
    }
  }
  if let failure { throw failure }
  return bytes
}
