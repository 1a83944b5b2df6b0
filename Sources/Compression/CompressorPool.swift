import Synchronization

/// Compressors of one codec and level shared by threads: each is handed to one caller at a time and comes back.
public final class CompressorPool: Sendable {
  /// A compressor between two owners.
  ///
  /// Safety: it is either in `idle` or in the hands of the one call that took it from there.
  private struct Idle: @unchecked Sendable {
    let compressor: Compressor
  }

  /// What the compressors write.
  public let codec: CompressionCodec
  private let level: Int?
  private let idle = Mutex<[Idle]>([])

  /// A pool with one compressor. Throws like `Compressor`.
  public init(_ codec: CompressionCodec, level: Int? = nil) throws {
    self.codec = codec
    self.level = level
    let first = Idle(compressor: try Compressor(codec, level: level))
    idle.withLock { $0.append(first) }
  }

  /// Calls `body` with a compressor that nobody else uses meanwhile.
  public func withCompressor<Result>(_ body: (Compressor) throws -> Result) throws -> Result {
    let taken = idle.withLock { $0.popLast() }
    let mine = try taken ?? Idle(compressor: Compressor(codec, level: level))
    defer { idle.withLock { $0.append(mine) } }
    return try body(mine.compressor)
  }
}
