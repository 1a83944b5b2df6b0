package import Bytes

extension DeltaBinaryPacked {
  /// Blocks of 128 differences in four miniblocks, as every other writer makes them.
  private static let blockSize = 128
  private static let miniblockSize = 32

  /// Appends values.
  package static func encode<Value: FixedWidthInteger & SignedInteger>(_ values: [Value], into body: inout ByteBuffer) {
    body.append(varint: UInt64(blockSize))
    body.append(varint: UInt64(blockSize / miniblockSize))
    body.append(varint: UInt64(values.count))
    body.append(zigzag: Int64(values.first ?? 0))
    var start = 1
    while start < values.count {
      let end = min(start + blockSize, values.count)
      encodeBlock((start..<end).map { values[$0] &- values[$0 - 1] }, into: &body)
      start = end
    }
  }

  /// Miniblocks without values have the width 0 and no bytes; the last one with values is padded.
  private static func encodeBlock<Value: FixedWidthInteger & SignedInteger>(
    _ deltas: [Value], into body: inout ByteBuffer
  ) {
    let minimum = deltas.min() ?? 0
    // Differences wrap around in the width of the type.
    let relative = deltas.map { UInt64(truncatingIfNeeded: Value.Magnitude(truncatingIfNeeded: $0 &- minimum)) }
    body.append(zigzag: Int64(minimum))
    var packed = ByteBuffer(capacity: deltas.count * MemoryLayout<Value>.size)
    for start in stride(from: 0, to: blockSize, by: miniblockSize) {
      let values = relative.dropFirst(start).prefix(miniblockSize)
      let width = bitWidth(values.max() ?? 0)
      body.append(UInt8(truncatingIfNeeded: width))
      if width == 0 { continue }
      let padded = Array(values) + [UInt64](repeating: 0, count: miniblockSize - values.count)
      padded.withUnsafeBufferPointer { BitPacking.pack($0, bitWidth: width, into: &packed) }
    }
    packed.withUnsafeBytes { body.append($0) }
  }

  /// The bits that a number takes; all 64 for those that would not fit into a word together with the bits left from the
  /// number before.
  private static func bitWidth(_ value: UInt64) -> Int {
    let width = UInt64.bitWidth - value.leadingZeroBitCount
    return width > 56 ? 64 : width
  }
}
