/// Finds a phrase in a summary: a table of byte pairs says where one may begin, and only there phrases are compared.
struct RevertMatcher: Sendable {
  /// A phrase in a summary.
  struct Match {
    let kind: RevertKind
    let start: Int
  }

  /// For each pair of bytes (small letters) the bucket of phrases that begin with it; 0 for none.
  private let bucketOfPair: [UInt8]
  private let buckets: [[RevertPhrase]]

  /// A matcher of `phrases`; of those that match at one place the first wins, one in an editor's own words last.
  init(_ phrases: [RevertPhrase]) {
    var table = [UInt8](repeating: 0, count: 65_536)
    var buckets: [[RevertPhrase]] = [[]]
    let ordered = phrases.filter { $0.kind != .manual } + phrases.filter { $0.kind == .manual }
    for phrase in ordered where phrase.first.count >= 2 {
      let pair = Int(phrase.first[0]) << 8 | Int(phrase.first[1])
      if table[pair] == 0 {
        precondition(buckets.count < 256, "more kinds of beginnings than a byte can count")
        table[pair] = UInt8(buckets.count)
        buckets.append([])
      }
      buckets[Int(table[pair])].append(phrase)
    }
    for pair in table.indices {
      table[pair] = table[Int(asciiLowercased(UInt8(pair >> 8))) << 8 | Int(asciiLowercased(UInt8(pair & 0xff)))]
    }
    bucketOfPair = table
    self.buckets = buckets
  }

  /// The first phrase in `text` from `opening` on; one that a tool wrote goes before one in the editor's own words.
  func firstMatch(in text: UnsafeRawBufferPointer, opening: SummaryOpening) -> Match? {
    guard opening.start < text.count else { return nil }
    var manual: Match?
    var pair = Int(text[opening.start])
    return bucketOfPair.withUnsafeBufferPointer { table in
      for position in opening.start + 1..<max(text.count, opening.start + 1) {
        pair = (pair << 8 | Int(text[position])) & 0xffff
        let bucket = Int(table[pair])
        guard bucket != 0, let match = match(in: text, at: position - 1, buckets[bucket], opening) else { continue }
        if match.kind != .manual { return match }
        if manual == nil { manual = match }
      }
      return manual
    }
  }

  private func match(
    in text: UnsafeRawBufferPointer, at start: Int, _ phrases: [RevertPhrase], _ opening: SummaryOpening
  ) -> Match? {
    for phrase in phrases where begins(phrase, in: text, at: start, opening) {
      guard let end = text.end(of: phrase.first, at: start) else { continue }
      if let second = phrase.second {
        if !text.contains(second, from: end, upTo: end + phrase.reach) { continue }
      } else if phrase.kind == .manual || phrase.position == .clause {
        if !text.endsWord(at: end) || text.namesOneself(after: end) { continue }
      }
      return Match(kind: phrase.kind, start: start)
    }
    return nil
  }

  private func begins(
    _ phrase: RevertPhrase, in text: UnsafeRawBufferPointer, at start: Int, _ opening: SummaryOpening
  ) -> Bool {
    switch phrase.position {
    case .anywhere: !phrase.beginsWord || text.beginsWord(at: start)
    case .clause: opening.contains(start) || text.beginsClause(at: start)
    case .abbreviation:
      opening.contains(start) || text.beginsClause(at: start)
        || (text[start] >= 0x61 && start > 0 && text[start - 1] == 0x20)
    }
  }
}
