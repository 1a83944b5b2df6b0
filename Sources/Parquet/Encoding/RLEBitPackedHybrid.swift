package import Bytes
package import Failures

/// Small numbers as runs of one value and groups of eight bit-packed values: levels, dictionary indices, booleans.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#run-length-encoding--bit-packing-hybrid-rle--3
package enum RLEBitPackedHybrid {
  /// The bits that numbers up to `maximum` take.
  package static func bitWidth(_ maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }

  /// Appends `values`, each of at most `bitWidth` bits.
  package static func encode<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Value>, bitWidth: Int, into output: inout ByteBuffer
  ) {
    var literals = 0
    var position = 0
    while position < values.count {
      // `position - literals` is a multiple of eight, so that only the last group of all is padded.
      let run = runLength(values, position)
      if run >= 8 {
        encodeGroups(values, literals..<position, bitWidth, into: &output)
        encodeRun(values[position], run, bitWidth, into: &output)
        position += run
        literals = position
      } else {
        position = min(position + 8, values.count)
      }
    }
    encodeGroups(values, literals..<position, bitWidth, into: &output)
  }

  private static func runLength<Value: FixedWidthInteger>(
    _ values: UnsafeBufferPointer<Value>, _ start: Int
  ) -> Int {
    let first = values[start]
    var end = start + 1
    while end < values.count && values[end] == first { end += 1 }
    return end - start
  }

  private static func encodeRun<Value: FixedWidthInteger & UnsignedInteger>(
    _ value: Value, _ count: Int, _ bitWidth: Int, into output: inout ByteBuffer
  ) {
    output.append(varint: UInt64(count) << 1)
    var rest = UInt32(truncatingIfNeeded: value)
    for _ in 0..<(bitWidth + 7) / 8 {
      output.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  private static func encodeGroups<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Value>, _ range: Range<Int>, _ bitWidth: Int, into output: inout ByteBuffer
  ) {
    if range.isEmpty { return }
    let groups = (range.count + 7) / 8
    output.append(varint: UInt64(groups) << 1 | 1)
    BitPacking.pack(UnsafeBufferPointer(rebasing: values[range]), bitWidth: bitWidth, into: &output)
  }

  /// Reads `output.count` values of `bitWidth` bits. Throws `.malformedInput` when there are fewer or one does not fit.
  package static func decode<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ cursor: inout ByteCursor, bitWidth: Int, into output: UnsafeMutableBufferPointer<Value>
  ) throws(Failure) {
    guard bitWidth >= 0, bitWidth <= min(32, Value.bitWidth) else {
      throw .malformedInput("bit width \(bitWidth) of runs, at most \(min(32, Value.bitWidth)) is possible")
    }
    var filled = 0
    while filled < output.count {
      let header = try cursor.readVarint()
      let wanted = output.count - filled
      let rest = UnsafeMutableBufferPointer(rebasing: output[filled...])
      if header & 1 == 0 {
        let count = Int(clamping: header >> 1)
        let value: Value = try runValue(&cursor, bitWidth)
        guard count > 0 else { throw .malformedInput("empty run") }
        rest[..<min(count, wanted)].update(repeating: value)
        filled += min(count, wanted)
      } else {
        filled += try decodeGroups(&cursor, header >> 1, bitWidth, into: rest)
      }
    }
  }

  private static func runValue<Value: FixedWidthInteger>(
    _ cursor: inout ByteCursor, _ bitWidth: Int
  ) throws(Failure) -> Value {
    var value: UInt64 = 0
    for position in 0..<(bitWidth + 7) / 8 { value |= UInt64(try cursor.readByte()) << UInt64(8 * position) }
    guard value >> UInt64(bitWidth) == 0, let result = Value(exactly: value) else {
      throw .malformedInput("run of \(value), which has more than \(bitWidth) bits")
    }
    return result
  }

  /// Reads a bit-packed run. Writers may leave out bytes of the last group that hold only padding.
  private static func decodeGroups<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ cursor: inout ByteCursor, _ groups: UInt64, _ bitWidth: Int, into output: UnsafeMutableBufferPointer<Value>
  ) throws(Failure) -> Int {
    guard groups > 0, groups <= UInt64(Int32.max) else { throw .malformedInput("bit-packed run of \(groups) groups") }
    let values = Int(groups) * 8
    let count = min(values, output.count)
    let packed = try cursor.readBytes(min(Int(groups) * bitWidth, cursor.remaining))
    guard packed.count * 8 >= count * bitWidth else {
      throw .malformedInput("bit-packed run ends early: \(packed.count) bytes for \(count) values of \(bitWidth) bits")
    }
    BitPacking.unpack(packed, bitWidth: bitWidth, into: UnsafeMutableBufferPointer(rebasing: output[..<count]))
    return count
  }
}
