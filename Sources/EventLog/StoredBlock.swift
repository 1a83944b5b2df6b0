internal import Bytes
internal import Compression
internal import Failures
internal import Hashing

/// A block as a segment's row holds it, before it has its offsets.
struct StoredBlock: Sendable {
  let count: Int
  /// The body's length before compression.
  let size: Int
  let isCompressed: Bool
  /// The body as stored.
  let body: [UInt8]

  /// Level 1 packs JSON events to about a fifth at several times the speed of the disk.
  static let compressionLevel = 1

  /// Compresses a body, unless that makes it no smaller.
  init(body: borrowing ByteBuffer, count: Int, compressor: Compressor?) throws {
    self.count = count
    size = body.count
    if let compressor {
      var packed = ByteBuffer(capacity: body.count / 2)
      try body.withUnsafeBytes { bytes throws(Failure) in try compressor.compress(bytes, into: &packed) }
      if packed.count < body.count {
        isCompressed = true
        self.body = packed.bytes
        return
      }
    }
    isCompressed = false
    self.body = body.bytes
  }

  /// The checksum of a row: of its body and of all that says how to read it.
  static func checksum(
    _ body: UnsafeRawBufferPointer, last: Int64, count: Int64, time: Int64, size: Int64, codec: Int64
  ) -> Int64 {
    let seed = withUnsafeBytes(
      of: (last.littleEndian, count.littleEndian, time.littleEndian, size.littleEndian, codec.littleEndian)
    ) {
      XXHash64.hash($0)
    }
    return Int64(bitPattern: XXHash64.hash(body, seed: seed))
  }
}
