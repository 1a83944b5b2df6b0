package import Bytes
package import Failures

/// Integers as differences in bit-packed blocks.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-encoding-delta_binary_packed--5. Differences
/// wrap around, in 32 or 64 bits.
package enum DeltaBinaryPacked {
  private struct Header {
    let blockSize: Int
    let miniblocks: Int
    let count: Int
    let first: Int64

    var miniblockSize: Int { blockSize / miniblocks }

    init(_ cursor: inout ByteCursor) throws(Failure) {
      let blockSize = try cursor.readVarint()
      let miniblocks = try cursor.readVarint()
      let count = try cursor.readVarint()
      first = try cursor.readZigzag()
      guard blockSize > 0, blockSize % 128 == 0, blockSize <= 1 << 20 else {
        throw .malformedInput("delta blocks of \(blockSize) values")
      }
      guard miniblocks > 0, miniblocks <= blockSize / 32, blockSize % miniblocks == 0, blockSize / miniblocks % 32 == 0
      else { throw .malformedInput("\(miniblocks) miniblocks in delta blocks of \(blockSize) values") }
      guard count <= UInt64(Int32.max) else { throw .malformedInput("\(count) delta values") }
      self.blockSize = Int(blockSize)
      self.miniblocks = Int(miniblocks)
      self.count = Int(count)
    }
  }

  /// Reads all values, of which there must be `count`, or at most `count` when `isExact` is false; returns how many.
  package static func decode<Value: FixedWidthInteger & BitwiseCopyable>(
    _ cursor: inout ByteCursor, count: Int, isExact: Bool = true, appendingTo values: inout [Value]
  ) throws(Failure) -> Int {
    let header = try Header(&cursor)
    guard isExact ? header.count == count : header.count <= count else {
      throw .malformedInput("\(header.count) delta values where \(count) are expected")
    }
    guard header.count > 0 else { return 0 }
    var last = Value(truncatingIfNeeded: header.first)
    values.append(last)
    var left = header.count - 1
    var deltas = [Int64](repeating: 0, count: header.miniblockSize)
    while left > 0 { try decodeBlock(&cursor, header, &deltas, &left, &last, &values) }
    return header.count
  }

  private static func decodeBlock<Value: FixedWidthInteger & BitwiseCopyable>(
    _ cursor: inout ByteCursor, _ header: Header, _ deltas: inout [Int64], _ left: inout Int, _ last: inout Value,
    _ values: inout [Value]
  ) throws(Failure) {
    let minimum = Value(truncatingIfNeeded: try cursor.readZigzag())
    let widths = try cursor.readBytes(header.miniblocks)
    for width in widths where left > 0 {
      guard width <= 64 else { throw .malformedInput("delta bit width \(width)") }
      let wanted = min(left, header.miniblockSize)
      let full = header.miniblockSize * Int(width) / 8
      // The padding of the last miniblock may be left out.
      let packed = try cursor.readBytes(min(full, cursor.remaining))
      guard packed.count * 8 >= wanted * Int(width) else { throw .malformedInput("delta miniblock ends early") }
      deltas.withUnsafeMutableBufferPointer { buffer in
        BitPacking.unpack(
          packed, bitWidth: Int(width), into: UnsafeMutableBufferPointer(rebasing: buffer[..<wanted]))
        for delta in buffer[..<wanted] {
          last = last &+ minimum &+ Value(truncatingIfNeeded: delta)
          values.append(last)
        }
      }
      left -= wanted
    }
  }
}
