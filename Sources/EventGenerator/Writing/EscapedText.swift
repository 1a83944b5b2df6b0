/// Text in the three forms in which events hold it.
enum EscapedText {
  /// Bytes as they stand.
  static func append(_ text: StaticString, to output: inout [UInt8]) {
    text.withUTF8Buffer { output.append(contentsOf: $0) }
  }

  /// The inside of a JSON string. With `asASCII` everything else is written `\uXXXX`, in surrogate pairs beyond the first plane.
  static func appendJSON(_ text: [UInt8], asASCII: Bool, to output: inout [UInt8]) {
    if asASCII {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { appendASCII(scalar, to: &output) }
      return
    }
    guard text.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
      output += text
      return
    }
    for byte in text {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
  }

  private static func appendASCII(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    if scalar.isASCII {
      if scalar == "\"" || scalar == "\\" { output.append(UInt8(ascii: "\\")) }
      output.append(UInt8(truncatingIfNeeded: scalar.value))
      return
    }
    for unit in String(scalar).utf16 {
      append("\\u", to: &output)
      for shift in [12, 8, 4, 0] {
        let nibble = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
        output.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
      }
    }
  }

  /// The path of a page's address: spaces as `_`, what is no letter, digit or harmless sign as `%XX`. Legal inside a JSON string.
  static func appendPath(_ title: [UInt8], to output: inout [UInt8]) {
    for byte in title {
      if isHarmless[Int(byte)] {
        output.append(byte == 0x20 ? UInt8(ascii: "_") : byte)
      } else {
        output.append(UInt8(ascii: "%"))
        output.append(hexadecimal[Int(byte >> 4)])
        output.append(hexadecimal[Int(byte & 15)])
      }
    }
  }

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)
  private static let isHarmless = (0..<256).map { byte in
    let scalar = Unicode.Scalar(UInt8(byte))
    return scalar.isASCII
      && (scalar.properties.isAlphabetic || "0123456789 _-.~/:,()!*;@$".unicodeScalars.contains(scalar))
  }

  /// A comment as MediaWiki parses it to HTML: `/* section */` as a link to the section, `[[page|text]]` as a link.
  static func appendHTML(comment: [UInt8], title: [UInt8], to output: inout [UInt8]) {
    var rest = comment[...]
    if rest.starts(with: sectionStart), let end = position(of: sectionEnd, in: rest) {
      let section = Array(rest[(rest.startIndex + 3)..<end])
      append("<span class=\"autocomment\"><a href=\"/wiki/", to: &output)
      appendPath(title, to: &output)
      output.append(UInt8(ascii: "#"))
      appendPath(section, to: &output)
      append("\" title=\"", to: &output)
      appendText(title[...], to: &output)
      append("\">→‎", to: &output)
      appendText(section[...], to: &output)
      append("</a></span>", to: &output)
      rest = rest[(end + 3)...]
    }
    while let open = position(of: linkStart, in: rest), let close = position(of: linkEnd, in: rest[open...]) {
      appendText(rest[..<open], to: &output)
      appendLink(rest[(open + 2)..<close], to: &output)
      rest = rest[(close + 2)...]
    }
    appendText(rest, to: &output)
  }

  private static func appendLink(_ link: ArraySlice<UInt8>, to output: inout [UInt8]) {
    let target = link.prefix { $0 != UInt8(ascii: "|") }.drop { $0 == UInt8(ascii: ":") }
    let text =
      link.count > target.count + 1 && link.contains(UInt8(ascii: "|")) ? link[(target.endIndex + 1)...] : target
    append("<a href=\"/wiki/", to: &output)
    appendPath(Array(target), to: &output)
    append("\" title=\"", to: &output)
    appendText(target, to: &output)
    append("\">", to: &output)
    appendText(text, to: &output)
    append("</a>", to: &output)
  }

  private static func appendText(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;", to: &output)
      case UInt8(ascii: "<"): append("&lt;", to: &output)
      case UInt8(ascii: ">"): append("&gt;", to: &output)
      case UInt8(ascii: "\""): append("&quot;", to: &output)
      default: output.append(byte)
      }
    }
  }

  private static let sectionStart = Array("/* ".utf8)
  private static let sectionEnd = Array(" */".utf8)
  private static let linkStart = Array("[[".utf8)
  private static let linkEnd = Array("]]".utf8)

  private static func position(of pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    var start = text.startIndex
    while let found = text[start...].firstIndex(of: pattern[0]) {
      if text[found...].starts(with: pattern) { return found }
      start = found + 1
    }
    return nil
  }
}
