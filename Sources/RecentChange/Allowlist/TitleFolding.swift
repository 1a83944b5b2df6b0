/// Titles in the form in which they are compared: lower case, `_` as space.
enum TitleFolding {
  /// Replaces what `output` holds by the folded `title`.
  static func fold(_ title: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(title.count)
    for byte in title {
      // A lower-case letter may have another length: leave it to the Unicode tables.
      guard byte < 0x80 else { return foldUnicode(title, into: &output) }
      output.append(folded(byte))
    }
  }

  /// A folded copy.
  static func fold(_ title: String) -> [UInt8] {
    var output: [UInt8] = []
    var title = title
    title.withUTF8 { fold(UnsafeRawBufferPointer($0), into: &output) }
    return output
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "_"): 0x20
    default: byte
    }
  }

  private static func foldUnicode(_ title: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    for byte in String(decoding: title, as: UTF8.self).lowercased().utf8 {
      output.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
    }
  }
}
