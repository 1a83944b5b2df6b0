import CZstd
public import Failures

/// Decompresses a file as it arrives: gzip with any number of members (RFC 1952 §2.2), zstd with any number of frames
/// (RFC 8878 §3.1), raw deflate with one block.
///
/// `finish()` tells whether the file was whole. After a failure the stream is of no further use.
public final class StreamDecompressor {
  private enum State {
    case between
    case inside
    case padding
  }

  private let decoder: any StreamDecoder
  private let allowsPadding: Bool
  private let allowsMore: Bool
  private var state = State.inside
  private var hasMember = false
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)

  /// A stream of `.gzip`, `.zstd` or `.deflate`. Throws `.unsupported` for codecs without a stream format.
  public init(_ codec: CompressionCodec) throws(Failure) {
    switch codec {
    case .gzip: decoder = try InflateStream(.gzip)
    case .deflate: decoder = try InflateStream(.raw)
    case .zstd: decoder = try ZstdStream()
    default: throw .unsupported("streams of \(codec.rawValue)")
    }
    allowsPadding = codec == .gzip
    allowsMore = codec != .deflate
    state = codec == .deflate ? .inside : .between
  }

  deinit { chunk.deallocate() }

  /// Decompresses the next bytes of the file and hands out what they give, at most 128 KiB at a time.
  ///
  /// Throws `.malformedInput`, and what `body` throws.
  public func feed(
    _ input: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = input
    while true {
      if state != .inside {
        guard let first = rest.first else { return }
        try enter(first)
        if state == .padding {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
          continue
        }
      }
      let step = try decoder.step(rest, into: chunk)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.consumed))
      if step.produced > 0 { try body(UnsafeRawBufferPointer(rebasing: chunk[..<step.produced])) }
      if step.isAtEnd {
        state = .between
        hasMember = true
        try decoder.reset()
      } else if rest.isEmpty && step.produced < chunk.count {
        return
      } else if step.consumed == 0 && step.produced == 0 {
        throw .malformedInput("compressed data does not advance")
      }
    }
  }

  /// Decompresses the next bytes of the file. What they give may be a thousand times as long: for trusted input.
  public func feed(_ input: [UInt8]) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    var failure: Failure?
    input.withUnsafeBytes { bytes in
      do throws(Failure) {
        try feed(bytes) { (chunk) throws(Failure) in result.append(contentsOf: chunk) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }

  /// Ends the file. Throws `.malformedInput` when it was cut short or held nothing.
  public func finish() throws(Failure) {
    guard hasMember, state != .inside else { throw .malformedInput("compressed data ends early") }
  }

  /// Decides what the first byte after a member begins.
  private func enter(_ first: UInt8) throws(Failure) {
    if hasMember && !allowsMore { throw .malformedInput("bytes follow the compressed data") }
    if hasMember && allowsPadding && first == 0 {
      state = .padding
      return
    }
    guard state != .padding else { throw .malformedInput("bytes follow the padding of the compressed data") }
    state = .inside
  }
}

/// One step of a streaming codec.
private protocol StreamDecoder: AnyObject {
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Failure)
    -> Inflater.Step
  func reset() throws(Failure)
}

private final class InflateStream: StreamDecoder {
  private let inflater: Inflater

  init(_ wrapping: Inflater.Wrapping) throws(Failure) { inflater = try Inflater(wrapping) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Inflater.Step {
    try inflater.step(input, into: output)
  }

  func reset() throws(Failure) { try inflater.reset() }
}

private final class ZstdStream: StreamDecoder {
  private let context: OpaquePointer

  init() throws(Failure) {
    guard let context = ZSTD_createDCtx() else { throw .unavailable("no memory for a zstd context") }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Inflater.Step {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let hint = ZSTD_decompressStream(context, &target, &source)
    guard ZSTD_isError(hint) == 0 else { throw .malformedInput("zstd: \(String(cString: ZSTD_getErrorName(hint)))") }
    return Inflater.Step(consumed: source.pos, produced: target.pos, isAtEnd: hint == 0)
  }

  func reset() throws(Failure) {
    let status = ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    guard ZSTD_isError(status) == 0 else { throw .internalError("zstd: cannot reset") }
  }
}
