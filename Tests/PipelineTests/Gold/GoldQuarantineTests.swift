import Columns
import Failures
import Pipeline
import Quality
import Testing

@Suite struct GoldQuarantineTests {
  static let start: Int64 = 1_700_000_400_000_000

  @Test func groupsWithoutAKeyGoToQuarantine() throws {
    let events = [
      GoldEvent(time: Self.start, entity: nil, user: "Anna"),
      GoldEvent(time: Self.start, entity: "enwiki:A", user: nil),
      GoldEvent(time: Self.start, entity: "enwiki:A", user: "Anna"),
    ]
    let window = try #require(try GoldBatch.windows(events).first)
    #expect(window.entities.rows.rowCount == 1 && window.users.rows.rowCount == 1)
    #expect(try window.globals.rows.int64s("total_events").values == [3])
    #expect(try window.globals.rows.int64s("unique_users").values == [1])
    #expect(try window.globals.rows.int64s("unique_entities").values == [1])
    #expect(window.failedCount == 2)
    #expect(try window.quarantine.binaries("quarantine_reason").string(0) == "entity_not_null")
    #expect(try window.quarantine.binaries("quarantine_reason").string(1) == "user_name_not_null")
  }

  @Test func aQuarantineRowTellsWhatItWas() throws {
    let event = GoldEvent(time: Self.start, entity: nil, wiki: nil, user: "Anna")
    let window = try #require(try GoldBatch.windows([event]).first)
    let row = try #require(window.quarantine.goldRows.first)
    #expect(window.quarantine.schema == Tables.goldQuarantine.schema)
    #expect(row["failed_checks"] == .text("entity_not_null|wiki_not_null"))
    #expect(row["status"] == .text("open"))
    #expect(row["event_time"] == .integer(Self.start))
    #expect(row["quarantine_timestamp"] == .integer(GoldBatch.clock))
    #expect(row["event_date"] == .integer(19677))
    #expect(row["meta_id"] == .null && row["kafka_offset"] == .null && row["original_bytes"] == .null)
    let record = try #require(try window.quarantine.binaries("original_record").string(0))
    #expect(
      record.hasPrefix("{\"window_start\":\(Self.start),\"window_end\":\(Self.start + 600_000_000),\"entity\":null,"))
    #expect(record.contains("\"revert_ratio\":0.0,") && record.contains("\"is_anomaly\":false,"))
  }

  @Test func rowIdentifiersAreStableAndDistinct() throws {
    let events = [
      GoldEvent(time: Self.start, entity: nil, wiki: "enwiki"),
      GoldEvent(time: Self.start, entity: nil, wiki: "dewiki"),
      GoldEvent(time: Self.start + 600_000_000, entity: nil, wiki: "dewiki"),
    ]
    let first = try GoldBatch.windows(events).flatMap(\.quarantine.goldRows).map { $0["row_id"] }
    let second = try GoldBatch.windows(events + events).flatMap(\.quarantine.goldRows).map { $0["row_id"] }
    #expect(first == second)
    #expect(Set(first).count == 3)
  }

  @Test func checksAreCounted() throws {
    let window = try #require(try GoldBatch.windows([GoldEvent(time: Self.start, entity: nil)]).first)
    let failed = window.checks.filter { $0.failed > 0 }
    #expect(failed.map(\.name) == ["entity_not_null"])
    #expect(failed.map(\.checked) == [1])
  }

  @Test func aCheckOfTheConfigurationCanBeWaived() throws {
    let strict = try RowChecks([RowCheck("revert_ratio", .between(0, 0.1), name: "few_reverts")])
    let event = GoldEvent(time: Self.start, isRevert: true)
    for (waived, kept) in [(Set<String>(), 0), (["few_reverts"], 1)] {
      let checks = try GoldRowChecks(entities: strict, waiving: waived)
      var gold = try GoldBatch.transform([Self.start], checks: checks)
      try gold.add(events: GoldEvent.batch([event]))
      var windows = gold.finish()
      #expect(try windows.window(0).entities.rows.rowCount == kept)
    }
    #expect(throws: Failure.self) { try GoldRowChecks(waiving: ["entity_not_null"]) }
  }

  @Test func onlyOpenRowsOfTheKeyAndWindowCount() throws {
    let failed = [
      GoldFailedRow(time: Self.start), GoldFailedRow(time: Self.start + 599_999_999),
      GoldFailedRow(time: Self.start, status: "released"), GoldFailedRow(time: Self.start, status: "discarded"),
      GoldFailedRow(time: Self.start - 1), GoldFailedRow(time: Self.start + 600_000_000), GoldFailedRow(time: nil),
      GoldFailedRow(time: Self.start, entity: nil), GoldFailedRow(time: Self.start, wiki: "dewiki"),
      GoldFailedRow(time: Self.start, user: "Another"), GoldFailedRow(time: Self.start, user: nil),
    ]
    let window = try #require(try GoldBatch.windows([GoldEvent(time: Self.start)], failed: failed).first)
    #expect(try window.entities.rows.int64s("quality_failed_count").values == [4])
    #expect(try window.entities.rows.doubles("quality_ratio").values == [0.2])
    #expect(try window.users.rows.int64s("quality_failed_count").values == [4])
    #expect(try window.globals.rows.int64s("total_quality_failed").values == [6])
  }

  @Test func quarantineAloneMakesNoRow() throws {
    var gold = try GoldBatch.transform([Self.start])
    try gold.add(quarantined: GoldFailedRow.batch([GoldFailedRow(time: Self.start)]))
    var windows = gold.finish()
    #expect(try !windows.window(0).needsWrite)
  }
}
