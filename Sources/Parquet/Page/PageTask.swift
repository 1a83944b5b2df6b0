import Bytes
import Compression
import Failures

/// A page on its way from its encoded form to the bytes in the file.
///
/// Safety of `@unchecked`: made by one thread, processed by the one that took it from the compressor's queue, and read only after
/// `PageCompressor.wait()`.
final class PageTask: @unchecked Sendable {
  /// What is in the page.
  enum Kind {
    case dictionary(count: Int)
    case data(slots: Int, encoding: PageEncoding)
  }

  /// Before: levels and values. After: header and compressed bytes.
  private(set) var bytes: ByteBuffer
  /// Which page it is.
  let kind: Kind
  /// The bytes before compression, header included. Known after processing.
  private(set) var uncompressedSize = 0

  init(_ body: consuming ByteBuffer, _ kind: Kind) {
    bytes = body
    self.kind = kind
  }

  /// The bytes as stored, header included. Known after processing.
  var storedSize: Int { bytes.count }

  /// Compresses the page and puts its header before it.
  func process(_ compressor: Compressor, writesCRC: Bool) throws {
    let bodySize = bytes.count
    guard bodySize <= Int(Int32.max) else { throw Failure.limitExceeded("page of \(bodySize) bytes") }
    var compressed = ByteBuffer(capacity: 16)
    try bytes.withUnsafeBytes { try compressor.compress($0, into: &compressed) }
    let header = PageHeader(
      compressedSize: compressed.count, uncompressedSize: bodySize,
      checksum: writesCRC ? compressed.withUnsafeBytes { crc32($0) } : nil, kind: headerKind
    ).encoded()
    uncompressedSize = header.count + bodySize
    // Exactly as large as needed: the row group's pages are held.
    var whole = ByteBuffer(capacity: header.count + compressed.count)
    header.withUnsafeBytes { whole.append($0) }
    compressed.withUnsafeBytes { whole.append($0) }
    bytes = whole
  }

  private var headerKind: PageHeader.Kind {
    switch kind {
    case .dictionary(let count): .dictionary(count: Int32(truncatingIfNeeded: count), encoding: .plain)
    case .data(let slots, let encoding):
      .dataV1(
        count: Int32(truncatingIfNeeded: slots), encoding: encoding, definition: .rle, repetition: .rle)
    }
  }
}
