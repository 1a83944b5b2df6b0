/// What sort of account made an edit.
package enum UserKind: UInt8, Sendable, CaseIterable {
  /// Flagged as a bot.
  case bot
  /// A temporary account, `~2025-12345-67`.
  case temporary
  /// No account: the name is an IP address.
  case anonymous
  /// Any other.
  case registered

  /// The words in the column `user_kind`, by raw value.
  package static let names = ["bot", "temporary", "anonymous", "registered"]

  /// The kind of the user called `name`.
  package init(name: UnsafeRawBufferPointer, isBot: Bool) {
    if isBot {
      self = .bot
    } else if Self.isTemporary(name) {
      self = .temporary
    } else if IPAddress.isAddress(name) {
      self = .anonymous
    } else {
      self = .registered
    }
  }

  /// Whether nobody stands behind the name for longer: an address or a temporary account.
  package var isAnonymous: Bool { self == .anonymous || self == .temporary }

  /// `~`, a year, a hyphen, and digits in groups.
  ///
  /// https://www.mediawiki.org/wiki/Help:Temporary_accounts
  private static func isTemporary(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count >= 7, name[0] == 0x7e, name[5] == 0x2d, name[1...4].allSatisfy(isDigit), isDigit(name[6]) else {
      return false
    }
    return name[6...].allSatisfy { isDigit($0) || $0 == 0x2d }
  }
}

/// Names that say "bot".
package enum BotName {
  /// Whether `name` begins or ends in "bot" as a word.
  ///
  /// A word begins at the name's begin, behind what is no letter, and at a capital B behind a small letter (`SineBot`);
  /// it ends at the name's end, before what is no letter, and before a capital (`BotMaster`). Bytes outside ASCII are
  /// letters.
  package static func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count >= 3 else { return false }
    return begins(name) || ends(name)
  }

  private static func begins(_ name: UnsafeRawBufferPointer) -> Bool {
    guard isBot(name, at: 0) else { return false }
    guard name.count > 3, isLetterByte(name[3]) else { return true }
    return isCapital(name[3]) && !isCapital(name[2])
  }

  private static func ends(_ name: UnsafeRawBufferPointer) -> Bool {
    let start = name.count - 3
    guard isBot(name, at: start) else { return false }
    guard start > 0, isLetterByte(name[start - 1]) else { return true }
    return isCapital(name[start]) && !isCapital(name[start - 1])
  }

  private static func isBot(_ name: UnsafeRawBufferPointer, at start: Int) -> Bool {
    asciiLowercased(name[start]) == 0x62 && asciiLowercased(name[start + 1]) == 0x6f
      && asciiLowercased(name[start + 2]) == 0x74
  }

  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }
  private static func isLetterByte(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 0x80 }
}
