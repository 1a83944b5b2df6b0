import Columns
import Failures
import Hashing
import RecentChange
import Testing

private struct Event {
  var title: String?
  var wiki: String? = "enwiki"
  var namespace: Int32? = 0
  var type: String? = "edit"
  var comment: String? = ""
}

private func entities(_ list: Allowlist, _ events: [Event]) throws -> Allowlist.Entities {
  var namespaces = PrimitiveColumn<Int32>()
  for event in events { namespaces.append(event.namespace) }
  return try list.entities(
    wiki: BinaryColumn(events.map(\.wiki)), namespace: namespaces, title: BinaryColumn(events.map(\.title)),
    type: BinaryColumn(events.map(\.type)), comment: BinaryColumn(events.map(\.comment)))
}

private func canonical(_ entry: AllowlistEntry, _ event: Event) throws -> String? {
  try entities(Allowlist(entries: [entry]), [event]).canonical.string(0)
}

private func matches(_ entry: AllowlistEntry, _ event: Event) throws -> Bool {
  try entities(Allowlist(entries: [entry]), [event]).isAllowlisted == [true]
}

@Suite struct AllowlistTests {
  @Test(arguments: ["Elon Musk", "elon musk", "ELON_MUSK", "Elon_musk"])
  func exactTitlesIgnoreCaseAndUnderscores(title: String) throws {
    let entry = AllowlistEntry(title: "Elon Musk", wiki: "enwiki")
    #expect(try canonical(entry, Event(title: title)) == "Elon Musk")
    #expect(try matches(entry, Event(title: title, wiki: "dewiki")) == false)
  }

  @Test(arguments: ["Elon", "Elon Musk's", "Elon Musk ", "ElonMusk", "", "Talk:Elon Musk", "The Elon Musk"])
  func exactMeansAllOfTheTitle(title: String) throws {
    let event = Event(title: title)
    #expect(try canonical(AllowlistEntry(title: "Elon Musk"), event) == "enwiki:\(title)")
    #expect(try matches(AllowlistEntry(title: "Elon Musk"), event) == false)
  }

  @Test(arguments: [
    ("Путин, Владимир", "путин,_ВЛАДИМИР"), ("İstanbul", "i̇stanbul"), ("Straße", "STRAßE"), ("ÄÖÜ", "äöü"),
    ("東京都", "東京都"), ("Ǆ", "ǆ"),
  ])
  func otherAlphabetsFoldToo(title: String, seen: String) throws {
    #expect(try canonical(AllowlistEntry(title: title), Event(title: seen)) == title)
  }

  @Test func aliasesGiveTheTitle() throws {
    let entry = AllowlistEntry(title: "Climate change", aliases: ["Global warming"])
    #expect(try canonical(entry, Event(title: "global_warming")) == "Climate change")
  }

  @Test func anEntryOfTheWikiGoesBeforeOneOfEveryWiki() throws {
    let list = try Allowlist(entries: [
      AllowlistEntry(title: "Jesus in general", aliases: ["Jesus"]),
      AllowlistEntry(title: "Jesus of dewiki", wiki: "dewiki", aliases: ["Jesus"]),
    ])
    let found = try entities(list, [Event(title: "Jesus"), Event(title: "jesus", wiki: "dewiki")])
    #expect(found.canonical == BinaryColumn(["Jesus in general", "Jesus of dewiki"]))
  }

  @Test func namespacesRestrict() throws {
    let entry = AllowlistEntry(title: "User:Bob", namespaces: [2])
    #expect(try matches(entry, Event(title: "User:Bob", namespace: 2)))
    #expect(try matches(entry, Event(title: "User:Bob", namespace: 4)) == false)
    #expect(try matches(entry, Event(title: "User:Bob", namespace: nil)) == false)
  }

  @Test(
    arguments: [
      ("Climate change", "Talk:Climate change", 1, true), ("Climate change", "Diskussion:Climate_change", 1, true),
      ("Climate change", "Talk:Climate change/Archive 1", 1, false), ("User:Bob", "User talk:Bob", 3, true),
      ("Climate change", "User talk:Climate change", 3, false), ("Climate change", "Talk:Climate change", 0, false),
      ("Climate change", "Talk:", 1, false), ("Climate change", "talk", 1, false), ("User:Bob", " talk:Bob", 3, false),
    ] as [(String, String, Int32, Bool)])
  func talkPagesMatchWhenWanted(title: String, talk: String, namespace: Int32, expected: Bool) throws {
    let event = Event(title: talk, namespace: namespace)
    #expect(try matches(AllowlistEntry(title: title, talk: true), event) == expected)
    #expect(try matches(AllowlistEntry(title: title), event) == false)
  }

  @Test(arguments: [
    ("[[:Elon Musk]] added to category", true), ("[[:elon_musk]] removed from category, [[Special:X]]", true),
    ("see [[:Elon Musk]]", true), ("[[:Elon Musk (film)]] added", false), ("[[Elon Musk]] added", false),
    ("[[:Elon Musk", false), ("[[:", false), ("", false), ("[[:]]", false),
  ])
  func categorizeEventsMatchByThePageInTheComment(comment: String, expected: Bool) throws {
    let entry = AllowlistEntry(title: "Elon Musk", namespaces: [0])
    let event = Event(title: "Category:People", namespace: 14, type: "categorize", comment: comment)
    #expect(try matches(entry, event) == expected)
    var edit = event
    edit.type = "edit"
    #expect(try matches(entry, edit) == false)
  }

  @Test func categoriesMatchByTheirTitle() throws {
    let event = Event(title: "Category:Living people", namespace: 14, type: "categorize", comment: "[[:X]] added")
    #expect(try canonical(AllowlistEntry(title: "Category:Living people"), event) == "Category:Living people")
  }

  @Test func prefixes() throws {
    let entry = AllowlistEntry(title: "2026 elections", aliases: ["Elections in 2026"], match: .prefix)
    #expect(try canonical(entry, Event(title: "2026_Elections/Ohio")) == "2026 elections")
    #expect(try matches(entry, Event(title: "elections in 2026 (list)")))
    #expect(try matches(entry, Event(title: "The 2026 elections")) == false)
    #expect(try matches(entry, Event(title: "2026")) == false)
  }

  @Test func patterns() throws {
    let entry = AllowlistEntry(title: "^20[0-9]{2} .*election$", wiki: "enwiki", match: .regex)
    #expect(try matches(entry, Event(title: "2026_Ohio_Election")))
    #expect(try matches(entry, Event(title: "2026 Ohio elections")) == false)
    #expect(try matches(entry, Event(title: "2026 Ohio election", wiki: "dewiki")) == false)
    #expect(try matches(AllowlistEntry(title: "^путин", match: .regex), Event(title: "ПУТИН, Владимир")))
  }

  @Test func aCostlyPatternIsGivenUpAndCounted() throws {
    let list = try Allowlist(entries: [AllowlistEntry(title: "^(a+)+$", match: .regex)])
    let found = try entities(list, [Event(title: String(repeating: "a", count: 60) + "!"), Event(title: "aaa")])
    #expect(found.isAllowlisted == [false, true])
    #expect(found.abandonedMatches == 1)
  }

  @Test(arguments: [
    [AllowlistEntry(title: "[", match: .regex)], [AllowlistEntry(title: "")],
    [AllowlistEntry(title: "A", aliases: ["_"])],
    [AllowlistEntry(title: "A"), AllowlistEntry(title: "B", aliases: ["a"])],
    [AllowlistEntry(title: "A_b", wiki: "x"), AllowlistEntry(title: "a B", wiki: "x")],
  ])
  func refusesWhatCannotBeMeant(entries: [AllowlistEntry]) {
    #expect { try Allowlist(entries: entries) } throws: { error in
      guard let failure = error as? Failure else { return false }
      return failure.kind == .configuration
        && failure.description.hasPrefix("allowlist entry \(entries.last?.title ?? "")")
    }
  }

  @Test func nullsHaveNoEntity() throws {
    let list = try Allowlist(entries: [AllowlistEntry(title: "A")])
    let found = try entities(
      list, [Event(title: nil), Event(title: "A", wiki: nil), Event(title: "A", type: nil, comment: nil)])
    #expect(found.canonical == BinaryColumn([nil, nil, "A"]))
    #expect(found.isAllowlisted == [false, false, true])
  }

  @Test func trackDecidesWhatIsTakenIn() throws {
    let all = try Allowlist()
    let only = try Allowlist(track: .allowlist, entries: [AllowlistEntry(title: "A")])
    #expect([true, false].map { all.accepts(isAllowlisted: $0) } == [true, true])
    #expect([true, false].map { only.accepts(isAllowlisted: $0) } == [true, false])
  }

  @Test func refusesColumnsOfDifferentLength() throws {
    let one = BinaryColumn(["a"])
    #expect(throws: Failure.self) {
      try Allowlist().entities(wiki: one, namespace: PrimitiveColumn([1, 2]), title: one, type: one, comment: one)
    }
  }

  /// Whatever way a scalar takes through the folding, it is the one of `lowercased()`.
  @Test func foldsEveryScalarAsStringsDo() {
    let ranges: [Range<UInt32>] = [0x80..<0x3000, 0xA640..<0xAC00, 0x10400..<0x10500, 0x1E900..<0x1E950]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "Aß_" + String(scalar) + "Z"
      #expect(String(decoding: TitleFolding.fold(text), as: UTF8.self) == "aß " + String(scalar).lowercased() + "z")
    }
    #expect(TitleFolding.fold("ΟΔΟΣ ΣΑΣ İ") == Array("ΟΔΟΣ ΣΑΣ İ".lowercased().utf8))
  }

  /// Against a search of all entries by strings.
  @Test func agreesWithANaiveSearch() throws {
    var random = Xoshiro256StarStar(seed: 11)
    let words = ["Rome", "rome", "München", "A b", "a_B", "Ünal", "x", "List of_x"]
    func word() -> String { words[random.next(below: words.count)] + words[random.next(below: words.count)] }
    var entries: [AllowlistEntry] = []
    func folded(_ text: String) -> String { String(text.lowercased().map { $0 == "_" ? " " : $0 }) }
    for _ in 0..<300 {
      let entry = AllowlistEntry(title: word(), wiki: ["enwiki", "dewiki"][random.next(below: 2)])
      if !entries.contains(where: { folded($0.title) == folded(entry.title) && $0.wiki == entry.wiki }) {
        entries.append(entry)
      }
    }
    let removed = entries.count / 2
    let list = try Allowlist(entries: Array(entries.dropFirst(removed)))
    let events = (0..<500).map { _ in Event(title: word(), wiki: ["enwiki", "dewiki", "frwiki"][random.next(below: 3)])
    }
    let found = try entities(list, events)
    for (row, event) in events.enumerated() {
      let entry = list.entries.first { folded($0.title) == folded(event.title ?? "") && $0.wiki == event.wiki }
      #expect(found.canonical.string(row) == entry?.title ?? "\(event.wiki ?? ""):\(event.title ?? "")")
      #expect(found.isAllowlisted[row] == (entry != nil))
    }
    #expect(Set(found.isAllowlisted) == [true, false])
  }

  @Test func readsBatchesAndEnvelopes() throws {
    let list = try Allowlist(entries: [AllowlistEntry(title: "München 😀", wiki: "dewiki")])
    let events = BinaryColumn([edit, "{}"])
    let parser = RecentChangeParser()
    let batch = try list.entities(parser.parse(events).columns)
    let envelopes = try list.entities(parser.envelopes(events))
    #expect(batch.isAllowlisted == [true, false])
    #expect(envelopes.isAllowlisted == [true, false])
    #expect(batch.canonical == BinaryColumn(["München 😀", nil]))
  }
}
