import Columns
import Pipeline
import Testing

@Suite struct GoldRevisionTests {
  static let start: Int64 = 1_700_000_400_000_000
  static let events = [
    GoldEvent(time: start, entity: "enwiki:A", user: "Anna"),
    GoldEvent(time: start + 1, entity: "enwiki:A", user: "Ben"),
    GoldEvent(time: start + 2, entity: "enwiki:B", user: "Ben"),
  ]

  /// The window of `events` seen after `previous`.
  private func window(
    _ events: [GoldEvent], after previous: PreviousGold = PreviousGold(), watermark: Int64 = 0, batch: Int = 1
  ) throws -> GoldWindow {
    var gold = try GoldBatch.transform([Self.start], watermark: watermark, batchID: "gold-00000\(batch)")
    try gold.add(events: GoldEvent.batch(events))
    var windows = gold.finish()
    return try windows.window(0, previous: previous)
  }

  private func previous(_ window: GoldWindow) -> PreviousGold {
    PreviousGold(entities: window.entities.rows, users: window.users.rows, globals: window.globals.rows)
  }

  private func revisions(_ rows: ColumnBatch, _ key: String) throws -> [String: Int32] {
    let revisions = try rows.int32s("revision").values
    let keys = try rows.binaries(key)
    return Dictionary(uniqueKeysWithValues: (0..<rows.rowCount).map { (keys.string($0) ?? "", revisions[$0]) })
  }

  @Test func aNewWindowAppears() throws {
    let first = try window(Self.events)
    #expect(first.entities.change == .appeared && first.users.change == .appeared && first.globals.change == .appeared)
    #expect(try first.entities.rows.int32s("revision").values == [0, 0])
  }

  @Test func theSameRowsLeaveItUnchanged() throws {
    let second = try window(Self.events, after: previous(try window(Self.events)), batch: 2)
    #expect(!second.needsWrite)
    #expect(second.entities.change == .unchanged)
    #expect(try second.entities.rows.int32s("revision").values == [0, 0])
    #expect(try second.entities.rows.binaries("batch_id").string(0) == "gold-000002")
  }

  @Test func finalityAloneIsNoRevision() throws {
    let final = try window(Self.events, after: previous(try window(Self.events)), watermark: .max, batch: 2)
    #expect(final.entities.change == .finality && final.users.change == .finality && final.globals.change == .finality)
    #expect(final.needsWrite)
    #expect(try final.globals.rows.int32s("revision").values == [0])
    #expect(try final.globals.rows.bools("is_final").values == [true])
  }

  @Test func onlyRowsWhoseValuesChangedAreRevised() throws {
    let late = Self.events + [GoldEvent(time: Self.start + 3, entity: "enwiki:B", user: "Cleo")]
    let second = try window(late, after: previous(try window(Self.events)), batch: 2)
    #expect(second.entities.change == .changed)
    #expect(try revisions(second.entities.rows, "entity") == ["enwiki:A": 0, "enwiki:B": 1])
    #expect(try revisions(second.users.rows, "user_name") == ["Anna": 0, "Ben": 0, "Cleo": 0])
    #expect(second.users.change == .changed)
    #expect(try second.globals.rows.int32s("revision").values == [1])
    let later = late + [GoldEvent(time: Self.start + 4, type: "log", entity: "enwiki:B", user: "Cleo")]
    let third = try window(later, after: previous(second), batch: 3)
    #expect(try revisions(third.entities.rows, "entity") == ["enwiki:A": 0, "enwiki:B": 2])
    #expect(try revisions(third.users.rows, "user_name") == ["Anna": 0, "Ben": 0, "Cleo": 1])
    #expect(try third.globals.rows.int32s("revision").values == [2])
  }

  @Test func aRowThatWentChangesTheWindow() throws {
    let second = try window(Array(Self.events.prefix(2)), after: previous(try window(Self.events)), batch: 2)
    #expect(second.entities.change == .changed)
    #expect(try revisions(second.entities.rows, "entity") == ["enwiki:A": 0])
  }

  @Test func aWindowWhoseRowsAllWentIsEmptied() throws {
    let second = try window([], after: previous(try window(Self.events)), batch: 2)
    #expect(second.entities.change == .changed && second.entities.rows.rowCount == 0)
    #expect(second.globals.change == .changed && second.needsWrite)
  }

  @Test func previousRowsOfOtherWindowsAreIgnored() throws {
    var gold = try GoldBatch.transform([Self.start, Self.start + GoldWindowGrid.width])
    let shifted = Self.events.map { event in
      var event = event
      event.time += GoldWindowGrid.width
      return event
    }
    try gold.add(events: GoldEvent.batch(Self.events + shifted))
    var windows = gold.finish()
    var all = try windows.window(0).entities.rows
    try all.append(contentsOf: try windows.window(1).entities.rows)
    let again = try window(Self.events, after: PreviousGold(entities: all), watermark: .max)
    #expect(again.entities.change == .unchanged)
    #expect(again.users.change == .appeared)
  }

  @Test func aColumnThatTheTableLackedCountsAsNull() throws {
    let first = try window(Self.events).entities.rows
    let kept = first.schema.fields.map(\.name).filter { $0 != "anomaly_types" }
    let same = try window(Self.events, after: PreviousGold(entities: try first.selecting(kept)))
    #expect(same.entities.change == .unchanged)
    let without = first.schema.fields.map(\.name).filter { $0 != "severity" }
    let changed = try window(Self.events, after: PreviousGold(entities: try first.selecting(without)))
    #expect(changed.entities.change == .changed)
    #expect(try changed.entities.rows.int32s("revision").values == [1, 1])
  }
}
