import Bytes
import Compression
import Failures
import Testing

@Suite struct StreamDecompressorTests {
  static let codecs: [CompressionCodec] = [.gzip, .zstd]

  private func run(_ bytes: [UInt8], _ codec: CompressionCodec, piece: Int) throws -> [UInt8] {
    let stream = try StreamDecompressor(codec)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      result += try stream.feed([UInt8](bytes[start..<min(start + piece, bytes.count)]))
    }
    try stream.finish()
    return result
  }

  @Test(arguments: codecs, [1, 7, 4096, 1 << 20])
  func piecesOfAnySize(codec: CompressionCodec, piece: Int) throws {
    let plain = sample(piece == 1 ? 3000 : 400_000, seed: 1)
    #expect(try run(compressed(plain, codec), codec, piece: piece) == plain)
  }

  @Test(arguments: codecs, [1, 5, 1 << 20])
  func joinedMembers(codec: CompressionCodec, piece: Int) throws {
    let parts = [sample(1000, seed: 1), [], sample(200_000 / (piece == 1 ? 100 : 1), seed: 2)]
    let packed = try parts.flatMap { try compressed($0, codec) }
    #expect(try run(packed, codec, piece: piece) == parts.flatMap { $0 })
  }

  @Test(arguments: codecs)
  func truncationIsAnError(codec: CompressionCodec) throws {
    let packed = try compressed(sample(500, seed: 1), codec)
    for length in 0..<packed.count {
      #expect(throws: Failure.self) { try run([UInt8](packed[..<length]), codec, piece: 64) }
    }
    // Cut in the second member.
    #expect(throws: Failure.self) { try run(packed + packed.dropLast(3), codec, piece: 64) }
  }

  @Test func trailingBytes() throws {
    let packed = try compressed([1, 2], .gzip)
    #expect(try run(packed + [0, 0, 0], .gzip, piece: 4) == [1, 2])
    #expect(throws: Failure.self) { try run(packed + [0, 0x1f, 0x8b], .gzip, piece: 4) }
    #expect(throws: Failure.self) { try run(packed + [UInt8]("junk".utf8), .gzip, piece: 100) }
    #expect(throws: Failure.self) { try run(try compressed([1], .zstd) + [UInt8]("junk".utf8), .zstd, piece: 100) }
    #expect(throws: Failure.self) { try run(try compressed([1], .deflate) + [0], .deflate, piece: 100) }
  }

  @Test func nothingIsNotAFile() throws {
    #expect(throws: Failure.self) { try StreamDecompressor(.gzip).finish() }
    #expect(throws: Failure.self) { try StreamDecompressor(.snappy) }
  }

  @Test(arguments: codecs)
  func outputComesInBoundedChunks(codec: CompressionCodec) throws {
    let bomb = try compressed([UInt8](repeating: 0, count: 8 << 20), codec)
    let stream = try StreamDecompressor(codec)
    var total = 0
    var largest = 0
    try bomb.withUnsafeBytes { bytes in
      try stream.feed(bytes) { (chunk) throws(Failure) in
        total += chunk.count
        largest = max(largest, chunk.count)
      }
    }
    try stream.finish()
    #expect(total == 8 << 20)
    #expect(largest <= 128 << 10)
  }

  @Test(arguments: codecs)
  func flippedBytesNeverTrap(codec: CompressionCodec) throws {
    let packed = try compressed(sample(300, seed: 2), codec)
    for position in packed.indices {
      var damaged = packed
      damaged[position] ^= 0x55
      do { _ = try run(damaged, codec, piece: 50) } catch is Failure {}
    }
  }
}
