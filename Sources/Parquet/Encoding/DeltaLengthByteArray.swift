import Bytes
import Failures

/// Byte strings as their lengths, delta-encoded, and all their bytes.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-length-byte-array-delta_length_byte_array--6
enum DeltaLengthByteArray {
  /// Reads `count` values and adds them to `vector`.
  static func decode(_ cursor: inout ByteCursor, count: Int, into vector: inout BinaryVector) throws(Failure) {
    var lengths: [Int32] = []
    _ = try DeltaBinaryPacked.decode(&cursor, count: count, appendingTo: &lengths)
    var end = vector.bytes.count
    var total = 0
    for length in lengths {
      guard length >= 0, Int(length) <= cursor.remaining - total else {
        throw .malformedInput("byte string of length \(length) where \(cursor.remaining - total) bytes are left")
      }
      total += Int(length)
      end += Int(length)
      vector.offsets.append(end)
    }
    vector.bytes.append(contentsOf: try cursor.readBytes(total))
  }

  /// Appends values.
  static func encode(_ values: some Sequence<UnsafeRawBufferPointer>, into body: inout ByteBuffer) {
    DeltaBinaryPacked.encode(values.map { Int32(truncatingIfNeeded: $0.count) }, into: &body)
    for value in values { body.append(value) }
  }
}
