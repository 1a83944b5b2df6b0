/// How a page's values are encoded.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md. A struct, so that a number that this version does
/// not know survives until a page that uses it is read.
public struct PageEncoding: RawRepresentable, Sendable, Hashable {
  /// The number in the format.
  public let rawValue: Int32

  /// The encoding with that number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Values one after the other.
  public static let plain = PageEncoding(rawValue: 0)
  /// Indices into a dictionary: the old number, in data pages and dictionary pages.
  public static let plainDictionary = PageEncoding(rawValue: 2)
  /// Runs and bit-packed groups: levels and booleans.
  public static let rle = PageEncoding(rawValue: 3)
  /// Levels of very old files.
  public static let bitPacked = PageEncoding(rawValue: 4)
  /// Differences of integers in bit-packed blocks.
  public static let deltaBinaryPacked = PageEncoding(rawValue: 5)
  /// Lengths as differences, then all bytes.
  public static let deltaLengthByteArray = PageEncoding(rawValue: 6)
  /// Prefixes shared with the value before, then the rest.
  public static let deltaByteArray = PageEncoding(rawValue: 7)
  /// Indices into a dictionary.
  public static let rleDictionary = PageEncoding(rawValue: 8)
  /// First all first bytes, then all second bytes, and so on.
  public static let byteStreamSplit = PageEncoding(rawValue: 9)
}

extension PageEncoding: CustomStringConvertible {
  /// The name in the format, or the number.
  public var description: String {
    switch self {
    case .plain: "PLAIN"
    case .plainDictionary: "PLAIN_DICTIONARY"
    case .rle: "RLE"
    case .bitPacked: "BIT_PACKED"
    case .deltaBinaryPacked: "DELTA_BINARY_PACKED"
    case .deltaLengthByteArray: "DELTA_LENGTH_BYTE_ARRAY"
    case .deltaByteArray: "DELTA_BYTE_ARRAY"
    case .rleDictionary: "RLE_DICTIONARY"
    case .byteStreamSplit: "BYTE_STREAM_SPLIT"
    default: "encoding \(rawValue)"
    }
  }
}
