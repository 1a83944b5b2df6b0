/// Titles in the form in which they are compared: lower case, `_` as space.
package enum TitleFolding {
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
  package static func fold(_ title: String) -> [UInt8] {
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

  /// As `String.lowercased()` does it, scalar by scalar, without a string for each of them.
  private static func foldUnicode(_ title: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    for scalar in String(decoding: title, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        output.append(folded(UInt8(truncatingIfNeeded: scalar.value)))
      } else if isCaseless(scalar) {
        output.append(contentsOf: scalar.utf8)
      } else if scalar.value < lowerCase.count, let lower = lowerCase[Int(scalar.value)] {
        output.append(contentsOf: lower.utf8)
      } else {
        output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
  }

  /// Scripts without case, from Hebrew to Myanmar and from the radicals to Yi: most of the world's titles beside Latin, Greek and
  /// Cyrillic ones.
  private static func isCaseless(_ scalar: Unicode.Scalar) -> Bool {
    0x590..<0x10A0 ~= scalar.value || 0x2E80..<0xA640 ~= scalar.value
  }

  /// The lower case of the scalars before Hebrew; nil where it is more than one scalar.
  private static let lowerCase: [Unicode.Scalar?] = (0..<0x590).map { (value: UInt32) in
    guard let scalar = Unicode.Scalar(value) else { return nil }
    let mapped = scalar.properties.lowercaseMapping.unicodeScalars
    return mapped.count == 1 ? mapped.first : nil
  }
}
