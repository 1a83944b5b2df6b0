/// Bounds cut short, so that long values do not fill manifests: a lower bound is cut, an upper bound is cut and raised
/// (specification, "Column Metrics": <https://iceberg.apache.org/spec/#data-file-fields>; Java's `truncate(16)`).
///
/// Text is cut by code points, never inside one; bytes by bytes. Everything else is left as it is.
extension Literal {
  /// How much of a bound is kept when a table does not say.
  public static let defaultBoundLength = 16

  /// A value not above this one of at most `length` code points or bytes.
  public func truncatedLowerBound(to length: Int = defaultBoundLength) -> Literal {
    switch self {
    case .string(let bytes): .string(Array(bytes[..<Self.prefixEnd(of: bytes, codePoints: length)]))
    case .binary(let bytes): .binary(Array(bytes.prefix(max(length, 0))))
    case .fixed(let bytes): .fixed(Array(bytes.prefix(max(length, 0))))
    default: self
    }
  }

  /// A value not below this one of at most `length` code points or bytes; nil when there is none, and no bound may be
  /// written.
  public func truncatedUpperBound(to length: Int = defaultBoundLength) -> Literal? {
    switch self {
    case .string(let bytes):
      let end = Self.prefixEnd(of: bytes, codePoints: length)
      return end == bytes.count ? self : Self.raised(text: bytes[..<end]).map { .string($0) }
    case .binary(let bytes):
      return bytes.count <= length ? self : Self.raised(bytes: bytes.prefix(max(length, 0))).map { .binary($0) }
    case .fixed(let bytes):
      return bytes.count <= length ? self : Self.raised(bytes: bytes.prefix(max(length, 0))).map { .fixed($0) }
    default: return self
    }
  }

  /// Where the first `count` code points of UTF-8 text end. A byte that begins no code point counts with the one before.
  private static func prefixEnd(of bytes: [UInt8], codePoints count: Int) -> Int {
    if bytes.count <= count { return bytes.count }
    var left = count
    for (index, byte) in bytes.enumerated() where byte & 0xc0 != 0x80 {
      if left <= 0 { return index }
      left -= 1
    }
    return bytes.count
  }

  /// The least bytes above everything that begins with `prefix`: the last byte that can be raised is, what follows is cut.
  private static func raised(bytes prefix: ArraySlice<UInt8>) -> [UInt8]? {
    guard let last = prefix.lastIndex(where: { $0 != 0xff }) else { return nil }
    return prefix[..<last] + [prefix[last] + 1]
  }

  /// The same by code points; nil too for text that is not UTF-8.
  private static func raised(text prefix: ArraySlice<UInt8>) -> [UInt8]? {
    guard let text = String(validating: prefix, as: UTF8.self) else { return nil }
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.popLast() {
      guard let next = successor(of: last) else { continue }
      scalars.append(next)
      var result = String.UnicodeScalarView()
      result.append(contentsOf: scalars)
      return Array(String(result).utf8)
    }
    return nil
  }

  /// The next code point; surrogates are none, and U+10FFFF is the last.
  private static func successor(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    scalar.value == 0xd7ff ? Unicode.Scalar(0xe000) : Unicode.Scalar(scalar.value + 1)
  }
}
