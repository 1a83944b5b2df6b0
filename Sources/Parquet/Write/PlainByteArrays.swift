import Bytes

/// Byte strings in PLAIN encoding that this writer made: each after its length, or all of one length.
struct PlainByteArrays: Sequence, IteratorProtocol {
  private let bytes: UnsafeRawBufferPointer
  private let width: Int?
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer, width: Int?) {
    self.bytes = bytes
    self.width = width
  }

  mutating func next() -> UnsafeRawBufferPointer? {
    guard offset < bytes.count else { return nil }
    var start = offset
    if width == nil { start += 4 }
    let length = width ?? Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    offset = start + length
    return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
  }

  /// Appends the values in `encoding`, one that the type has.
  func encode(as encoding: PageEncoding, into body: inout ByteBuffer) {
    switch encoding {
    case .deltaLengthByteArray: DeltaLengthByteArray.encode(self, into: &body)
    case .deltaByteArray: DeltaByteArray.encode(self, into: &body)
    case .byteStreamSplit: ByteStreamSplit.encode(bytes, width: width ?? 1, into: &body)
    default: body.append(bytes)
    }
  }
}
