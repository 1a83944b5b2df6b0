package import Bytes

extension ByteBuffer {
  /// Appends UTF-8 text as a JSON string with its quotes.
  ///
  /// Escaped is what RFC 8259 §7 demands and nothing else: `"`, `\` and the controls below U+0020, by their short form where there
  /// is one. Ill-formed UTF-8 is passed on as it is.
  package mutating func append(jsonString utf8: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    var start = 0
    for (index, byte) in utf8.enumerated()
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      append(UnsafeRawBufferPointer(rebasing: utf8[start..<index]))
      append(escape: byte)
      start = index + 1
    }
    append(UnsafeRawBufferPointer(rebasing: utf8[start...]))
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) {
    switch byte {
    case 0x08: append(utf8: "\\b")
    case 0x09: append(utf8: "\\t")
    case 0x0a: append(utf8: "\\n")
    case 0x0c: append(utf8: "\\f")
    case 0x0d: append(utf8: "\\r")
    case 0x22: append(utf8: "\\\"")
    case 0x5c: append(utf8: "\\\\")
    default:
      let digits = String(byte, radix: 16)
      append(utf8: "\\u00" + (digits.count == 1 ? "0" : "") + digits)
    }
  }
}
