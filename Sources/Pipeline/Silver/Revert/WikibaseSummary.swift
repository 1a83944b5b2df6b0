/// Wikibase's own summaries: `/* undo:0||1819065813|141.62.173.150 */`, and `restore` and `rollback` likewise.
enum WikibaseSummary {
  private static let heads: [([UInt8], RevertKind)] = [
    (Array("/* undo:".utf8), .undo), (Array("/* restore:".utf8), .restore), (Array("/* rollback:".utf8), .rollback),
  ]

  /// The revert that `text` begins with.
  static func revert(_ text: UnsafeRawBufferPointer) -> Revert? {
    guard text.count > 10, text[0] == 0x2f, text[1] == 0x2a else { return nil }
    for (head, kind) in heads {
      guard let begin = text.end(of: head, at: 0) else { continue }
      return Revert(kind: kind, parts: parts(text, from: begin), in: text)
    }
    return nil
  }

  /// What stands between the bars up to the end of the mark.
  private static func parts(_ text: UnsafeRawBufferPointer, from begin: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = begin
    var position = begin
    while position < text.count, !(text[position] == 0x2a && position + 1 < text.count && text[position + 1] == 0x2f) {
      if text[position] == 0x7c {
        parts.append(start..<position)
        start = position + 1
      }
      position += 1
    }
    while position > start, isBlank(text[position - 1]) { position -= 1 }
    parts.append(start..<position)
    return parts
  }
}

extension Revert {
  /// The first part is a count; of the others a number is the revision, and what follows it the user.
  fileprivate init(kind: RevertKind, parts: [Range<Int>], in text: UnsafeRawBufferPointer) {
    let arguments = parts.dropFirst().filter { !$0.isEmpty }
    let first = arguments.first.flatMap { range in
      range.allSatisfy { isDigit(text[$0]) } && range.count <= 18 ? range : nil
    }
    self.init(
      kind: kind, user: first == nil ? arguments.first : arguments.dropFirst().first,
      revision: first?.reduce(0) { $0 * 10 + Int64(text[$1] - 0x30) })
  }
}
