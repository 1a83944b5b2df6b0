/// Tells from an edit summary whether the edit undoes others' work.
///
/// It knows MediaWiki's own undo, rollback and restore summaries in the large languages and the tools' conventions. It looks at
/// words only: a page that shrinks is no revert.
package struct RevertRecognizer: Sendable {
  private let matcher: RevertMatcher

  /// A summary for each phrase known, made of nothing else, and the kind that the phrase stands for.
  package static var examples: [(summary: String, kind: RevertKind)] {
    RevertPhrases.all.map { phrase in
      let words = ([phrase.first] + [phrase.second].compactMap(\.self)).map { String(decoding: $0, as: UTF8.self) }
      return (String(words.joined(separator: " 7 ").map { $0 == "#" ? "3" : $0 }), phrase.kind)
    }
  }

  /// A recognizer of every phrase known.
  package init() { matcher = RevertMatcher(RevertPhrases.all) }

  /// The revert that `summary` tells of, nil when it tells of none.
  package func revert(_ summary: UnsafeRawBufferPointer) -> Revert? {
    guard summary.count >= 2 else { return nil }
    if let revert = WikibaseSummary.revert(summary) { return revert }
    guard let match = matcher.firstMatch(in: summary, opening: SummaryOpening(summary)) else { return nil }
    let target = RevertTarget(text: summary)
    return Revert(kind: match.kind, user: target.user(match), revision: target.revision(match))
  }
}
