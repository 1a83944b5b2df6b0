import Columns
import Hashing
import Pipeline
import Testing

/// Thousands of keys of every length, many of which begin alike.
@Suite struct GoldManyKeysTests {
  /// Random text over few letters, so that keys are often prefixes of others.
  private func key(_ generator: inout Xoshiro256StarStar) -> String {
    let length = Int.random(in: 0...40, using: &generator)
    return String(
      (0..<length).map { _ in Bool.random(using: &generator) ? "a" : Bool.random(using: &generator) ? "\0" : "ü" })
  }

  private func events(seed: UInt64) -> [GoldEvent] {
    var generator = Xoshiro256StarStar(seed: seed)
    let pages = (0..<2_000).map { _ in key(&generator) }
    let users = (0..<1_000).map { _ in key(&generator) }
    return (0..<5_000).map { _ in
      GoldEvent(
        time: Int64.random(in: 0..<600_000_000, using: &generator), entity: pages.randomElement(using: &generator),
        wiki: Bool.random(using: &generator) ? "enwiki" : "dewiki", user: users.randomElement(using: &generator))
    }
  }

  @Test(arguments: 0..<2) func everyKeyHasItsRow(seed: UInt64) throws {
    let events = events(seed: seed)
    let window = try #require(try GoldBatch.windows(events, batchSize: 3_000).first)
    var pages: [[GoldValue]: (events: Int64, editors: Set<GoldValue>)] = [:]
    var users: [GoldValue: (events: Int64, pages: Set<GoldValue>)] = [:]
    for event in events {
      pages[[GoldValue(event.entity), GoldValue(event.wiki)], default: (0, [])].events += 1
      pages[[GoldValue(event.entity), GoldValue(event.wiki)]]?.editors.insert(GoldValue(event.user))
      users[GoldValue(event.user), default: (0, [])].events += 1
      users[GoldValue(event.user)]?.pages.insert(GoldValue(event.entity))
    }
    #expect(window.entities.rows.rowCount == pages.count)
    for row in window.entities.rows.goldRows {
      let page = pages[[row["entity"] ?? .null, row["wiki"] ?? .null]]
      #expect(row["total_events"] == GoldValue(page?.events))
      #expect(row["unique_editors"] == GoldValue(page?.editors.count))
    }
    #expect(window.users.rows.rowCount == users.count)
    for row in window.users.rows.goldRows {
      let user = users[row["user_name"] ?? .null]
      #expect(row["total_events"] == GoldValue(user?.events))
      #expect(row["entities_edited"] == GoldValue(user?.pages.count))
    }
    #expect(try window.globals.rows.int64s("unique_users").values == [Int64(users.count)])
  }

  @Test(arguments: 0..<2) func rowsAreInByteOrder(seed: UInt64) throws {
    let window = try #require(try GoldBatch.windows(events(seed: seed)).first)
    let names = try window.users.rows.binaries("user_name")
    let entities = try window.entities.rows.binaries("entity")
    let wikis = try window.entities.rows.binaries("wiki")
    let users = (0..<names.count).map { Array(names[$0] ?? []) }
    let pages = (0..<entities.count).map { [Array(entities[$0] ?? []), Array(wikis[$0] ?? [])] }
    #expect(zip(users, users.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect(
      zip(pages, pages.dropFirst()).allSatisfy { left, right in
        left[0] == right[0] ? left[1].lexicographicallyPrecedes(right[1]) : left[0].lexicographicallyPrecedes(right[0])
      })
  }

  @Test func anUnchangedWindowOfManyRowsIsFoundUnchanged() throws {
    let events = events(seed: 9)
    let first = try #require(try GoldBatch.windows(events).first)
    var gold = try GoldBatch.transform([0])
    try gold.add(events: GoldEvent.batch(events.reversed()))
    var windows = gold.finish()
    let again = try windows.window(
      0,
      previous: PreviousGold(entities: first.entities.rows, users: first.users.rows, globals: first.globals.rows))
    #expect(!again.needsWrite)
  }
}
