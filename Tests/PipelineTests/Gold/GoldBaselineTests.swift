import Columns
import Detection
import Failures
import Hashing
import Pipeline
import Testing

/// Rows of the three Gold tables as far as baselines read them.
struct GoldHistory {
  struct Page { var start, edits, new, bots, reverts, anonymous: Int64; var entity, wiki: String }
  struct User { var start, edits, new, reverts, entities: Int64; var isBot, isAnonymous: Bool }
  struct Global { var start, events, edits, new, reverts, anonymous: Int64 }

  var pages: [Page] = []
  var users: [User] = []
  var globals: [Global] = []

  static let day: Int32 = 20_000
  static let dayStart = Int64(day) * 86_400_000_000
  static let width = GoldWindowGrid.width

  static func longs(_ names: [String], _ values: [[Int64]]) -> ([ColumnField], [Column]) {
    (names.map { ColumnField($0, .long) }, values.map { .int64(PrimitiveColumn($0)) })
  }

  var pageBatch: ColumnBatch {
    get throws {
      let (fields, columns) = Self.longs(
        ["window_start", "edit_count", "new_page_count", "bot_edit_count", "revert_count", "anonymous_edit_count"],
        [
          pages.map(\.start), pages.map(\.edits), pages.map(\.new), pages.map(\.bots), pages.map(\.reverts),
          pages.map(\.anonymous),
        ])
      return try ColumnBatch(
        schema: ColumnSchema(fields + [ColumnField("entity", .string), ColumnField("wiki", .string)]),
        columns: columns + [.binary(BinaryColumn(pages.map(\.entity))), .binary(BinaryColumn(pages.map(\.wiki)))])
    }
  }

  var userBatch: ColumnBatch {
    get throws {
      let (fields, columns) = Self.longs(
        ["window_start", "edit_count", "new_page_count", "revert_count", "entities_edited"],
        [users.map(\.start), users.map(\.edits), users.map(\.new), users.map(\.reverts), users.map(\.entities)])
      return try ColumnBatch(
        schema: ColumnSchema(fields + [ColumnField("is_bot", .boolean), ColumnField("is_anonymous", .boolean)]),
        columns: columns + [
          .bool(PrimitiveColumn(users.map(\.isBot))), .bool(PrimitiveColumn(users.map(\.isAnonymous))),
        ])
    }
  }

  var globalBatch: ColumnBatch {
    get throws {
      let (fields, columns) = Self.longs(
        ["window_start", "total_events", "total_edits", "total_new_pages", "total_reverts", "total_anonymous"],
        [
          globals.map(\.start), globals.map(\.events), globals.map(\.edits), globals.map(\.new), globals.map(\.reverts),
          globals.map(\.anonymous),
        ])
      return try ColumnBatch(schema: ColumnSchema(fields), columns: columns)
    }
  }

  /// The baselines of `day`.
  func baselines(firstWindow: Int64?, rules: DetectionRules = .standard) throws -> ColumnBatch {
    var transform = BaselineTransform(day: Self.day, firstWindow: firstWindow, rules: rules, batchID: "gold-000009")
    try transform.add(entities: try pageBatch)
    try transform.add(users: try userBatch)
    try transform.add(globals: try globalBatch)
    return try transform.finish()
  }
}

/// Baselines computed once more over plain arrays with every absent window written out.
struct BaselineModel {
  let history: GoldHistory
  let from: Int64
  let to = GoldHistory.dayStart

  private var starts: [Int64] { Array(stride(from: from, to: to, by: Int(GoldHistory.width))) }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private func spread(_ values: [Double]) -> (average: Double, deviation: Double, mad: Double) {
    let average = median(values)
    let mad = median(values.map { abs($0 - average) })
    return (average, max(1.4826 * mad, max(average, 1).squareRoot()), mad)
  }

  private func ratio(_ part: Int64, _ whole: Int64) -> GoldValue {
    .double(whole == 0 ? 0 : Double(part) / Double(whole))
  }

  var rows: Set<GoldRow> { Set(pageRows + userRows + hourRows) }

  private var pageRows: [GoldRow] {
    let inside = history.pages.filter { (from..<to).contains($0.start) }
    return Set(inside.map { [$0.entity, $0.wiki] }).compactMap { key in
      let mine = inside.filter { [$0.entity, $0.wiki] == key }
      let values = starts.map { start in
        Double(mine.filter { $0.start == start }.reduce(0) { $0 + $1.edits + $1.new - $1.bots })
      }
      let events = spread(values)
      guard events.average != 0 || events.mad != 0 else { return nil }
      let edits = mine.reduce(0) { $0 + $1.edits + $1.new }
      return row(
        "entity", .text(key[0]), .text(key[1]), values.count, events, nil,
        ratio(mine.reduce(0) { $0 + $1.reverts }, edits), ratio(mine.reduce(0) { $0 + $1.anonymous }, edits))
    }
  }

  private var userRows: [GoldRow] {
    let mine = history.users.filter { (from..<to).contains($0.start) && !$0.isBot && $0.edits + $0.new > 0 }
    guard !mine.isEmpty else { return [] }
    let edits = mine.reduce(0) { $0 + $1.edits + $1.new }
    return [
      row(
        "user", .text("*"), .null, mine.count, spread(mine.map { Double($0.edits + $0.new) }),
        spread(mine.map { Double($0.entities) }), ratio(mine.reduce(0) { $0 + $1.reverts }, edits),
        ratio(mine.filter(\.isAnonymous).reduce(0) { $0 + $1.edits + $1.new }, edits))
    ]
  }

  private var hourRows: [GoldRow] {
    (0..<24).compactMap { hour in
      let hours = starts.filter { GoldWindowGrid.hour(of: $0) == hour }
      guard !hours.isEmpty else { return nil }
      let mine = history.globals.filter { hours.contains($0.start) }
      let edits = mine.reduce(0) { $0 + $1.edits + $1.new }
      let values = hours.map { start in Double(mine.filter { $0.start == start }.reduce(0) { $0 + $1.events }) }
      return row(
        "global", .text("\(hour)"), .null, values.count, spread(values), nil,
        ratio(mine.reduce(0) { $0 + $1.reverts }, edits), ratio(mine.reduce(0) { $0 + $1.anonymous }, edits))
    }
  }

  private func row(
    _ scope: String, _ key: GoldValue, _ wiki: GoldValue, _ windows: Int,
    _ events: (average: Double, deviation: Double, mad: Double),
    _ entities: (average: Double, deviation: Double, mad: Double)?, _ reverts: GoldValue, _ anonymous: GoldValue
  ) -> GoldRow {
    [
      "event_date": .integer(Int64(GoldHistory.day)), "scope": .text(scope), "key": key, "wiki": wiki,
      "windows": .integer(Int64(windows)), "events_avg": .double(events.average),
      "events_stddev": .double(events.deviation), "entities_avg": GoldValue(entities?.average),
      "entities_stddev": GoldValue(entities?.deviation), "revert_ratio": reverts, "anonymous_ratio": anonymous,
      "computed_from": .integer(from), "computed_to": .integer(to), "batch_id": .text("gold-000009"),
    ]
  }
}

@Suite struct GoldBaselineTests {
  /// A history of some days before the day, partly outside the range that counts.
  private func history(_ generator: inout Xoshiro256StarStar, windows: Int) -> GoldHistory {
    var history = GoldHistory()
    for index in -20..<windows + 5 where Int.random(in: 0..<10, using: &generator) > 0 {
      let start = GoldHistory.dayStart - Int64(windows - index) * GoldHistory.width
      let edits = Int64.random(in: 0...200, using: &generator)
      history.globals.append(
        .init(start: start, events: edits * 2, edits: edits, new: 3, reverts: edits / 9, anonymous: edits / 4))
      for (page, busy) in [("enwiki:A", 9), ("enwiki:B", 6), ("enwiki:C", 5), ("dewiki:D", 4), ("enwiki:Shared", 8)]
      where Int.random(in: 0..<10, using: &generator) < busy {
        history.pages.append(self.page(start, page, &generator))
      }
      for _ in 0..<Int.random(in: 0...4, using: &generator) { history.users.append(user(start, &generator)) }
    }
    return history
  }

  private func page(_ start: Int64, _ entity: String, _ generator: inout Xoshiro256StarStar) -> GoldHistory.Page {
    let edits = Int64.random(in: 0...6, using: &generator)
    let wiki = entity == "enwiki:Shared" ? (start / GoldHistory.width % 5 == 0 ? "dewiki" : "enwiki") : "enwiki"
    return .init(
      start: start, edits: edits, new: 1, bots: Int64.random(in: 0...edits + 1, using: &generator), reverts: edits / 2,
      anonymous: edits / 3, entity: entity, wiki: wiki)
  }

  private func user(_ start: Int64, _ generator: inout Xoshiro256StarStar) -> GoldHistory.User {
    let edits = Int64.random(in: 0...9, using: &generator)
    return .init(
      start: start, edits: edits, new: edits % 2, reverts: edits / 3, entities: (edits + 1) / 2,
      isBot: Bool.random(using: &generator), isAnonymous: Bool.random(using: &generator))
  }

  @Test(arguments: 0..<30) func agreesWithTheModel(seed: Int) throws {
    var generator = Xoshiro256StarStar(seed: UInt64(seed))
    let windows = Int.random(in: 144...200, using: &generator)
    let history = history(&generator, windows: windows)
    let from = GoldHistory.dayStart - Int64(windows) * GoldHistory.width
    let rows = try history.baselines(firstWindow: from)
    #expect(rows.schema == Tables.goldBaselines.schema)
    #expect(Set(rows.goldRows) == BaselineModel(history: history, from: from).rows)
    #expect(Set(rows.goldRows).count == rows.rowCount)
  }

  @Test func onlySevenDaysCount() throws {
    var generator = Xoshiro256StarStar(seed: 1)
    let history = history(&generator, windows: 1100)
    let rows = try history.baselines(firstWindow: GoldHistory.dayStart - 1100 * GoldHistory.width)
    let from = GoldHistory.dayStart - 7 * 144 * GoldHistory.width
    #expect(Set(rows.goldRows) == BaselineModel(history: history, from: from).rows)
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    var generator = Xoshiro256StarStar(seed: 2)
    var history = history(&generator, windows: 150)
    let first = GoldHistory.dayStart - 150 * GoldHistory.width
    let sorted = try history.baselines(firstWindow: first)
    history.pages.shuffle(using: &generator)
    history.users.shuffle(using: &generator)
    history.globals.shuffle(using: &generator)
    #expect(try history.baselines(firstWindow: first) == sorted)
  }

  @Test(arguments: [(144, true), (143, false), (0, false)]) func aDayOfWindowsIsTheMinimum(windows: Int, isEnough: Bool)
    throws
  {
    let first = GoldHistory.dayStart - Int64(windows) * GoldHistory.width
    let transform = BaselineTransform(day: GoldHistory.day, firstWindow: first, rules: .standard, batchID: "")
    #expect((transform.windows != nil) == isEnough)
    let rows = try transform.finish()
    #expect(rows.rowCount == (isEnough ? 24 : 0))
  }

  @Test func withoutGoldThereIsNothing() throws {
    let transform = BaselineTransform(day: GoldHistory.day, firstWindow: nil, rules: .standard, batchID: "")
    #expect(transform.windows == nil)
    #expect(try transform.finish() == ColumnBatch(empty: Tables.goldBaselines.schema))
    let later = BaselineTransform(day: 5, firstWindow: GoldHistory.dayStart, rules: .standard, batchID: "")
    #expect(later.windows == nil)
  }

  @Test func theListsOfColumnsAreWhatIsRead() throws {
    #expect(BaselineTransform.entityColumns.allSatisfy { Tables.goldEntityMetrics.schema.position(of: $0) != nil })
    #expect(BaselineTransform.userColumns.allSatisfy { Tables.goldUserMetrics.schema.position(of: $0) != nil })
    #expect(BaselineTransform.globalColumns.allSatisfy { Tables.goldGlobalMetrics.schema.position(of: $0) != nil })
    var transform = BaselineTransform(day: 0, firstWindow: nil, rules: .standard, batchID: "")
    try transform.add(
      entities: ColumnBatch(empty: Tables.goldEntityMetrics.schema).selecting(BaselineTransform.entityColumns))
    try transform.add(users: ColumnBatch(empty: Tables.goldUserMetrics.schema).selecting(BaselineTransform.userColumns))
    try transform.add(
      globals: ColumnBatch(empty: Tables.goldGlobalMetrics.schema).selecting(BaselineTransform.globalColumns))
  }
}
