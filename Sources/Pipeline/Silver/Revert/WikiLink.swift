/// A link `[[target|text]]` in a summary, by positions in it.
struct WikiLink {
  /// The target without a leading colon.
  let target: Range<Int>
  /// Behind the closing brackets.
  let end: Int

  /// The first link that begins at or behind `start`.
  static func next(in text: UnsafeRawBufferPointer, from start: Int) -> WikiLink? {
    var open = start
    while open + 1 < text.count {
      if text[open] == 0x5b, text[open + 1] == 0x5b, let link = WikiLink(text, at: open) { return link }
      open += 1
    }
    return nil
  }

  private init?(_ text: UnsafeRawBufferPointer, at open: Int) {
    var begin = open + 2
    if begin < text.count, text[begin] == 0x3a { begin += 1 }
    var targetEnd: Int?
    var position = begin
    while position < text.count, text[position] != 0x5b {
      if text[position] == 0x7c, targetEnd == nil { targetEnd = position }
      if text[position] == 0x5d {
        guard position + 1 < text.count, text[position + 1] == 0x5d else { return nil }
        target = begin..<(targetEnd ?? position)
        end = position + 2
        return
      }
      position += 1
    }
    // Long summaries are cut in the middle of a link; its target may be whole.
    guard let targetEnd else { return nil }
    target = begin..<targetEnd
    end = position
  }

  /// The parts of `Special:Contributions/X`: the page name behind the last colon before the first slash, and what follows it.
  func subpage(in text: UnsafeRawBufferPointer) -> (page: Range<Int>, rest: Range<Int>)? {
    guard let slash = target.first(where: { text[$0] == 0x2f }),
      let colon = (target.lowerBound..<slash).last(where: { text[$0] == 0x3a }), slash + 1 < target.upperBound
    else { return nil }
    return (colon + 1..<slash, slash + 1..<target.upperBound)
  }

  /// The parts of `User:X`, but not of a subpage or section of it: what precedes the first colon, and what follows it.
  func namespace(in text: UnsafeRawBufferPointer) -> (name: Range<Int>, rest: Range<Int>)? {
    guard let colon = target.first(where: { text[$0] == 0x3a }), colon + 1 < target.upperBound else { return nil }
    let rest = colon + 1..<target.upperBound
    return rest.contains { text[$0] == 0x2f || text[$0] == 0x23 } ? nil : (target.lowerBound..<colon, rest)
  }
}
