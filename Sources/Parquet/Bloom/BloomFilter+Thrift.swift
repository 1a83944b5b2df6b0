import Bytes
import Failures

extension BloomFilter {
  /// The bytes of a header, at most: more are never read to find its end.
  static let headerBytes = 256

  /// A filter as it lies in a file, header first; nil for one of a kind that this version does not know.
  ///
  /// Throws `.malformedInput`, `.limitExceeded`.
  package init?(stored bytes: [UInt8]) throws {
    let (size, start) = try bytes.withUnsafeBytes { try Self.header($0) }
    guard let size else { return nil }
    guard bytes.count - start >= size else {
      throw Failure.malformedInput("\(size) bytes do not fit into \(bytes.count)")
    }
    self = bytes.withUnsafeBytes { Self(bitset: UnsafeRawBufferPointer(rebasing: $0[start..<start + size])) }
  }

  /// Reads a header: the size of the bitset that follows, nil for one of another kind, and the header's own length.
  ///
  /// https://github.com/apache/parquet-format/blob/master/BloomFilter.md#file-format. Throws `.malformedInput`.
  static func header(_ bytes: UnsafeRawBufferPointer) throws -> (size: Int?, length: Int) {
    var reader = CompactReader(bytes)
    var size: Int32 = -1
    var isKnown = true
    try reader.structure { reader, field in
      switch field.id {
      case 1: size = try reader.int32(field)
      case 2, 3, 4:
        // Of algorithms, hashes and compressions there is one each: block, xxHash and none.
        try reader.structure(field) { reader, choice in
          if choice.id != 1 { isKnown = false }
          try reader.skip(choice)
        }
      default: try reader.skip(field)
      }
    }
    guard size > 0, size % 32 == 0 else { throw Failure.malformedInput("bloom filter of \(size) bytes") }
    guard size <= largestSize else { throw Failure.limitExceeded("bloom filter of \(size) bytes") }
    return (isKnown ? Int(size) : nil, reader.offset)
  }

  /// Header and bitset.
  func encoded() -> ByteBuffer {
    var writer = CompactWriter(capacity: 32)
    writer.structure {
      $0.field(1, int32: Int32(truncatingIfNeeded: byteCount))
      for member: Int16 in 2...4 { $0.field(member, structure: { $0.field(1, structure: { _ in }) }) }
    }
    let header = writer.finish()
    var bytes = ByteBuffer(capacity: header.count + byteCount)
    header.withUnsafeBytes { bytes.append($0) }
    for word in words { bytes.append(littleEndian: word) }
    return bytes
  }
}
