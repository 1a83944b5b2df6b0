package import Bytes

/// Numbers of a fixed number of bits, least significant bit first.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#run-length-encoding--bit-packing-hybrid-rle--3
package enum BitPacking {
  /// Appends `values` in groups of eight, the last one padded with zeros: `bitWidth` bytes a group.
  package static func pack<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Value>, bitWidth: Int, into output: inout ByteBuffer
  ) {
    let size = (values.count + 7) / 8 * bitWidth
    // Eight bytes of slack, so that whole words may be stored.
    output.reserve(size + 8)
    output.appendUnsafe(capacity: size) { target in
      var bits: UInt64 = 0
      var used = 0
      var offset = 0
      for value in values {
        bits |= UInt64(truncatingIfNeeded: value) << UInt64(used)
        used += bitWidth
        while used >= 8 {
          target.storeBytes(of: UInt8(truncatingIfNeeded: bits), toByteOffset: offset, as: UInt8.self)
          bits >>= 8
          used -= 8
          offset += 1
        }
      }
      while offset < size {
        target.storeBytes(of: UInt8(truncatingIfNeeded: bits), toByteOffset: offset, as: UInt8.self)
        bits >>= 8
        offset += 1
      }
      return size
    }
  }

  /// Fills `output` with values of `bitWidth` bits (at most 64).
  ///
  /// Precondition: `packed` holds `output.count * bitWidth` bits.
  package static func unpack<Value: FixedWidthInteger & BitwiseCopyable>(
    _ packed: UnsafeRawBufferPointer, bitWidth: Int, into output: UnsafeMutableBufferPointer<Value>
  ) {
    precondition(packed.count * 8 >= output.count * bitWidth, "fewer bits than values")
    guard bitWidth > 0 else {
      output.update(repeating: 0)
      return
    }
    let fast = bitWidth <= 56 ? fastCount(packed.count, bitWidth, output.count) : 0
    let mask: UInt64 = bitWidth == 64 ? .max : (1 << UInt64(bitWidth)) - 1
    var bit = 0
    for index in 0..<fast {
      let word = UInt64(littleEndian: packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
      output[index] = Value(truncatingIfNeeded: word >> UInt64(bit & 7) & mask)
      bit += bitWidth
    }
    for index in fast..<output.count {
      output[index] = Value(truncatingIfNeeded: slowValue(packed, bit, bitWidth))
      bit += bitWidth
    }
  }

  /// How many values can be read as part of a whole word inside `bytes`.
  private static func fastCount(_ bytes: Int, _ bitWidth: Int, _ count: Int) -> Int {
    guard bytes >= 8 else { return 0 }
    // The last value whose first byte is at most bytes - 8.
    return min(count, ((bytes - 8) * 8 + 7) / bitWidth + 1)
  }

  private static func slowValue(_ packed: UnsafeRawBufferPointer, _ bit: Int, _ bitWidth: Int) -> UInt64 {
    var value: UInt64 = 0
    var taken = 0
    while taken < bitWidth {
      let position = bit + taken
      let step = min(8 - position & 7, bitWidth - taken)
      let piece = UInt64(packed[position >> 3]) >> UInt64(position & 7) & ((1 << UInt64(step)) - 1)
      value |= piece << UInt64(taken)
      taken += step
    }
    return value
  }
}
