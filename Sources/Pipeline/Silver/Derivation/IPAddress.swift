/// The syntax of IP addresses, which is how MediaWiki names editors without an account.
package enum IPAddress {
  /// Whether `text` is an IPv4 address in four decimal parts or an IPv6 address.
  ///
  /// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
  package static func isAddress(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count >= 2, text.count <= 45 else { return false }
    return isIPv4(text[...]) || isIPv6(text)
  }

  private static func isIPv4(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    var parts = 0
    var position = text.startIndex
    while parts < 4 {
      var value = 0
      let begin = position
      while position < text.endIndex, isDigit(text[position]), position - begin < 3 {
        value = value * 10 + Int(text[position] - 0x30)
        position += 1
      }
      let hasLeadingZero = position - begin > 1 && text[begin] == 0x30
      guard position > begin, value <= 255, !hasLeadingZero else { return false }
      parts += 1
      if parts == 4 { return position == text.endIndex }
      guard position < text.endIndex, text[position] == 0x2e else { return false }
      position += 1
    }
    return false
  }

  /// Eight groups of one to four hexadecimal digits; one run of zero groups may be `::`, the last two an IPv4 address.
  private static func isIPv6(_ text: UnsafeRawBufferPointer) -> Bool {
    var groups = 0
    var hasGap = false
    var position = 0
    if text[0] == 0x3a {
      guard text[1] == 0x3a else { return false }
      hasGap = true
      position = 2
    }
    while position < text.count {
      let begin = position
      while position < text.count, isHexadecimal(text[position]) { position += 1 }
      if position < text.count, text[position] == 0x2e {
        groups += 2
        return isIPv4(text[begin...]) && (hasGap ? groups < 8 : groups == 8)
      }
      guard position > begin, position - begin <= 4 else { return false }
      groups += 1
      guard position < text.count else { break }
      guard text[position] == 0x3a, position + 1 < text.count, groups < 8 else { return false }
      position += 1
      if text[position] == 0x3a {
        guard !hasGap else { return false }
        hasGap = true
        position += 1
      }
    }
    return hasGap ? groups < 8 : groups == 8
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
  }
}
