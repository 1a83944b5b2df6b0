import Columns
import Failures
import Pipeline
import Quality
import RecentChange
import Testing

private func transform(
  clock: Int64 = EventJSON.ingestion, waived: Set<String> = [], byBatch: [String: Set<String>] = [:],
  allowlist: Allowlist? = nil,
  threads: Int = 1
) throws -> SilverTransform {
  let plan = SilverTransform.Plan(clock: clock, batchID: "silver-000001", waived: waived, waivedByBronzeBatch: byBatch)
  return try SilverTransform(plan, allowlist: allowlist ?? Allowlist(), threads: threads)
}

private func run(_ rows: BronzeRows, known: Set<String> = [], _ transform: SilverTransform? = nil) throws
  -> SilverResult
{
  let transform = try transform ?? PipelineTests.transform()
  let candidates = try transform.parse(bronze: [rows.batch])
  let ids = try candidates.rows.cells("meta_id")
  return try transform.finish(candidates, known: ids.map { known.contains($0) })
}

private func run(_ event: EventJSON, ingestion: Int64 = EventJSON.ingestion) throws -> SilverResult {
  var rows = BronzeRows()
  rows.append(event.json, ingestion: ingestion)
  return try run(rows)
}

/// An event, and what its row says.
struct SilverRowCase: Sendable, CustomTestStringConvertible {
  let name: String
  let json: String
  let expected: [String: String]
  var ingestion = EventJSON.ingestion

  init(_ name: String, _ event: EventJSON, _ expected: [String: String], ingestion: Int64 = EventJSON.ingestion) {
    (self.name, json, self.expected, self.ingestion) = (name, event.json, expected, ingestion)
  }

  var testDescription: String { name }
}

private let rowCases: [SilverRowCase] = [
  SilverRowCase(
    "an edit", EventJSON(),
    [
      "event_id": "key-0", "meta_id": "m-1", "request_id": "r-1", "wikimedia_id": "1", "event_type": "edit",
      "namespace": "0", "title": "Berlin",
      "title_url": "https://w/Berlin", "comment": "typo", "event_timestamp": "1700000000",
      "event_time": "1700000000000000", "user_name": "Ann",
      "is_bot": "false", "is_minor": "true", "is_patrolled": "false", "wiki": "enwiki", "server_url": "https://w",
      "notify_url": "https://w/n",
      "domain": "w", "canonical_entity": "enwiki:Berlin", "length_old": "100", "length_new": "90", "revision_old": "7",
      "revision_new": "8",
      "log_id": "nil", "log_type": "nil", "log_action": "nil", "log_params": "nil", "kafka_cluster_id": "log-1",
      "kafka_topic": "cleaned_events",
      "kafka_partition": "0", "kafka_offset": "0", "ingestion_timestamp": "1700000003500000", "ingest_time": "nil",
      "bytes_changed": "-10",
      "is_revert": "false", "revert_kind": "nil", "revert_target_user": "nil", "revert_target_revision": "nil",
      "is_anonymous": "false",
      "user_kind": "registered", "event_hour": "22", "processing_lag_seconds": "3", "has_comment": "true",
      "is_large_edit": "false",
      "is_bot_consistent": "true", "is_allowlisted": "false", "event_date": "19675", "batch_id": "silver-000001",
    ]),
  SilverRowCase("no meta.dt: the timestamp is the time", EventJSON(time: nil), ["event_time": "1700000000000000"]),
  SilverRowCase(
    "meta.dt goes before the timestamp", EventJSON(time: "2023-11-14T22:13:21.250Z"),
    [
      "event_time": "1700000001250000", "processing_lag_seconds": "2", "event_timestamp": "1700000000",
    ]),
  SilverRowCase(
    "the lag is rounded down", EventJSON(), ["processing_lag_seconds": "-1"], ingestion: EventJSON.time - 1),
  SilverRowCase(
    "a new page", EventJSON().with("type", #""new""#).with("length", #"{"new":20000}"#).with("revision", #"{"new":8}"#),
    [
      "bytes_changed": "20000", "length_old": "nil", "is_large_edit": "true", "revision_old": "nil",
    ]),
  SilverRowCase(
    "10,240 bytes are not large", EventJSON().with("length", #"{"old":10240,"new":0}"#),
    ["bytes_changed": "-10240", "is_large_edit": "false"]),
  SilverRowCase(
    "10,241 are", EventJSON().with("length", #"{"old":10241,"new":0}"#),
    ["bytes_changed": "-10241", "is_large_edit": "true"]),
  SilverRowCase(
    "no lengths", EventJSON().with("length", nil),
    ["bytes_changed": "0", "is_large_edit": "false", "length_new": "nil"]),
  SilverRowCase(
    "an undo",
    EventJSON().with(
      "comment", #""Undid revision 123456 by [[Special:Contributions/Bob_B|Bob B]] ([[User talk:Bob B|talk]])""#),
    [
      "is_revert": "true", "revert_kind": "undo", "revert_target_user": "Bob B", "revert_target_revision": "123456",
      "has_comment": "true",
    ]),
  SilverRowCase(
    "a shrinking page is no revert", EventJSON().with("length", #"{"old":9000,"new":1}"#), ["is_revert": "false"]),
  SilverRowCase(
    "only edits revert", EventJSON().with("type", #""categorize""#).with("comment", #""rv""#),
    ["is_revert": "false", "revert_kind": "nil"]),
  SilverRowCase("a section is no comment", EventJSON().with("comment", #""/* History */ ""#), ["has_comment": "false"]),
  SilverRowCase(
    "no comment", EventJSON().with("comment", nil), ["has_comment": "false", "comment": "nil", "is_revert": "false"]),
  SilverRowCase(
    "an address", EventJSON().with("user", #""2001:db8::7""#), ["user_kind": "anonymous", "is_anonymous": "true"]),
  SilverRowCase(
    "a temporary account", EventJSON().with("user", #""~2025-12345-67""#),
    ["user_kind": "temporary", "is_anonymous": "true"]),
  SilverRowCase(
    "a bot that says so", EventJSON().with("user", #""SineBot""#).with("bot", "true"),
    ["user_kind": "bot", "is_bot_consistent": "true"]),
  SilverRowCase(
    "a bot that does not", EventJSON().with("bot", "true"),
    ["user_kind": "bot", "is_bot_consistent": "false", "is_anonymous": "false"]),
  SilverRowCase(
    "a name that claims to be a bot", EventJSON().with("user", #""SineBot""#),
    ["user_kind": "registered", "is_bot_consistent": "false"]),
  SilverRowCase(
    "a log entry without id",
    EventJSON().with("type", #""log""#).with("id", nil).with("log_params", #"{"a":[1,"é"]}"#).with(
      "log_type", #""move""#),
    [
      "wikimedia_id": "nil", "log_params": #"{"a":[1,"é"]}"#, "log_type": "move",
    ]),
  SilverRowCase(
    "ingest's time", EventJSON().with("_metadata", #"{"ingestion_timestamp":"2023-11-14T22:13:22Z"}"#),
    ["ingest_time": "1700000002000000"]),
  SilverRowCase(
    "no bot flag", EventJSON().with("bot", nil),
    ["is_bot": "nil", "user_kind": "registered", "is_bot_consistent": "nil"]),
]

@Suite struct SilverTransformTests {
  @Test("Columns of a row", arguments: rowCases)
  func columns(_ example: SilverRowCase) throws {
    var rows = BronzeRows()
    rows.append(example.json, ingestion: example.ingestion)
    let events = try run(rows).events
    try #require(events.rowCount == 1)
    for (name, expected) in example.expected { #expect(try events.cell(name, 0) == expected, "\(name)") }
  }

  @Test("The row case of an edit names every column of the table")
  func everyColumn() { #expect(Set(rowCases[0].expected.keys) == Set(Tables.silverEvents.schema.fields.map(\.name))) }

  @Test("Watched pages have the list's title and are marked")
  func watched() throws {
    let allowlist = try Allowlist(entries: [
      AllowlistEntry(title: "Berlin", wiki: "enwiki", aliases: ["Berlin, Germany"])
    ]
    )
    var rows = BronzeRows()
    for (id, title) in [("a", "berlin,_Germany"), ("b", "Berlin"), ("c", "Berliner")] {
      rows.append(EventJSON(id).with("title", "\"\(title)\"").json)
    }
    let events = try run(rows, transform(allowlist: allowlist)).events
    #expect(try events.cells("is_allowlisted") == ["true", "true", "false"])
    #expect(try events.cell("canonical_entity", 0) == events.cell("canonical_entity", 1))
    #expect(try events.cell("canonical_entity", 2) == "enwiki:Berliner")
  }

  @Test("What is large is configured")
  func largeEdit() throws {
    var rows = BronzeRows()
    for change in [9, -10, 11, -11] {
      rows.append(EventJSON("m\(change)").with("length", "{\"old\":100,\"new\":\(100 + change)}").json)
    }
    let plan = SilverTransform.Plan(clock: EventJSON.ingestion, batchID: "b", largeEditBytes: 10)
    let events = try run(rows, SilverTransform(plan, allowlist: Allowlist())).events
    #expect(try events.cells("is_large_edit") == ["false", "false", "true", "true"])
  }

  @Test("What cannot be parsed goes to quarantine with what is wrong and what is known")
  func parseFailures() throws {
    var rows = BronzeRows()
    rows.append(EventJSON("good").json)
    rows.append("{\"meta\":")
    rows.append(EventJSON("typed").with("namespace", #""0""#).json)
    rows.append([0x7b, 0xff, 0x7d])
    rows.append("")
    let result = try run(rows)
    #expect(result.counts == QualityCounts(total: 5, passed: 1, failed: 4, duplicates: 0))
    #expect(try result.events.cells("meta_id") == ["good"])
    let quarantine = result.quarantine
    #expect(try quarantine.cells("quarantine_reason") == ["parse", "parse", "parse", "parse"])
    #expect(try quarantine.cells("kafka_offset") == ["1", "2", "3", "4"])
    #expect(try quarantine.cells("meta_id") == ["nil", "typed", "nil", "nil"])
    #expect(try quarantine.cells("event_time") == ["nil", "1700000000000000", "nil", "nil"])
    #expect(try quarantine.cells("user_name") == ["nil", "Ann", "nil", "nil"])
    #expect(try quarantine.cells("entity")[1] == "enwiki:Berlin")
    #expect(try quarantine.cell("failed_checks", 1).hasPrefix("parse,field namespace"))
    #expect(try quarantine.cell("original_record", 0) == "{\"meta\":")
    #expect(try quarantine.cells("original_record")[2] == "nil")
    #expect(try quarantine.binaries("original_bytes")[2] == [0x7b, 0xff, 0x7d])
    #expect(result.checks[0] == CheckCount(name: "parse", checked: 5, failed: 4))
    #expect(result.windows == [1_699_999_800_000_000])
  }

  @Test("A row that fails checks is in quarantine with each of them, its record and its window")
  func failedChecks() throws {
    var rows = BronzeRows()
    rows.append(EventJSON("late").with("user", nil).json, ingestion: EventJSON.time + 3_601_000_000)
    let result = try run(rows)
    #expect(result.counts == QualityCounts(total: 1, passed: 0, failed: 1, duplicates: 0))
    #expect(try result.quarantine.cell("failed_checks", 0) == "user_name_not_null,freshness")
    #expect(try result.quarantine.cell("quarantine_reason", 0) == "user_name_not_null")
    #expect(try result.quarantine.cell("original_record", 0) == EventJSON("late").with("user", nil).json)
    #expect(try result.quarantine.cell("status", 0) == "open")
    #expect(try result.quarantine.cell("quarantine_batch_id", 0) == "silver-000001")
    #expect(result.windows == [1_699_999_800_000_000])
    #expect(result.checks.first { $0.name == "freshness" } == CheckCount(name: "freshness", checked: 1, failed: 1))
  }

  @Test("A known id is dropped and counted before any check sees it")
  func knownIDs() throws {
    var rows = BronzeRows()
    rows.append(EventJSON("old").with("user", nil).json)
    rows.append(EventJSON("new").json)
    let result = try run(rows, known: ["old"])
    #expect(result.counts == QualityCounts(total: 2, passed: 1, failed: 0, duplicates: 1))
    #expect(result.quarantine.rowCount == 0)
    #expect(result.checks.first { $0.name == "user_name_not_null" }?.checked == 1)
  }

  @Test("Of one id the lowest topic, partition and offset that passes stays")
  func duplicates() throws {
    var rows = BronzeRows()
    rows.append(EventJSON("x").json, topic: "b", partition: 0, offset: 1)
    rows.append(EventJSON("x").json, topic: "a", partition: 1, offset: 5)
    rows.append(EventJSON("x").json, topic: "a", partition: 0, offset: 9)
    rows.append(EventJSON("x", time: "2023-11-14T22:13:19Z").json, topic: "a", partition: 0, offset: 8)
    rows.append(EventJSON("x").with("user", nil).json, topic: "a", partition: 0, offset: 2)
    let result = try run(rows)
    #expect(result.counts == QualityCounts(total: 5, passed: 1, failed: 1, duplicates: 3))
    #expect(try result.events.cells("kafka_offset") == ["8"])
    #expect(try result.quarantine.cells("kafka_offset") == ["2"])
  }

  @Test("Rows are ordered by time, then topic, partition and offset")
  func order() throws {
    var rows = BronzeRows()
    for (offset, time) in ["20", "18", "20", "19", "18"].enumerated() {
      rows.append(
        EventJSON("m-\(offset)", time: "2023-11-14T22:13:\(time)Z").json, topic: offset == 4 ? "a" : "b",
        offset: Int64(offset))
    }
    #expect(try run(rows).events.cells("kafka_offset") == ["4", "1", "3", "0", "2"])
  }

  @Test("Waivers hold for all rows or for a Bronze batch's")
  func waivers() throws {
    var rows = BronzeRows()
    for batch in ["bronze-1", "bronze-2"] {
      rows.append(EventJSON(batch).json, ingestion: EventJSON.time + 9_000_000_000, batch: batch)
    }
    #expect(try run(rows).counts.failed == 2)
    #expect(try run(rows, transform(waived: ["freshness"])).counts.passed == 2)
    let result = try run(rows, transform(byBatch: ["bronze-2": ["freshness", "event_id_not_null"]]))
    #expect(try result.events.cells("meta_id") == ["bronze-2"])
    #expect(throws: Failure.self) { try run(rows, transform(waived: ["meta_id_not_null"])) }
  }

  @Test("The windows are those of rows added or quarantined, not of duplicates")
  func windows() throws {
    var rows = BronzeRows()
    for (id, time) in [("a", "22:10:00"), ("b", "22:09:59.999"), ("c", "21:59:59"), ("a", "21:30:00")] {
      rows.append(EventJSON(id, time: "2023-11-14T\(time)Z").with("wiki", id == "c" ? nil : #""enwiki""#).json)
    }
    let result = try run(rows)
    #expect(result.windows.sorted() == [1_699_998_600_000_000, 1_699_999_200_000_000, 1_699_999_800_000_000])
  }

  @Test("Look-ups must be as many as candidates")
  func lookUpCount() throws {
    var rows = BronzeRows()
    rows.append(EventJSON().json)
    let transform = try transform()
    let candidates = try transform.parse(bronze: [rows.batch])
    #expect(throws: Failure.self) { try transform.finish(candidates, known: []) }
  }

  @Test("Bronze rows in parts give what they give together", arguments: [1, 4])
  func parts(threads: Int) throws {
    var rows = BronzeRows()
    for row in 0..<1_500 {
      switch row % 50 {
      case 7: rows.append("{")
      case 11: rows.append(EventJSON("m-\(row)").with("namespace", nil).json)
      default: rows.append(EventJSON("m-\(row % 1_400)").json)
      }
    }
    let whole = try run(rows)
    let transform = try transform(threads: threads)
    let cuts = [0, 0, 300, 301, 1_200, 1_500]
    let batch = try rows.batch
    let parts = zip(cuts, cuts.dropFirst()).map { batch.gathering(Array($0..<$1)) }
    let candidates = try transform.parse(bronze: parts)
    let known = [Bool](repeating: false, count: candidates.rows.rowCount)
    #expect(try transform.finish(candidates, known: known) == whole)
    #expect(whole.quarantine.rowCount == 60 && whole.counts.duplicates > 0)
  }

  @Test("No rows are no rows")
  func empty() throws {
    let result = try run(BronzeRows())
    #expect(result.counts == QualityCounts())
    #expect(result.events == ColumnBatch(empty: Tables.silverEvents.schema))
    #expect(result.quarantine.rowCount == 0 && result.windows.isEmpty)
  }
}
