/// What the header of one page of a column chunk says.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#data-pages
public struct PageDescription: Sendable, Equatable {
  /// The types of pages.
  public enum Kind: Sendable, Equatable {
    /// The values that indices of data pages point to.
    case dictionary
    /// Levels and values compressed together.
    case dataV1
    /// Levels, not compressed, before the values.
    case dataV2
    /// A type that this version does not know, which readers skip.
    case other
  }

  /// The page's type.
  public let kind: Kind
  /// Where its header begins in the file.
  public let offset: Int64
  /// The number of values and nulls.
  public let valueCount: Int
  /// How its values are encoded; nil for a type of page that is not known.
  public let encoding: PageEncoding?
  /// The bytes of header and page as stored.
  public let compressedSize: Int
  /// The bytes of the page alone after decompression.
  public let uncompressedSize: Int
}

extension PageDescription {
  init(_ page: StoredPage, offset: Int64, storedSize: Int) {
    self.offset = offset
    compressedSize = storedSize
    uncompressedSize = page.header.uncompressedSize
    switch page.header.kind {
    case .dictionary(let count, let encoding): (kind, self.encoding, valueCount) = (.dictionary, encoding, Int(count))
    case .dataV1(let count, let encoding, _, _): (kind, self.encoding, valueCount) = (.dataV1, encoding, Int(count))
    case .dataV2(let page): (kind, encoding, valueCount) = (.dataV2, page.encoding, Int(page.count))
    case .other: (kind, encoding, valueCount) = (.other, nil, 0)
    }
  }
}
