import Columns
import Compression
import Failures
import Glibc

/// A recording: a file (plain, .gz or .zst, told by its first bytes) or standard input.
public struct RecordingFile {
  private let path: String
  private static let chunk = 256 << 10

  /// The recording at `path`; `-` is standard input.
  public init(path: String) { self.path = path }

  /// The name for messages.
  public var name: String { path == "-" ? "standard input" : path }

  /// Calls `body` with the raw bytes piece by piece. Throws `.notFound` and `.unavailable`.
  func readRaw(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure.notFound("\(name): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure.unavailable("\(name): \(String(cString: strerror(errno)))") }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Calls `body` with the events, some at a time. Events before a damaged place are handed out before the failure is thrown.
  ///
  /// Throws `.malformedInput` when the file is empty, its compression is damaged or it ends too early.
  func readEvents(_ body: (BinaryColumn) throws -> Void) throws {
    var framer = EventFramer()
    var events = BinaryColumn()
    var decoder: StreamDecompressor?
    var isFirst = true
    var failure: (any Error)?
    do {
      try readRaw { bytes in
        if isFirst { decoder = try Self.decoder(for: bytes) }
        isFirst = false
        if let decoder {
          try decoder.feed(bytes) { (part: UnsafeRawBufferPointer) throws(Failure) in
            try framer.feed(part, into: &events)
          }
        } else {
          try framer.feed(bytes, into: &events)
        }
        if events.bytes.count >= 1 << 20 {
          try body(events)
          events = BinaryColumn()
        }
      }
      if isFirst { throw Failure.malformedInput("\(name) is empty") }
      try decoder?.finish()
    } catch let damage as Failure where damage.kind == .malformedInput {
      failure = damage.within(name)
    }
    framer.finish(into: &events)
    if events.count > 0 { try body(events) }
    if let failure { throw failure }
  }

  private static func decoder(for bytes: UnsafeRawBufferPointer) throws -> StreamDecompressor? {
    if bytes.starts(with: [0x1f, 0x8b]) { return try StreamDecompressor(.gzip) }
    if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return try StreamDecompressor(.zstd) }
    return nil
  }
}
