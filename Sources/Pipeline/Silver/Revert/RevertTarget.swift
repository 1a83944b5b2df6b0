/// Reads from a summary whom and what it reverts.
struct RevertTarget {
  let text: UnsafeRawBufferPointer

  /// The user of the first link to contributions, else of the first link to a user page, else the name behind "by".
  func user(_ match: RevertMatcher.Match) -> Range<Int>? {
    var userPage: Range<Int>?
    var position = 0
    while let link = WikiLink.next(in: text, from: position) {
      if let (page, rest) = link.subpage(in: text), LocalNames.contains(LocalNames.contributions, text, page) {
        return rest
      }
      if userPage == nil, let (name, rest) = link.namespace(in: text), LocalNames.contains(LocalNames.user, text, name)
      {
        userPage = rest
      }
      position = link.end
    }
    return userPage ?? (match.kind == .manual ? nil : plainName(from: match.start))
  }

  /// `by NAME`, up to what cannot be part of a name or begins the next phrase.
  private func plainName(from start: Int) -> Range<Int>? {
    guard let by = (start..<text.count).first(where: { text.end(of: Self.by, at: $0) != nil }) else { return nil }
    let begin = by + Self.by.count
    var end = begin
    while end < text.count, !endsName(at: end) { end += 1 }
    return end > begin && end - begin <= 85 * 3 ? begin..<end : nil
  }

  private func endsName(at position: Int) -> Bool {
    switch text[position] {
    case 0x5b, 0x5d, 0x7c, 0x28, 0x3b, 0x22: true
    case 0x2c, 0x2e, 0x3a: position + 1 >= text.count || isBlank(text[position + 1])
    case 0x20:
      position + 1 >= text.count || text[position + 1] == 0x28 || text[position + 1] == 0x5b
        || Self.afterName.contains { text.end(of: $0, at: position) != nil }
    default: false
    }
  }

  private static let by = Array(" by ".utf8)
  private static let afterName = [" to ", " using ", " dated ", " - ", " via "].map { Array($0.utf8) }

  /// The revision of the first link to one, else, in a tool's summary, the first long number outside links: behind the phrase, or
  /// before it where the language puts it there.
  func revision(_ match: RevertMatcher.Match) -> Int64? {
    var position = 0
    while let link = WikiLink.next(in: text, from: position) {
      if let (page, rest) = link.subpage(in: text), LocalNames.contains(LocalNames.revisions, text, page),
        let number = number(in: rest.prefix { isDigit(text[$0]) })
      {
        return number
      }
      position = link.end
    }
    guard match.kind != .manual else { return nil }
    return longNumber(from: match.start) ?? longNumber(from: 0)
  }

  /// The first number of five digits or more, which no year, address or part of a name is.
  private func longNumber(from start: Int) -> Int64? {
    var position = start
    while position < text.count {
      if text[position] == 0x5b, let link = WikiLink.next(in: text, from: position),
        text[position...].starts(with: Self.open)
      {
        position = link.end
      } else if isDigit(text[position]) {
        let end = (position..<text.count).first { !isDigit(text[$0]) } ?? text.count
        if isRevision(position..<end), let number = number(in: position..<end) { return number }
        position = end
      } else {
        position += 1
      }
    }
    return nil
  }

  private static let open: [UInt8] = [0x5b, 0x5b]

  private func isRevision(_ digits: Range<Int>) -> Bool {
    guard digits.count >= 5 else { return false }
    if digits.lowerBound > 0 {
      let before = text[digits.lowerBound - 1]
      guard before >= 0x80 || [0x20, 0x23, 0x3a, 0x2f].contains(before) else { return false }
    }
    return digits.upperBound == text.count || text[digits.upperBound] >= 0x80 || !isLetter(text[digits.upperBound])
  }

  private func number(in digits: Range<Int>) -> Int64? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64(text[$1] - 0x30) }
  }
}
