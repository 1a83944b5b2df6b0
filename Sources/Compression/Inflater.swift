import Bytes
import CZlib
import Failures

/// zlib's decompressing stream, reset between members.
///
/// Invariant: zlib keeps the address of its stream, so the stream lives in its own allocation.
final class Inflater {
  /// What one step did.
  struct Step {
    /// Input bytes taken.
    let consumed: Int
    /// Output bytes written.
    let produced: Int
    /// Whether the member or block is over.
    let isAtEnd: Bool
  }

  /// How the bytes are wrapped.
  enum Wrapping: Int32 {
    /// RFC 1951, bare.
    case raw = -15
    /// RFC 1952 or RFC 1950, told apart by the first bytes.
    case gzipOrZlib = 47
    /// RFC 1952 alone.
    case gzip = 31
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let wrapping: Wrapping

  init(_ wrapping: Wrapping) throws(Failure) {
    self.wrapping = wrapping
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = czlib_inflate_init(stream, wrapping.rawValue)
    guard status == Z_OK else { throw .unavailable("zlib: cannot start to decompress (\(status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Makes ready for the next member.
  func reset() throws(Failure) {
    guard inflateReset2(stream, wrapping.rawValue) == Z_OK else { throw .internalError("zlib: cannot reset") }
  }

  /// Decompresses as much of `input` as fits into `output`. Throws `.malformedInput`.
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Failure) -> Step {
    let available = UInt32(clamping: input.count)
    let room = UInt32(clamping: output.count)
    let start = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.next_in = start.map { UnsafeMutablePointer(mutating: $0) }
    stream.pointee.avail_in = available
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = room
    let status = inflate(stream, Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
      throw .malformedInput("deflate: \(reason)")
    }
    return Step(
      consumed: Int(available - stream.pointee.avail_in), produced: Int(room - stream.pointee.avail_out),
      isAtEnd: status == Z_STREAM_END)
  }

  /// Decompresses all members of `input` into `output`; returns the number of bytes written.
  ///
  /// Throws `.limitExceeded` when there is more than fits, `.malformedInput` when the input ends early. Bytes after a raw
  /// block are an error, zero padding after a gzip member is not.
  func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var read = 0
    var written = 0
    try reset()
    while true {
      let rest = UnsafeMutableRawBufferPointer(rebasing: output[written...])
      let step = try withRoom(rest) { (room) throws(Failure) in
        try self.step(UnsafeRawBufferPointer(rebasing: input[read...]), into: room)
      }
      read += step.consumed
      written += step.produced
      guard written <= output.count else { throw .limitExceeded("decompresses to more than \(output.count) bytes") }
      if step.isAtEnd {
        guard read < input.count, try startsAnotherMember(input, at: read) else { return written }
        try reset()
      } else if step.consumed == 0 && step.produced == 0 {
        throw .malformedInput("compressed data ends early, after \(written) bytes of output")
      }
    }
  }

  /// Calls `body` with `room`, or when it is empty with one byte of its own, so that zlib can read a trailer and
  /// an overflow shows.
  private func withRoom(
    _ room: UnsafeMutableRawBufferPointer, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Step
  ) throws(Failure) -> Step {
    if room.count > 0 { return try body(room) }
    var spare: UInt8 = 0
    return try withUnsafeMutableBytes(of: &spare) { (bytes) throws(Failure) in try body(bytes) }
  }

  private func startsAnotherMember(_ input: UnsafeRawBufferPointer, at offset: Int) throws(Failure) -> Bool {
    let rest = UnsafeRawBufferPointer(rebasing: input[offset...])
    if wrapping != .raw && rest.count >= 2 && rest[0] == 0x1f && rest[1] == 0x8b { return true }
    guard wrapping != .raw && rest.allSatisfy({ $0 == 0 }) else {
      throw .malformedInput("\(rest.count) bytes follow the compressed data")
    }
    return false
  }
}
