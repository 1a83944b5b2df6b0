public import Columns
internal import Failures

/// The pages that are watched: recognises them in events and names the entity of every event.
public struct Allowlist: Sendable {
  /// What the list is for.
  public enum Track: String, Sendable, CaseIterable {
    /// Every event is taken in; the list marks those to be watched.
    case all
    /// Nothing else is taken in.
    case allowlist
  }

  /// The entities of a batch of events.
  public struct Entities: Sendable {
    /// The title of the entry that matches, else `wiki:Title`; null where an event lacks one of them.
    public internal(set) var canonical = BinaryColumn()
    /// Whether an entry matches.
    public internal(set) var isAllowlisted: [Bool] = []
    /// How many comparisons were given up since a pattern took too many steps; they count as no match.
    public internal(set) var abandonedMatches = 0
  }

  /// What the list is for.
  public let track: Track
  /// The entries as given.
  public let entries: [AllowlistEntry]
  private let matcher: AllowlistMatcher

  /// A list. Throws `.configuration` naming the entry: an empty title, a pattern that PCRE2 refuses, one title of two entries.
  public init(track: Track = .all, entries: [AllowlistEntry] = []) throws {
    self.track = track
    self.entries = entries
    matcher = try AllowlistMatcher(entries)
  }

  /// Whether an event is taken in.
  public func accepts(isAllowlisted: Bool) -> Bool { track == .all || isAllowlisted }

  /// The entities of events, a row each. A categorize event matches by its category or by the page that its comment names
  /// (`[[:Title]] added to category`). All columns have as many rows.
  public func entities(
    wiki: BinaryColumn, namespace: PrimitiveColumn<Int32>, title: BinaryColumn, type: BinaryColumn,
    comment: BinaryColumn
  ) throws -> Entities {
    let counts = [wiki.count, namespace.count, title.count, type.count, comment.count]
    guard counts.allSatisfy({ $0 == counts[0] }) else {
      throw Failure.invalidArgument("columns of \(counts) rows are no batch")
    }
    var result = Entities()
    result.canonical.reserve(rows: wiki.count, bytes: wiki.bytes.count + title.bytes.count + wiki.count)
    result.isAllowlisted.reserveCapacity(wiki.count)
    var scratch = AllowlistMatcher.Scratch()
    for row in 0..<wiki.count {
      guard wiki.isValid(row), title.isValid(row) else {
        result.canonical.appendNull()
        result.isAllowlisted.append(false)
        continue
      }
      wiki.withUnsafeBytes(row: row) { wiki in
        title.withUnsafeBytes(row: row) { title in
          type.withUnsafeBytes(row: row) { type in
            comment.withUnsafeBytes(row: row) { comment in
              let event = AllowlistMatcher.Event(
                wiki: wiki, namespace: namespace[row], title: title,
                isCategorize: type.elementsEqual("categorize".utf8),
                comment: comment)
              append(matcher.entry(event, &scratch), event, &scratch, to: &result)
            }
          }
        }
      }
    }
    result.abandonedMatches = scratch.abandoned
    return result
  }

  /// The entities of envelopes.
  public func entities(_ events: EventEnvelopes) throws -> Entities {
    try entities(
      wiki: events.wiki, namespace: events.namespace, title: events.title, type: events.type, comment: events.comment)
  }

  /// The entities of a batch with the columns `wiki`, `namespace`, `title`, `type` and `comment`. Throws where one is missing.
  public func entities(_ events: ColumnBatch) throws -> Entities {
    try entities(
      wiki: events.binaries("wiki"), namespace: events.int32s("namespace"), title: events.binaries("title"),
      type: events.binaries("type"), comment: events.binaries("comment"))
  }

  private func append(
    _ entry: Int?, _ event: AllowlistMatcher.Event, _ scratch: inout AllowlistMatcher.Scratch,
    to result: inout Entities
  ) {
    result.isAllowlisted.append(entry != nil)
    if let entry {
      result.canonical.append(matcher.titles[entry][...])
    } else {
      scratch.name.removeAll(keepingCapacity: true)
      scratch.name += event.wiki
      scratch.name.append(UInt8(ascii: ":"))
      scratch.name += event.title
      scratch.name.withUnsafeBytes { result.canonical.append($0) }
    }
  }
}
