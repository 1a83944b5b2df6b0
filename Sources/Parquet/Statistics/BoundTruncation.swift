/// Shortens bounds of strings and binaries so that they stay true: a lower bound by cutting, an upper bound by cutting and
/// incrementing. Text is cut between code points, so that it stays valid UTF-8.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`is_max_value_exact`)
package struct BoundTruncation {
  private enum Kind {
    case text
    case bytes
    case whole
  }

  private let kind: Kind
  private let limit: Int

  package init(_ type: ParquetType, limit: Int) {
    switch type {
    case .string: kind = .text
    case .binary: kind = .bytes
    default: kind = .whole
    }
    self.limit = max(limit, 4)
  }

  /// A value of at most `limit` bytes that is not above `bound`.
  package func lower(_ bound: [UInt8]) -> [UInt8] {
    guard kind != .whole, bound.count > limit else { return bound }
    return Array(prefix(bound))
  }

  /// A value of about `limit` bytes that is not below `bound`, nil where there is none.
  package func upper(_ bound: [UInt8]) -> [UInt8]? {
    guard kind != .whole, bound.count > limit else { return bound }
    let cut = prefix(bound)
    if kind == .text, let text = String(validating: cut, as: UTF8.self) { return Self.incremented(text) }
    return Self.incremented(Array(bound[..<limit]))
  }

  /// The first `limit` bytes, of text without a code point that was cut.
  private func prefix(_ bound: [UInt8]) -> ArraySlice<UInt8> {
    var end = limit
    guard kind == .text else { return bound[..<end] }
    while end > limit - 4 && bound[end] & 0xc0 == 0x80 { end -= 1 }
    return bound[end] & 0xc0 == 0x80 ? bound[..<limit] : bound[..<end]
  }

  /// The text with its last code point that can be raised raised, and what follows left out.
  private static func incremented(_ text: String) -> [UInt8]? {
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.popLast() {
      // After U+D7FF come the surrogates, which no text holds.
      let next = last.value == 0xd7ff ? 0xe000 : last.value + 1
      guard let scalar = Unicode.Scalar(next) else { continue }
      scalars.append(scalar)
      var result = String.UnicodeScalarView()
      result.append(contentsOf: scalars)
      return Array(String(result).utf8)
    }
    return nil
  }

  private static func incremented(_ bytes: [UInt8]) -> [UInt8]? {
    var result = bytes
    while let last = result.popLast() {
      guard last < 0xff else { continue }
      result.append(last + 1)
      return result
    }
    return nil
  }
}
