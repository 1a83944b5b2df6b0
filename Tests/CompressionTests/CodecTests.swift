import Bytes
import Compression
import Failures
import Testing

/// Bytes that compress, from a seed.
func sample(_ count: Int, seed: UInt64) -> [UInt8] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  return (0..<count).map { index in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return index % 7 < 4 ? UInt8(ascii: "a") : UInt8(truncatingIfNeeded: state >> 59)
  }
}

func compressed(_ bytes: [UInt8], _ codec: CompressionCodec, level: Int? = nil) throws -> [UInt8] {
  let compressor = try Compressor(codec, level: level)
  var output = ByteBuffer()
  try bytes.withUnsafeBytes { try compressor.compress($0, into: &output) }
  return output.bytes
}

func decompressed(_ bytes: [UInt8], _ codec: CompressionCodec, size: Int) throws -> [UInt8] {
  try bytes.withUnsafeBytes { try Decompressor().decompress($0, codec: codec, uncompressedSize: size) }
}

@Suite struct CodecTests {
  @Test(arguments: CompressionCodec.allCases, [0, 1, 2, 100, 70_000, 1_100_000])
  func roundTrip(codec: CompressionCodec, count: Int) throws {
    let plain = sample(count, seed: UInt64(count))
    let packed = try compressed(plain, codec)
    #expect(try decompressed(packed, codec, size: count) == plain)
    if count == 1_100_000 && codec != .uncompressed { #expect(packed.count < count * 7 / 10) }
  }

  @Test(arguments: CompressionCodec.allCases)
  func reusedContextsGiveTheSameBytes(codec: CompressionCodec) throws {
    let compressor = try Compressor(codec)
    let decompressor = Decompressor()
    for round in 0..<5 {
      let plain = sample(round * 1000, seed: UInt64(round))
      var output = ByteBuffer()
      output.append(0xAA)
      try plain.withUnsafeBytes { try compressor.compress($0, into: &output) }
      #expect(output.bytes == [0xAA] + (try compressed(plain, codec)))
      let packed = [UInt8](output.bytes.dropFirst())
      let again = try packed.withUnsafeBytes {
        try decompressor.decompress($0, codec: codec, uncompressedSize: plain.count)
      }
      #expect(again == plain)
    }
  }

  @Test(arguments: CompressionCodec.allCases, [-1, 1, 5000])
  func anotherSizeIsRefused(codec: CompressionCodec, difference: Int) throws {
    let packed = try compressed(sample(10_000, seed: 3), codec)
    #expect(throws: Failure.self) { try decompressed(packed, codec, size: 10_000 + difference) }
    #expect(throws: Failure.self) { try decompressed(packed, codec, size: -1) }
  }

  @Test(arguments: CompressionCodec.allCases.filter { $0 != .uncompressed })
  func truncatedAndFlippedBytesGiveFailuresOrData(codec: CompressionCodec) throws {
    let plain = sample(400, seed: 9)
    let packed = try compressed(plain, codec)
    for length in 0..<packed.count {
      #expect(throws: Failure.self) { try decompressed([UInt8](packed[..<length]), codec, size: plain.count) }
    }
    for position in packed.indices {
      var damaged = packed
      damaged[position] ^= 0xFF
      do { #expect(try decompressed(damaged, codec, size: plain.count).count == plain.count) } catch is Failure {}
    }
  }

  @Test func levelsAreChecked() {
    #expect(throws: Failure.self) { try Compressor(.zstd, level: 23) }
    #expect(throws: Failure.self) { try Compressor(.gzip, level: 10) }
    #expect(throws: Never.self) { try Compressor(.snappy, level: 99) }
  }

  @Test func higherLevelsCompressMore() throws {
    let plain = sample(200_000, seed: 4)
    #expect(try compressed(plain, .gzip, level: 9).count <= compressed(plain, .gzip, level: 1).count)
    #expect(try compressed(plain, .zstd, level: 12).count < compressed(plain, .zstd, level: 1).count)
  }

  @Test(arguments: [CompressionCodec.gzip, .deflate, .zstd, .brotli, .snappy, .uncompressed])
  func unknownSizeWithLimit(codec: CompressionCodec) throws {
    let plain = sample(300_000, seed: 5)
    let packed = try compressed(plain, codec)
    let all = try packed.withUnsafeBytes { try Decompressor().decompress($0, codec: codec, limit: 300_000) }
    #expect(all == plain)
    #expect(throws: Failure.self) {
      try packed.withUnsafeBytes { try Decompressor().decompress($0, codec: codec, limit: 299_999) }
    }
  }

  @Test func gzipMembersAreJoined() throws {
    let packed = try compressed([1, 2, 3], .gzip) + compressed([], .gzip) + compressed([4], .gzip)
    #expect(try decompressed(packed, .gzip, size: 4) == [1, 2, 3, 4])
    #expect(try decompressed(packed + [0, 0], .gzip, size: 4) == [1, 2, 3, 4])
    #expect(throws: Failure.self) { try decompressed(packed + [7], .gzip, size: 4) }
  }

  @Test func unframedBlocksOfTheHadoopCodecAreRead() throws {
    let plain = sample(5000, seed: 6)
    #expect(try decompressed(compressed(plain, .lz4Raw), .lz4Hadoop, size: 5000) == plain)
  }

  @Test func checksumOfTheCheckString() {
    #expect(crc32([UInt8]("123456789".utf8)) == 0xCBF4_3926)
    let parts = [[UInt8]("1234".utf8), [UInt8]("56789".utf8)]
    let joined = parts.reduce(UInt32(0)) { sum, part in part.withUnsafeBytes { crc32($0, continuing: sum) } }
    #expect(joined == 0xCBF4_3926)
    #expect(crc32([]) == 0)
  }

  @Test func poolsHandOutOneEach() throws {
    let pool = try CompressorPool(.zstd, level: 1)
    try pool.withCompressor { first in
      try pool.withCompressor { second in #expect(first !== second) }
    }
    #expect(pool.codec == .zstd)
  }
}
