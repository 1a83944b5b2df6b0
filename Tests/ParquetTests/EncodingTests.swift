import Bytes
import Failures
import Parquet
import Testing

/// Bytes worked out from the format's text, and limits of the decoders.
@Suite struct EncodingTests {
  private func hybrid(_ values: [UInt32], _ bitWidth: Int) -> [UInt8] {
    var buffer = ByteBuffer()
    values.withUnsafeBufferPointer { RLEBitPackedHybrid.encode($0, bitWidth: bitWidth, into: &buffer) }
    return buffer.bytes
  }

  private func decoded(_ bytes: [UInt8], _ bitWidth: Int, count: Int) throws -> [UInt32] {
    var values = [UInt32](repeating: 0xFFFF_FFFF, count: count)
    try bytes.withUnsafeBytes { bytes in
      var cursor = ByteCursor(bytes)
      try values.withUnsafeMutableBufferPointer {
        try RLEBitPackedHybrid.decode(&cursor, bitWidth: bitWidth, into: $0)
      }
    }
    return values
  }

  /// https://github.com/apache/parquet-format/blob/master/Encodings.md: "dec value: 0 1 2 3 4 5 6 7" at width 3.
  @Test func theFormatsOwnExampleOfBitPacking() throws {
    var buffer = ByteBuffer()
    ([0, 1, 2, 3, 4, 5, 6, 7] as [UInt32]).withUnsafeBufferPointer {
      BitPacking.pack($0, bitWidth: 3, into: &buffer)
    }
    #expect(buffer.bytes == [0b1000_1000, 0b1100_0110, 0b1111_1010])
    #expect(hybrid([0, 1, 2, 3, 4, 5, 6, 7], 3) == [0x03, 0x88, 0xC6, 0xFA])
  }

  @Test func runsAndGroups() throws {
    #expect(hybrid([UInt32](repeating: 5, count: 20), 3) == [40, 5])
    #expect(hybrid([UInt32](repeating: 1000, count: 200), 10) == [0x90, 0x03, 0xE8, 0x03])
    #expect(hybrid([1, 0, 1], 1) == [0x03, 0b101], "the last group is padded")
    let mixed: [UInt32] = [1, 0, 1, 1, 0, 0, 1, 0] + [UInt32](repeating: 1, count: 9) + [0]
    #expect(hybrid(mixed, 1) == [0x03, 0b0100_1101, 18, 1, 0x03, 0])
    #expect(hybrid([], 4) == [])
  }

  @Test func bitWidths() {
    #expect([0, 1, 2, 3, 4, 255, 256].map { RLEBitPackedHybrid.bitWidth($0) } == [0, 1, 2, 2, 3, 8, 9])
  }

  @Test(arguments: 0...32)
  func hybridRoundTrip(bitWidth: Int) throws {
    var random = SeededRandom(UInt64(bitWidth))
    let mask: UInt64 = bitWidth == 0 ? 0 : (1 << UInt64(bitWidth)) - 1
    for count in [0, 1, 7, 8, 9, 63, 64, 65, 1000] {
      var values: [UInt32] = []
      while values.count < count {
        let value = UInt32(truncatingIfNeeded: random.next() & mask)
        values += [UInt32](repeating: value, count: random.below(3) == 0 ? random.below(30) : 1)
      }
      values = [UInt32](values.prefix(count))
      #expect(try decoded(hybrid(values, bitWidth), bitWidth, count: count) == values)
    }
  }

  @Test(arguments: 0...64)
  func bitPackingRoundTrip(bitWidth: Int) throws {
    var random = SeededRandom(UInt64(bitWidth))
    let mask: UInt64 = bitWidth == 64 ? .max : (1 << UInt64(bitWidth)) - 1
    let values = (0..<67).map { _ in random.next() & mask }
    // Packed bit by bit, to have something to compare with.
    var packed = [UInt8](repeating: 0, count: (values.count * bitWidth + 7) / 8)
    for (index, value) in values.enumerated() {
      for bit in 0..<bitWidth where value >> UInt64(bit) & 1 == 1 {
        packed[(index * bitWidth + bit) / 8] |= 1 << UInt8((index * bitWidth + bit) % 8)
      }
    }
    var unpacked = [UInt64](repeating: 1, count: values.count)
    packed.withUnsafeBytes { bytes in
      unpacked.withUnsafeMutableBufferPointer { BitPacking.unpack(bytes, bitWidth: bitWidth, into: $0) }
    }
    #expect(unpacked == values)
  }

  @Test func badRunsAreRefused() {
    #expect(throws: Failure.self) { try decoded([0x00, 1], 1, count: 5) }
    #expect(throws: Failure.self) { try decoded([0x01], 1, count: 5) }
    #expect(throws: Failure.self) { try decoded([0x03], 1, count: 5) }
    #expect(throws: Failure.self) { try decoded([10, 2], 1, count: 5) }
    #expect(throws: Failure.self) { try decoded([10, 1], 33, count: 5) }
    #expect(throws: Failure.self) { try decoded([], 0, count: 1) }
    #expect(throws: Failure.self) {
      try decoded([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], 8, count: 5)
    }
  }

  @Test func runsMayBeLongerThanThePage() throws {
    #expect(try decoded([0x80, 0x02, 7], 3, count: 2) == [7, 7])
    #expect(try decoded([0x03, 0b101], 1, count: 3) == [1, 0, 1])
  }

  private func deltas(_ bytes: [UInt8], _ count: Int) throws -> [Int64] {
    var values: [Int64] = []
    try bytes.withUnsafeBytes { bytes in
      var cursor = ByteCursor(bytes)
      _ = try DeltaBinaryPacked.decode(&cursor, count: count, appendingTo: &values)
    }
    return values
  }

  /// The two examples of https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-encoding-delta_binary_packed--5.
  @Test func theFormatsOwnExamplesOfDeltas() throws {
    #expect(try deltas([0x80, 0x01, 4, 5, 2, 2, 0, 0, 0, 0], 5) == [1, 2, 3, 4, 5])
    let second: [UInt8] = [0x80, 0x01, 4, 8, 14, 3, 2, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0]
    #expect(try deltas(second, 8) == [7, 5, 3, 1, 2, 3, 4, 5])
    #expect(try deltas([0x80, 0x01, 4, 0, 0], 0) == [])
  }

  @Test func deltasWrapAround() throws {
    // From the largest to the smallest number: a difference of 1 in 64 bits.
    let bytes: [UInt8] = [0x80, 0x01, 4, 2, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 2, 0, 0, 0, 0]
    #expect(try deltas(bytes, 2) == [.max, .min])
  }

  @Test(arguments: [
    [0x7F, 4, 5, 2], [0x80, 0x01, 0, 5, 2], [0x80, 0x01, 3, 5, 2], [0x80, 0x01, 4, 6, 2], [0x80, 0x01, 4, 5, 2],
    [0x80, 0x01, 4, 5, 2, 2, 65, 0, 0, 0], [0x80, 0x01, 4, 5, 2, 2, 9, 0, 0, 0, 1], [],
  ])
  func badDeltasAreRefused(bytes: [Int]) {
    #expect(throws: Failure.self) { try deltas(bytes.map { UInt8($0) }, 5) }
  }

  @Test func halfPrecision() {
    let cases: [(UInt16, Float)] = [
      (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x03FF, 0x1.ff8p-15), (0x0400, 0x1p-14),
      (0x7C00, .infinity), (0xFC00, -.infinity), (0x8000, -0.0),
    ]
    for (bits, value) in cases { #expect(HalfPrecision.float(bits).bitPattern == value.bitPattern) }
    #expect(HalfPrecision.float(0x7E00).isNaN && HalfPrecision.isNaN(0xFE01) && !HalfPrecision.isNaN(0x7C00))
  }
}
