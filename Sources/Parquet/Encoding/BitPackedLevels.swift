import Bytes
import Failures

/// Levels of very old files: no runs, most significant bit first, no length before them.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#bit-packed-deprecated-bit_packed--4
enum BitPackedLevels {
  /// Fills `output` with values of `bitWidth` bits.
  static func decode(
    _ cursor: inout ByteCursor, bitWidth: Int, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(Failure) {
    let packed = try cursor.readBytes((output.count * bitWidth + 7) / 8)
    for index in output.indices {
      var value: UInt8 = 0
      for bit in index * bitWidth..<(index + 1) * bitWidth {
        value = value << 1 | packed[bit >> 3] >> UInt8(7 - bit & 7) & 1
      }
      output[index] = value
    }
  }
}
