internal import Failures
internal import Patterns

/// Finds the entry that an event matches: exact titles by hash, then prefixes and patterns in the list's order.
struct AllowlistMatcher: Sendable {
  /// What is looked at of an event; valid only inside the call.
  struct Event {
    let wiki: UnsafeRawBufferPointer
    let namespace: Int32?
    let title: UnsafeRawBufferPointer
    let isCategorize: Bool
    let comment: UnsafeRawBufferPointer
  }

  /// Memory that is used again from event to event.
  struct Scratch {
    var folded: [UInt8] = []
    var candidate: [UInt8] = []
    var name: [UInt8] = []
    var abandoned = 0
    private var matchers: [ObjectIdentifier: PatternMatcher] = [:]

    /// Whether `pattern` finds something in `title`. A match that is given up is counted.
    mutating func finds(_ pattern: Pattern, in title: [UInt8]) -> Bool {
      let outcome = title.withUnsafeBytes { matcher(of: pattern)?.match($0) ?? .tooCostly }
      if outcome == .tooCostly { abandoned += 1 }
      return outcome == .found
    }

    /// Nil where there is no memory for one.
    private mutating func matcher(of pattern: Pattern) -> PatternMatcher? {
      if let matcher = matchers[ObjectIdentifier(pattern)] { return matcher }
      let matcher = try? PatternMatcher(pattern)
      matchers[ObjectIdentifier(pattern)] = matcher
      return matcher
    }
  }

  private enum Rule: Sendable {
    case prefix([UInt8])
    case pattern(Pattern)
  }

  /// A title to be looked for, and in what role.
  private struct Candidate {
    let title: UnsafeRawBufferPointer
    let namespace: Int32?
    let asTalk: Bool
    /// A page named in a comment comes without its namespace: only its title is compared.
    let isNamespaceKnown: Bool
  }

  /// The titles of the entries in UTF-8.
  let titles: [[UInt8]]
  private let entries: [AllowlistEntry]
  private let wikis: [[UInt8]?]
  private var index = TitleIndex()
  private var rules: [(entry: Int, rule: Rule)] = []
  private let hasTalk: Bool

  init(_ entries: [AllowlistEntry]) throws {
    self.entries = entries
    titles = entries.map { Array($0.title.utf8) }
    wikis = entries.map { $0.wiki.map { Array($0.utf8) } }
    hasTalk = entries.contains(where: \.talk)
    for (position, entry) in entries.enumerated() {
      for title in [entry.title] + entry.aliases {
        try within("allowlist entry \(entry.title)") { try add(title, of: entry, at: position) }
      }
    }
  }

  private mutating func add(_ title: String, of entry: AllowlistEntry, at position: Int) throws {
    let folded = TitleFolding.fold(title)
    guard folded.contains(where: { $0 != 0x20 }) else { throw Failure.configuration("a title is empty") }
    switch entry.match {
    case .exact:
      if let other = index.insert(folded, wiki: entry.wiki, entry: position), other != position {
        throw Failure.configuration("\(title) is a title of \(entries[other].title) too")
      }
    case .prefix: rules.append((position, .prefix(folded)))
    // The title is the entity's name and a pattern like the aliases.
    case .regex: rules.append((position, .pattern(try Pattern(title, ignoringCase: true))))
    }
  }

  /// The position of the entry that an event matches.
  func entry(_ event: Event, _ scratch: inout Scratch) -> Int? {
    if entries.isEmpty { return nil }
    let own = Candidate(title: event.title, namespace: event.namespace, asTalk: false, isNamespaceKnown: true)
    if let found = find(own, event.wiki, &scratch) { return found }
    if hasTalk, let namespace = event.namespace, namespace > 0, namespace % 2 == 1,
      let found = findSubject(of: event.title, namespace, event.wiki, &scratch)
    {
      return found
    }
    guard event.isCategorize, let page = Self.page(inComment: event.comment) else { return nil }
    let named = Candidate(title: page, namespace: nil, asTalk: false, isNamespaceKnown: false)
    return find(named, event.wiki, &scratch)
  }

  /// Looks for the page that a talk page is about.
  private func findSubject(
    of title: UnsafeRawBufferPointer, _ namespace: Int32, _ wiki: UnsafeRawBufferPointer, _ scratch: inout Scratch
  ) -> Int? {
    guard let colon = title.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    scratch.candidate.removeAll(keepingCapacity: true)
    if namespace > 1 {
      let prefix = title[..<colon]
      guard prefix.count > 5, prefix.suffix(4).elementsEqual("talk".utf8) else { return nil }
      scratch.candidate += prefix.dropLast(5)
      scratch.candidate.append(UInt8(ascii: ":"))
    }
    scratch.candidate += title[(colon + 1)...]
    let subject = scratch.candidate
    return subject.withUnsafeBytes { subject in
      let candidate = Candidate(title: subject, namespace: namespace, asTalk: true, isNamespaceKnown: true)
      return find(candidate, wiki, &scratch)
    }
  }

  private func find(_ candidate: Candidate, _ wiki: UnsafeRawBufferPointer, _ scratch: inout Scratch) -> Int? {
    TitleFolding.fold(candidate.title, into: &scratch.folded)
    if let found = index.entry(scratch.folded, wiki: wiki, where: { holds($0, candidate) }) { return found }
    for (entry, rule) in rules {
      guard wikis[entry].map({ wiki.elementsEqual($0) }) ?? true, holds(entry, candidate) else { continue }
      if matches(rule, candidate.title, &scratch) { return entry }
    }
    return nil
  }

  private func holds(_ entry: Int, _ candidate: Candidate) -> Bool {
    !candidate.isNamespaceKnown || entries[entry].holds(in: candidate.namespace, asTalk: candidate.asTalk)
  }

  private func matches(_ rule: Rule, _ title: UnsafeRawBufferPointer, _ scratch: inout Scratch) -> Bool {
    switch rule {
    case .prefix(let prefix): return scratch.folded.starts(with: prefix)
    case .pattern(let pattern):
      // The pattern itself ignores case; `_` is written as it is in titles.
      return scratch.finds(pattern, in: title.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })
    }
  }

  /// The page that the comment of a categorize event names: what stands in the first `[[:…]]`.
  static func page(inComment comment: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let open = UInt8(ascii: "["), close = UInt8(ascii: "]")
    var position = 0
    while position + 3 <= comment.count {
      if comment[position] == open, comment[position + 1] == open, comment[position + 2] == UInt8(ascii: ":") {
        let start = position + 3
        guard let end = comment[start...].firstIndex(of: close), end > start else { return nil }
        return UnsafeRawBufferPointer(rebasing: comment[start..<end])
      }
      position += 1
    }
    return nil
  }
}
