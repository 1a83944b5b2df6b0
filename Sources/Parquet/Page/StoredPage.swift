import Bytes
import Compression
import Failures

/// A page as it lies in fetched bytes: its header, and what follows, still compressed.
struct StoredPage {
  let header: PageHeader
  let body: UnsafeRawBufferPointer

  /// Reads the header at the cursor and moves behind the page. Throws `.malformedInput`, `.limitExceeded`.
  init(_ cursor: inout ByteCursor, _ limits: ReaderLimits) throws {
    let start = cursor.offset
    let rest = try cursor.readBytes(cursor.remaining)
    let (header, size) = try PageHeader.parse(UnsafeRawBufferPointer(rebasing: rest.prefix(limits.pageHeaderBytes)))
    guard header.uncompressedSize <= limits.pageBytes else {
      throw Failure.limitExceeded("page of \(header.uncompressedSize) bytes")
    }
    try cursor.seek(to: start + size)
    self.header = header
    body = try cursor.readBytes(header.compressedSize)
  }

  /// The number of values and nulls of a data page, else 0.
  var slotCount: Int {
    switch header.kind {
    case .dataV1(let count, _, _, _): Int(count)
    case .dataV2(let page): Int(page.count)
    case .dictionary, .other: 0
    }
  }

  /// The bytes after decompression, as far as they can be believed before.
  var likelySize: Int { min(header.uncompressedSize, body.count * 64) }

  /// Whether the page is a data page.
  var isData: Bool {
    switch header.kind {
    case .dataV1, .dataV2: true
    case .dictionary, .other: false
    }
  }

  /// Throws `.malformedInput` when the page has a checksum that is not that of its bytes.
  func check() throws(Failure) {
    guard let checksum = header.checksum, checksum != crc32(body) else { return }
    throw .malformedInput("page does not match its checksum")
  }

  /// The pages in `bytes`, up to the one with which there are `slotCount` values and nulls (bytes behind it are padding of
  /// the writer's); all when it is nil.
  static func scan(_ bytes: UnsafeRawBufferPointer, slotCount: Int?, _ limits: ReaderLimits) throws -> [StoredPage] {
    var cursor = ByteCursor(bytes)
    var pages: [StoredPage] = []
    var found = 0
    while !cursor.isAtEnd, slotCount.map({ found < $0 }) ?? true {
      let page = try StoredPage(&cursor, limits)
      guard page.slotCount <= limits.columnValues - found else {
        throw Failure.limitExceeded("more than \(limits.columnValues) values in one column")
      }
      found += page.slotCount
      pages.append(page)
    }
    guard slotCount.map({ found == $0 }) ?? true else {
      throw Failure.malformedInput("\(found) values in the pages, \(slotCount ?? 0) in the footer")
    }
    return pages
  }
}
