package import Columns
import Compression
import Failures

/// The events of a recording: decompressed (.gz or .zst, told by the first bytes) and told apart.
package struct RecordingEvents {
  /// Events are handed on once they are so many bytes.
  private static let batchBytes = 1 << 20

  private let file: RecordingFile

  package init(_ file: RecordingFile) { self.file = file }

  /// Calls `body` with the events, some at a time, and returns how many frames of server-sent events were lost.
  ///
  /// Events before a damaged place are handed on before the failure is thrown: `.malformedInput` when the recording is empty, its
  /// compression is damaged or it ends too early. Throws what reading and `body` throw, too.
  @discardableResult
  package func read(_ body: (BinaryColumn) throws -> Void) throws -> Int {
    try withoutActuallyEscaping(body) { body in
      let delivery = Delivery(body)
      do {
        try readAll(delivery)
      } catch {
        try delivery.finish(after: error, name: file.name)
      }
      return delivery.framer.lostFrames
    }
  }

  private func readAll(_ delivery: Delivery) throws {
    var decoder: StreamDecompressor?
    var head: [UInt8] = []
    var isFirst = true
    try file.read { bytes in
      if isFirst {
        // A pipe may hand out the magic number in pieces.
        head += bytes
        if head.count < Self.longestMagic { return }
        isFirst = false
        decoder = try Self.decoder(for: head)
        return try head.withUnsafeBytes { try delivery.take($0, decoder) }
      }
      try delivery.take(bytes, decoder)
    }
    if isFirst {
      guard !head.isEmpty else { throw Failure.malformedInput("is empty") }
      decoder = try Self.decoder(for: head)
      try head.withUnsafeBytes { try delivery.take($0, decoder) }
    }
    try decoder?.finish()
    try delivery.finish()
  }

  private static let gzipMagic: [UInt8] = [0x1f, 0x8b]
  private static let zstdMagic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
  private static let longestMagic = 4

  private static func decoder(for head: [UInt8]) throws -> StreamDecompressor? {
    if head.starts(with: gzipMagic) { return try StreamDecompressor(.gzip) }
    if head.starts(with: zstdMagic) { return try StreamDecompressor(.zstd) }
    return nil
  }

  /// Gathers events and hands them on, also in the middle of what one piece of compressed bytes grows to.
  private final class Delivery {
    var framer = EventFramer()
    /// What the receiver threw: no fault of the recording.
    private(set) var failure: (any Error)?
    private var events = BinaryColumn()
    private let body: (BinaryColumn) throws -> Void

    init(_ body: @escaping (BinaryColumn) throws -> Void) { self.body = body }

    func take(_ bytes: UnsafeRawBufferPointer, _ decoder: StreamDecompressor?) throws {
      guard let decoder else { return try add(bytes) }
      try decoder.feed(bytes) { (part: UnsafeRawBufferPointer) throws(Failure) in try self.add(part) }
    }

    /// Ends the recording.
    func finish() throws {
      var damage: Failure?
      do throws(Failure) { try framer.finish(into: &events) } catch { damage = error }
      if events.count > 0 { try deliver() }
      if let damage { throw damage }
    }

    /// Ends the recording because of `error`, and throws whichever error is to blame.
    func finish(after error: any Error, name: String) throws {
      if failure == nil, let damage = error as? Failure, damage.kind == .malformedInput {
        try? finish()
        if failure == nil { throw damage.within(name) }
      }
      throw failure ?? error
    }

    private func add(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
      try framer.feed(bytes, into: &events)
      if events.bytes.count >= RecordingEvents.batchBytes { try deliver() }
    }

    private func deliver() throws(Failure) {
      do {
        try body(events)
        events = BinaryColumn()
      } catch {
        failure = error
        throw .internalError("the receiver failed")
      }
    }
  }
}
