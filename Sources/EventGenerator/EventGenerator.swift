public import Columns
internal import Hashing
internal import RecentChange

/// Makes up a stream of recentchange events: the same arguments, the same bytes.
///
/// Shares of types, bots, wikis, users and titles, sizes, comments, bytes an event, order, duplicates and bursts follow what was measured
/// on the real stream; a few events in a thousand are odd or malformed, and now and then somebody vandalises a page.
public struct EventGenerator: Sendable {
  /// How many events there are in all.
  public let count: Int
  /// How many have been made.
  public private(set) var position = 0

  private let population: Population
  private let clock: EventClock
  private let scenario: Scenario
  private let year: [UInt8]
  private var random: Xoshiro256StarStar
  private var recent = RecentEvents()
  private var edits = RecentEdits()
  /// The last ids given out, a wiki each.
  private var changes: [Int]
  private var revisions: [Int]
  private var event: [UInt8] = []
  private let sizeChange = Quantiles([
    (0, -184_000), (0.0002, -20_000), (0.002, -3_000), (0.01, -739), (0.08, -30), (0.2, 1), (0.35, 25), (0.5, 100),
    (0.75, 380),
    (0.95, 1_100), (0.99, 3_112), (0.999, 14_000), (1, 61_000),
  ])

  /// A stream of `count` events of which the last comes at `ending` (microseconds since 1970), at `eventsPerSecond` on the average.
  public init(count: Int, seed: UInt64, ending: Int64, eventsPerSecond: Double = 46) {
    self.count = max(0, count)
    population = Population(seed: seed)
    clock = EventClock(count: self.count, ending: ending, eventsPerSecond: eventsPerSecond)
    scenario = Scenario(seed: seed)
    var end: [UInt8] = []
    EventTime.append(microseconds: ending, fractionDigits: 0, to: &end)
    year = Array(end.prefix(4))
    random = Xoshiro256StarStar(seed: seed)
    changes = Wiki.all.map { 3_000_000 * $0.weight }
    revisions = Wiki.all.map { 1_000_000 * $0.weight + 900_000_000 }
  }

  /// Appends the next events, at most `limit`, to `values`; returns how many, 0 at the end.
  public mutating func next(into values: inout BinaryColumn, limit: Int = 4096) -> Int {
    let wanted = min(limit, count - position)
    guard wanted > 0 else { return 0 }
    // Reserving again and again would copy what is there each time.
    if values.count == 0 { values.reserve(rows: wanted, bytes: wanted * 1300) }
    for _ in 0..<wanted {
      makeEvent()
      event.withUnsafeBytes { values.append($0) }
      position += 1
    }
    return wanted
  }

  /// When the event at `position` is sent, in microseconds since 1970; never falls. For replaying in real time.
  public func sendingTime(_ position: Int) -> Int64 { clock.sent(position) }

  /// Makes the next event in `event`.
  private mutating func makeEvent() {
    event.removeAll(keepingCapacity: true)
    let draw = random.next(below: 1000)
    if draw < 2, let earlier = recent.any(&random) {
      event += earlier
      if draw == 1 { delayTime() }
      return
    }
    var draft = makeDraft()
    if draw < 4 { draft.oddity = Oddity.allCases[random.next(below: Oddity.allCases.count)] }
    EventWriter.append(draft, envelope(draft), to: &event)
    if let oddity = draft.oddity {
      damage(oddity)
    } else {
      recent.add(event[...])
    }
  }

  /// The same event with a later `meta.dt`: each broker that receives an event stamps it.
  private mutating func delayTime() {
    let mark = Array(#""dt":""#.utf8)
    guard let start = event.indices.first(where: { event[$0...].starts(with: mark) }) else { return }
    let milliseconds = start + mark.count + 20
    guard milliseconds < event.count else { return }
    event[milliseconds] = UInt8(ascii: "9")
  }

  private mutating func envelope(_ draft: EventDraft) -> EventWriter.Envelope {
    changes[draft.wiki] += 1 + random.next(below: 3)
    let oldRevision = revisions[draft.wiki] - random.next(below: 40_000_000)
    revisions[draft.wiki] += 1 + random.next(below: 4)
    var happened = clock.happened(sent: clock.sent(position), &random)
    if draft.oddity == .stale { happened -= 7_800_000_000 }
    return EventWriter.Envelope(
      id: (random.next(), random.next()), requestID: (random.next(), random.next()), happened: happened,
      offset: 5_356_060_663 + position, change: changes[draft.wiki],
      oldRevision: draft.kind == .edit ? oldRevision : 0, newRevision: revisions[draft.wiki],
      logID: changes[draft.wiki] / 7, asASCII: random.next(below: 50) == 0)
  }

  private mutating func makeDraft() -> EventDraft {
    switch scenario.part(position, &random) {
    case .defacement(let page): return defacement(page)
    case .repair(let page): return revert(of: page, by: population.nextPerson(&random).name, isBot: false)
    case .spam(let user): return spam(by: user)
    case nil: break
    }
    switch random.next(below: 10_000) {
    case 0..<5_560: return edit()
    case 5_560..<8_920: return categorize()
    case 8_920..<9_470: return log()
    case 9_470..<9_994: return edit(creating: true)
    case 9_994..<9_997: return edit(as: .external)
    default: return edit(as: .flow)
    }
  }

  /// Somebody, somewhere: mostly at home, one in fourteen times on another wiki.
  private mutating func actor() -> (name: [UInt8], wiki: Int, isBot: Bool) {
    let user = population.next(&random)
    if user.isBot { return (user.name, user.wiki, true) }
    let wiki = random.next(below: 14) == 0 ? random.next(below: Wiki.all.count) : user.wiki
    let allowsAnonymous = Wiki.all[wiki].kind == .encyclopedia || Wiki.all[wiki].kind == .dictionary
    let draw = random.next(below: 100)
    if allowsAnonymous && draw < 26 { return (Population.anonymous(year: year, &random), wiki, false) }
    if draw >= 94 { return (Population.fresh(&random), wiki, false) }
    return (user.name, wiki, false)
  }

  /// A page: one time in eight a popular one, else any.
  private mutating func page(_ wiki: Int) -> Page {
    if random.next(below: 8) > 0 { return Page(wiki: wiki, key: random.next()) }
    let popular = random.next(below: 60) * random.next(below: 60)
    return Page(wiki: wiki, key: UInt64(popular))
  }

  private mutating func edit(creating: Bool = false, as kind: EventDraft.Kind? = nil) -> EventDraft {
    var actor = actor()
    var page = page(actor.wiki)
    if random.next(below: 100) < 14, !creating, let earlier = edits.any(&random) {
      page = earlier.page
      actor = (earlier.user, earlier.page.wiki, earlier.isBot)
    }
    if !creating, kind == nil, !actor.isBot, page.namespace == 0, Wiki.all[actor.wiki].kind == .encyclopedia,
      random.next(below: 100) < 9
    {
      return revert(of: page, by: actor.name, isBot: false)
    }
    let template = Comments.edit(Wiki.all[actor.wiki], &random)
    let new = creating ? 200 + random.next(below: 9_000) : max(0, page.length + sizeChange.next(&random))
    edits.add(RecentEdits.Edit(page: page, user: actor.name, isBot: actor.isBot))
    return EventDraft(
      kind: kind ?? (creating ? .new : .edit), wiki: actor.wiki, namespace: page.namespace, title: page.title,
      comment: template.filled(values(page), &random), user: actor.name, isBot: actor.isBot,
      isMinor: random.next(below: 4) == 0,
      isPatrolled: creating || Wiki.all[actor.wiki].patrolsEdits ? actor.isBot || random.next(below: 3) > 0 : nil,
      oldLength: creating ? 0 : page.length, newLength: new)
  }

  private mutating func values(_ page: Page, victim: [UInt8]? = nil) -> CommentTemplate.Values {
    CommentTemplate.Values(
      revision: revisions[page.wiki], victim: victim ?? Population.anonymous(year: year, &random),
      other: population.nextPerson(&random).name, page: page.title)
  }

  private mutating func revert(of page: Page, by user: [UInt8], isBot: Bool) -> EventDraft {
    let template = Comments.revert(Wiki.all[page.wiki].language, &random)
    return EventDraft(
      kind: .edit, wiki: page.wiki, namespace: page.namespace, title: page.title,
      comment: template.filled(values(page), &random), user: user, isBot: isBot, isMinor: true, isPatrolled: true,
      oldLength: max(0, page.length - random.next(below: 4_000) + 1_500), newLength: page.length)
  }

  private mutating func defacement(_ page: Page) -> EventDraft {
    let template = Comments.vandal[random.next(below: Comments.vandal.count)]
    let isBlanking = random.next(below: 5) == 0
    return EventDraft(
      kind: .edit, wiki: page.wiki, namespace: page.namespace, title: page.title,
      comment: template.filled(values(page), &random), user: Population.anonymous(year: year, &random), isBot: false,
      isPatrolled: false, oldLength: page.length,
      newLength: isBlanking ? random.next(below: 40) : page.length - 900 + random.next(below: 2_400))
  }

  private mutating func spam(by user: [UInt8]) -> EventDraft {
    // Commons, Wikidata and Meta do not count as other wikis.
    let wiki = 2 + random.next(below: 11)
    var page = Page(wiki: wiki, key: random.next())
    while page.namespace != 0 { page = Page(wiki: wiki, key: random.next()) }
    return EventDraft(
      kind: .edit, wiki: wiki, namespace: 0, title: page.title, comment: Comments.spam.filled(values(page), &random),
      user: user, isBot: false, isPatrolled: false, oldLength: page.length,
      newLength: page.length + 60 + random.next(below: 40))
  }

  private mutating func categorize() -> EventDraft {
    guard let edit = edits.any(&random) else { return self.edit() }
    let draw = random.next(below: 10)
    let template = draw < 6 ? Comments.added : draw < 8 ? Comments.included : Comments.removed
    let values = CommentTemplate.Values(revision: 0, victim: [], other: [], page: edit.page.title)
    return EventDraft(
      kind: .categorize, wiki: edit.page.wiki, namespace: 14, title: Page.category(edit.page.wiki, &random),
      comment: template.filled(values, &random), user: edit.user, isBot: edit.isBot, oldLength: 0, newLength: 0)
  }

  private mutating func log() -> EventDraft {
    let actor = actor()
    let page = page(actor.wiki)
    let template = Comments.edit(Wiki.all[actor.wiki], &random)
    return EventDraft(
      kind: .log, wiki: actor.wiki, namespace: page.namespace, title: page.title,
      comment: template.filled(values(page), &random), user: actor.name, isBot: actor.isBot, oldLength: 0, newLength: 0,
      log: LogKind.all[random.next(below: LogKind.all.count)])
  }

  /// What cannot be written: makes the bytes wrong.
  private mutating func damage(_ oddity: Oddity) {
    switch oddity {
    case .truncated: event.removeLast(1 + random.next(below: event.count - 1))
    case .illFormedText: event[event.count - 3] = 0xff
    case .notJSON: event = Array("<html><h1>502 Bad Gateway</h1></html>".utf8)
    case .emptyObject: event = Array("{}".utf8)
    default: break
    }
  }
}
