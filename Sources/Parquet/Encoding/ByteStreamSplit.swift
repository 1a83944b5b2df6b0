import Bytes
import Failures

/// Values of one length as all their first bytes, all their second bytes, and so on.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#byte-stream-split-byte_stream_split--9
enum ByteStreamSplit {
  /// Reads `count` values of `width` bytes and appends them joined together.
  static func decode(_ cursor: inout ByteCursor, count: Int, width: Int) throws(Failure) -> [UInt8] {
    let (size, overflows) = count.multipliedReportingOverflow(by: width)
    guard !overflows else { throw .malformedInput("\(count) values of \(width) bytes") }
    let streams = try cursor.readBytes(size)
    return [UInt8](unsafeUninitializedCapacity: size) { output, filled in
      for byte in 0..<width {
        let stream = byte * count
        for index in 0..<count { output.initializeElement(at: index * width + byte, to: streams[stream + index]) }
      }
      filled = size
    }
  }

  /// Appends values of `width` bytes that lie one after the other.
  static func encode(_ values: UnsafeRawBufferPointer, width: Int, into body: inout ByteBuffer) {
    let count = values.count / width
    body.appendUnsafe(capacity: values.count) { output in
      for byte in 0..<width {
        for index in 0..<count { output[byte * count + index] = values[index * width + byte] }
      }
      return values.count
    }
  }
}
