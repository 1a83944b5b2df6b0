/// Finds where the members of a JSON object stand in its bytes, so that they can be replaced and all else kept as it is.
///
/// It does not check the JSON (the parser does); on bytes that are none it finds nothing or something odd, and never reads outside.
struct JSONScanner {
  private let bytes: UnsafeRawBufferPointer
  private var position: Int

  /// A member: its key without the quotes, and its value with everything.
  struct Member {
    let key: Range<Int>
    let value: Range<Int>
  }

  /// A scanner of the object that begins in `range` after white space; nil when there is none.
  init?(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<range.upperBound])
    position = range.lowerBound
    skipSpace()
    guard take(UInt8(ascii: "{")) else { return nil }
  }

  /// The next member, nil at the end of the object.
  mutating func next() -> Member? {
    skipSpace()
    if take(UInt8(ascii: ",")) { skipSpace() }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    skipString()
    let key = start..<max(start, position - 1)
    skipSpace()
    guard take(UInt8(ascii: ":")) else { return nil }
    skipSpace()
    let valueStart = position
    skipValue()
    return position > valueStart ? Member(key: key, value: valueStart..<position) : nil
  }

  /// Whether the bytes of `range` are `text`.
  func holds(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount
      && text.withUTF8Buffer { $0.elementsEqual(UnsafeRawBufferPointer(rebasing: bytes[range])) }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }

  /// Moves behind the string that begins here.
  private mutating func skipString() {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position + 1, bytes.count)
  }

  /// Moves behind the value that begins here.
  private mutating func skipValue() {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        skipString()
        if depth == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          position += 1
          return
        }
      case UInt8(ascii: ","):
        if depth == 0 { return }
      case let byte:
        if depth == 0 && Self.isSpace(byte) { return }
      }
      position += 1
    }
  }
}
