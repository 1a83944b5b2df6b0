import Bytes
import CZlib
import Failures

/// zlib's compressing stream, reset between blocks.
///
/// Invariant: zlib keeps the address of its stream, so the stream lives in its own allocation.
final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// `windowBits` 31 writes gzip members, -15 raw deflate.
  init(level: Int?, windowBits: Int32) throws(Failure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = czlib_deflate_init(stream, Int32(level ?? 6), windowBits)
    guard status == Z_OK else { throw .unavailable("zlib: cannot start to compress (\(status))") }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Appends `input` as one member.
  func compress(_ input: UnsafeRawBufferPointer, into output: inout ByteBuffer) throws(Failure) {
    guard let length = UInt32(exactly: input.count) else {
      throw .limitExceeded("\(input.count) bytes are too many for one deflate block")
    }
    guard deflateReset(stream) == Z_OK else { throw .internalError("zlib: cannot reset") }
    let bound = Int(deflateBound(stream, UInt(input.count)))
    // zlib wants an address even for no bytes.
    var none: UInt8 = 0
    try withUnsafeMutablePointer(to: &none) { (nothing) throws(Failure) in
      let start = input.bindMemory(to: UInt8.self).baseAddress.map { UnsafeMutablePointer(mutating: $0) }
      stream.pointee.next_in = start ?? nothing
      stream.pointee.avail_in = length
      try output.appendUnsafe(capacity: bound) { (tail) throws(Failure) in
        stream.pointee.next_out = tail.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(truncatingIfNeeded: tail.count)
        let status = deflate(stream, Z_FINISH)
        guard status == Z_STREAM_END else { throw .internalError("zlib: cannot compress (\(status))") }
        return tail.count - Int(stream.pointee.avail_out)
      }
    }
  }
}
