import Columns
import Detection
import Failures
import Hashing
import Pipeline
import Testing

/// How windows read baselines.
@Suite struct GoldBaselineUseTests {
  /// 10:00 of the day after `day`'s start.
  static let start = GoldHistory.dayStart + 10 * 3_600_000_000

  private func row(
    _ scope: String, _ key: String, wiki: String? = nil, day: Int32 = GoldHistory.day, events: (Double, Double?)
  ) throws -> ColumnBatch {
    var wikis = BinaryColumn()
    wikis.append(wiki)
    var deviations = PrimitiveColumn<Double>()
    deviations.append(events.1)
    let fields = Tables.goldBaselines.schema.fields.filter { BaselineBook.columns.contains($0.name) }
    let isUser = scope == "user"
    return try ColumnBatch(
      schema: ColumnSchema(fields),
      columns: [
        .int32(PrimitiveColumn([day])), .binary(BinaryColumn([scope])), .binary(BinaryColumn([key])), .binary(wikis),
        .double(PrimitiveColumn([events.0])), .double(deviations),
        .double(isUser ? PrimitiveColumn([2]) : PrimitiveColumn([0], validity: [false])),
        .double(isUser ? PrimitiveColumn([4]) : PrimitiveColumn([0], validity: [false])),
        .double(PrimitiveColumn([0.125])), .double(PrimitiveColumn([0.25])),
      ])
  }

  private func book(_ rows: ColumnBatch...) throws -> BaselineBook {
    var book = BaselineBook()
    for rows in rows { try book.add(rows) }
    return book
  }

  private func window(_ book: BaselineBook, _ events: [GoldEvent], rules: DetectionRules = .standard) throws
    -> GoldWindow
  {
    var gold = try GoldBatch.transform([Self.start], rules: rules, baselines: book)
    try gold.add(events: GoldEvent.batch(events))
    var windows = gold.finish()
    return try windows.window(0)
  }

  static let events = [
    GoldEvent(time: start, entity: "enwiki:Busy", user: "Anna"),
    GoldEvent(time: start, entity: "enwiki:Busy", user: "Ben"),
    GoldEvent(time: start, entity: "enwiki:Quiet", user: "Anna"),
  ]

  @Test func eachScopeReadsItsOwn() throws {
    let book = try book(
      row("entity", "enwiki:Busy", wiki: "enwiki", events: (6, 2)), row("user", "*", events: (3, 4)),
      row("global", "10", events: (8, 5)), row("global", "11", events: (800, 50)),
      row("entity", "enwiki:Quiet", wiki: "dewiki", events: (600, 2)))
    #expect(book.hasDay(GoldHistory.day) && !book.hasDay(GoldHistory.day + 1))
    let window = try window(book, Self.events)
    let pages = window.entities.rows
    #expect(try pages.doubles("events_zscore").values == [-2, 1])
    #expect(try pages.doubles("baseline_events_avg").values == [6, 0])
    #expect(try pages.doubles("baseline_events_stddev").values == [2, 1])
    #expect(try pages.doubles("baseline_revert_ratio").values == [0.125, 0.125])
    #expect(try pages.doubles("anonymous_deviation").values == [-0.25, -0.25])
    #expect(try window.users.rows.doubles("edits_zscore").values == [-0.25, -0.5])
    #expect(try window.users.rows.doubles("entities_zscore").values == [0, -0.25])
    #expect(try window.globals.rows.doubles("events_zscore").values == [-1])
    #expect(try window.globals.rows.binaries("baseline_kind").string(0) == "adaptive")
  }

  @Test func aDayWithoutRowsIsNone() throws {
    let book = try book(row("global", "10", day: GoldHistory.day + 1, events: (8, 5)))
    let window = try window(book, Self.events)
    for rows in [window.entities.rows, window.users.rows, window.globals.rows] {
      #expect(try rows.binaries("baseline_kind").string(0) == "none")
    }
    #expect(try window.entities.rows.doubles("events_zscore")[0] == nil)
    #expect(try window.users.rows.doubles("edits_zscore")[0] == nil)
    #expect(try window.globals.rows.doubles("revert_deviation")[0] == nil)
  }

  @Test func aScopeWithoutRowsIsNoneWhileOthersAreNot() throws {
    let window = try window(try book(row("global", "10", events: (8, 5))), Self.events)
    #expect(try window.globals.rows.binaries("baseline_kind").string(0) == "adaptive")
    #expect(try window.entities.rows.binaries("baseline_kind").string(0) == "adaptive")
    #expect(try window.users.rows.binaries("baseline_kind").string(0) == "none")
  }

  @Test func fixedBaselinesDoNotLookIntoTheBook() throws {
    var rules = BaselineRules()
    rules.mode = .fixed
    let book = try book(row("global", "10", events: (8, 5)))
    let window = try window(book, Self.events, rules: try DetectionRules(baselines: rules))
    #expect(try window.globals.rows.binaries("baseline_kind").string(0) == "fixed")
    #expect(try window.globals.rows.doubles("events_zscore").values == [(3.0 - 150) / 50])
  }

  @Test func aDeviationOfNothingIsRefused() throws {
    let failure = #expect(throws: Failure.self) { try book(row("entity", "enwiki:A", wiki: "enwiki", events: (6, 0))) }
    #expect(failure?.kind == .malformedInput && failure?.message.contains("enwiki:A") == true)
    #expect(try !book(row("user", "*", events: (6, nil))).hasDay(GoldHistory.day))
    #expect(try !book(row("planet", "*", events: (6, 2))).hasDay(GoldHistory.day))
  }

  @Test func whatWasLearnedIsWhatIsRead() throws {
    var history = GoldHistory()
    for index in 0..<144 {
      let start = GoldHistory.dayStart - Int64(index + 1) * GoldHistory.width
      history.pages.append(
        .init(start: start, edits: 4, new: 0, bots: 0, reverts: 1, anonymous: 2, entity: "enwiki:Busy", wiki: "enwiki"))
      history.users.append(
        .init(start: start, edits: 1, new: 0, reverts: 0, entities: 1, isBot: false, isAnonymous: false))
      history.globals.append(.init(start: start, events: 16, edits: 10, new: 0, reverts: 1, anonymous: 2))
    }
    let rows = try history.baselines(firstWindow: GoldHistory.dayStart - 144 * GoldHistory.width)
    let window = try window(try book(rows), Self.events)
    #expect(try window.entities.rows.doubles("baseline_events_avg").values == [4, 0])
    #expect(try window.entities.rows.doubles("baseline_events_stddev").values == [2, 1])
    #expect(try window.entities.rows.doubles("baseline_revert_ratio").values == [0.25, 0.1])
    #expect(try window.globals.rows.doubles("events_zscore").values == [(3.0 - 16) / 4])
    #expect(try window.users.rows.doubles("edits_zscore").values == [1, 0])
  }
}
