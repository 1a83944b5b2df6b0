import Bytes
import Failures

/// Byte strings as the length of the prefix shared with the one before and the rest.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-strings-delta_byte_array--7
enum DeltaByteArray {
  /// Reads `count` values and adds them to `vector`, which may hold `limit` bytes.
  static func decode(
    _ cursor: inout ByteCursor, count: Int, limit: Int, into vector: inout BinaryVector
  ) throws(Failure) {
    var prefixes: [Int32] = []
    _ = try DeltaBinaryPacked.decode(&cursor, count: count, appendingTo: &prefixes)
    var suffixes = BinaryVector(width: nil)
    try DeltaLengthByteArray.decode(&cursor, count: count, into: &suffixes)
    var previous = 0..<0
    for (index, prefix) in prefixes.enumerated() {
      let start = vector.bytes.count
      guard prefix >= 0, Int(prefix) <= previous.count else {
        throw .malformedInput("prefix of \(prefix) bytes of a byte string of \(previous.count)")
      }
      let suffix = suffixes.offsets[index]..<suffixes.offsets[index + 1]
      guard vector.bytes.count + Int(prefix) + suffix.count <= limit else {
        throw .limitExceeded("column of more than \(limit) bytes")
      }
      vector.bytes.append(contentsOf: vector.bytes[previous.prefix(Int(prefix))])
      vector.bytes.append(contentsOf: suffixes.bytes[suffix])
      previous = start..<vector.bytes.count
      if let width = vector.width, previous.count != width {
        throw .malformedInput("value of \(previous.count) bytes in a column of \(width)")
      }
      vector.offsets.append(vector.bytes.count)
    }
  }

  /// Appends values.
  static func encode(_ values: some Sequence<UnsafeRawBufferPointer>, into body: inout ByteBuffer) {
    var prefixes: [Int32] = []
    var suffixes: [UnsafeRawBufferPointer] = []
    var previous = UnsafeRawBufferPointer(start: nil, count: 0)
    for value in values {
      let shared = zip(previous, value).prefix { $0 == $1 }.count
      prefixes.append(Int32(truncatingIfNeeded: shared))
      suffixes.append(UnsafeRawBufferPointer(rebasing: value[shared...]))
      previous = value
    }
    DeltaBinaryPacked.encode(prefixes, into: &body)
    DeltaLengthByteArray.encode(suffixes, into: &body)
  }
}
