/// Reading edit summaries byte by byte. All positions are checked against the summary's end.
extension UnsafeRawBufferPointer {
  /// The end of `words` (small letters) at `start`, nil where they do not stand there. Link brackets between them are looked
  /// through, `#` stands for a number.
  func end(of words: [UInt8], at start: Int) -> Int? {
    var position = start
    for (index, wanted) in words.enumerated() {
      if wanted == 0x23 {
        let digits = position
        while position < count, isDigit(self[position]) { position += 1 }
        if position == digits { return nil }
        continue
      }
      if index > 0, position < count, self[position] != wanted { position = skipBrackets(at: position) }
      guard position < count, asciiLowercased(self[position]) == wanted else { return nil }
      position += 1
    }
    return position
  }

  private func skipBrackets(at position: Int) -> Int {
    guard position + 1 < count, self[position] == self[position + 1] else { return position }
    if self[position] == 0x5d { return position + 2 }
    return self[position] == 0x5b ? linkText(at: position) ?? position : position
  }

  /// The position behind the bar of the link that begins at `position`; nil when it has none.
  func linkText(at position: Int) -> Int? {
    var end = position + 2
    while end < count, self[end] != 0x5d, self[end] != 0x5b {
      if self[end] == 0x7c { return end + 1 }
      end += 1
    }
    return nil
  }

  /// Whether `words` (small letters) begin in `start..<limit`.
  func contains(_ words: [UInt8], from start: Int, upTo limit: Int) -> Bool {
    guard let first = words.first else { return true }
    var position = start
    while position < Swift.min(limit, count) {
      if asciiLowercased(self[position]) == first, end(of: words, at: position) != nil { return true }
      position += 1
    }
    return false
  }

  /// Whether what stands before `position` is no letter or digit.
  func beginsWord(at position: Int) -> Bool {
    guard position > 0 else { return true }
    let byte = self[position - 1]
    if byte < 0x80 { return !isLetter(byte) && !isDigit(byte) }
    if position >= 3, self[position - 3] == 0xe2 || (self[position - 3] == 0xe3 && self[position - 2] == 0x80) {
      return true  // general punctuation, arrows; ideographic punctuation
    }
    return position >= 2 && self[position - 2] == 0xc2
  }

  /// Whether what stands at `position` ends a word: no letter, digit, `/`, and no hyphen that joins it to another word.
  func endsWord(at position: Int) -> Bool {
    guard position < count else { return true }
    let byte = self[position]
    if byte >= 0x80 { return byte == 0xc2 || byte == 0xe2 || byte >= 0xe3 }
    if byte == 0x2d { return position + 1 >= count || !isLetter(self[position + 1]) }
    return !isLetter(byte) && !isDigit(byte) && byte != 0x2f && byte != 0x3d
  }

  /// Whether a full stop or semicolon and a blank stand before `position`.
  func beginsClause(at position: Int) -> Bool {
    guard position >= 2, isBlank(self[position - 1]) else { return false }
    var before = position - 2
    while before > 0, isBlank(self[before]) { before -= 1 }
    return self[before] == 0x3b || self[before] == 0x2e
  }

  /// Whether the next word says that the editor takes back only their own edits.
  func namesOneself(after position: Int) -> Bool {
    var start = position
    while start < count, isBlank(self[start]) || self[start] == 0x3a { start += 1 }
    for word in Self.oneself {
      if let end = end(of: word, at: start), endsWord(at: end) { return true }
    }
    return false
  }

  private static let oneself = ["self", "own", "my", "myself", "self-revert"].map { Array($0.utf8) }
}

/// Whether `byte` is an ASCII letter.
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a }

/// Whether `byte` is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
