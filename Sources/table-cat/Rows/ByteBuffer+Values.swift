import Bytes
import JSON

/// Values as JSON.
extension ByteBuffer {
  private static var digits: [UInt8] { Array("0123456789abcdef".utf8) }

  /// Text that needs no escapes, in quotes.
  mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    append(utf8: text)
    append(UInt8(ascii: "\""))
  }

  /// A number in the shortest form that reads back as the same; those that are not finite as strings.
  mutating func append<Value: BinaryFloatingPoint & LosslessStringConvertible>(float value: Value) {
    if value.isNaN { return append(quoted: "NaN") }
    if value.isInfinite { return append(quoted: value < 0 ? "-Infinity" : "Infinity") }
    append(utf8: value.description)
  }

  /// A string. Bytes that are no UTF-8 become U+FFFD, since JSON has no other way.
  mutating func append(text bytes: UnsafeRawBufferPointer) {
    if bytes.allSatisfy({ $0 < 0x80 }) { return append(jsonString: bytes) }
    var text = String(decoding: bytes, as: UTF8.self)
    text.withUTF8 { append(jsonString: UnsafeRawBufferPointer($0)) }
  }

  /// Two digits a byte.
  mutating func append(hex bytes: some Sequence<UInt8>) {
    let digits = Self.digits
    for byte in bytes {
      append(digits[Int(byte >> 4)])
      append(digits[Int(byte & 15)])
    }
  }

  /// Sixteen bytes as a UUID.
  mutating func append(uuid bytes: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { append(UInt8(ascii: "-")) }
      append(hex: CollectionOfOne(byte))
    }
    append(UInt8(ascii: "\""))
  }
}
