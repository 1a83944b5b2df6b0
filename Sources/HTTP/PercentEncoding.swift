/// Percent-encoding of parts of URLs and of forms, in the one form that AWS signs and everybody reads.
///
/// Specification: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
public enum PercentEncoding {
  /// Every byte but letters, digits, `-`, `.`, `_`, `~` and those of `kept` as `%XX` in upper case.
  public static func encode(_ text: String, keeping kept: String = "") -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) || kept.utf8.contains(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Fields as a query or a form: `a=1&b=2`.
  public static func encode(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
