import Columns
import Failures
import Pipeline
import Quality
import RecentChange
import Testing

private let clock: Int64 = 1_700_000_000_123_456

private func transform(_ waived: Set<String> = []) -> BronzeTransform {
  BronzeTransform(BronzeTransform.Plan(logID: "log-1", clock: clock, batchID: "bronze-000001", waived: waived))
}

/// Records: key, value and milliseconds.
private func input(
  _ records: [(String?, [UInt8]?, Int64)], topic: String = "cleaned_events", partition: Int32 = 2, first: Int64 = 10
) throws -> BronzeInput {
  var values = BinaryColumn()
  for record in records { if let value = record.1 { values.append(value[...]) } else { values.appendNull() } }
  return try BronzeInput(
    topic: topic, partition: partition, offsets: records.indices.map { first + Int64($0) },
    timestamps: records.map(\.2),
    keys: BinaryColumn(records.map(\.0)), values: values)
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A record, the checks that it fails, and whether its bytes are kept as text.
private let bad: [(String?, [UInt8]?, String, Bool)] = [
  (nil, bytes("{}"), "event_id_not_null", true),
  ("k", nil, "event_data_not_null", false),
  (nil, nil, "event_id_not_null,event_data_not_null", false),
  ("k", bytes("{\"a\":"), "event_data_is_json", true),
  ("k", bytes(""), "event_data_is_json", true),
  ("k", bytes("no json"), "event_data_is_json", true),
  ("k", bytes("{}{}"), "event_data_is_json", true),
  ("k", [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], "event_data_utf8,event_data_is_json", false),
]

@Suite struct BronzeTransformTests {
  @Test("A record becomes a row, byte for byte")
  func goodRecord() throws {
    let event = "{ \"meta\" : {\"id\":\"é\"} ,\n \"x\":1.50 }"
    let result = try transform().events(input([("k", bytes(event), 1_700_000_000_001)]))
    #expect(result.counts == QualityCounts(total: 1, passed: 1))
    let expected = [
      "event_id": "k", "event_data": event, "kafka_topic": "cleaned_events", "kafka_partition": "2",
      "kafka_offset": "10",
      "kafka_timestamp": "1700000000001000", "ingestion_timestamp": "\(clock)", "event_date": "19675",
      "batch_id": "bronze-000001",
      "kafka_cluster_id": "log-1",
    ]
    #expect(Set(expected.keys) == Set(Tables.bronzeEvents.schema.fields.map(\.name)))
    for (name, value) in expected { #expect(try result.events.cell(name, 0) == value, "\(name)") }
    #expect(result.quarantine.rowCount == 0)
  }

  @Test("No time is null", arguments: [(Int64(-1), "nil"), (0, "0"), (5, "5000"), (.max, "nil")])
  func recordTime(_ milliseconds: Int64, _ expected: String) throws {
    #expect(
      try transform().events(input([("k", bytes("{}"), milliseconds)])).events.cell("kafka_timestamp", 0) == expected)
  }

  @Test("A record that is no event is in quarantine with every reason, byte for byte", arguments: bad.indices)
  func badRecord(_ index: Int) throws {
    let (key, value, checks, isText) = bad[index]
    let result = try transform().events(input([("good", bytes("{}"), 0), (key, value, 0), ("good", bytes("{}"), 0)]))
    #expect(result.counts == QualityCounts(total: 3, passed: 2, failed: 1))
    #expect(try result.events.cells("kafka_offset") == ["10", "12"])
    let quarantine = result.quarantine
    #expect(try quarantine.cell("failed_checks", 0) == checks)
    #expect(try quarantine.cell("quarantine_reason", 0) == checks.split(separator: ",").first.map(String.init))
    #expect(try quarantine.cell("kafka_offset", 0) == "11")
    #expect(try quarantine.cell("meta_id", 0) == key ?? "nil")
    let kept = try quarantine.binaries(isText ? "original_record" : "original_bytes")[0]
    #expect(kept.map(Array.init) == value)
    #expect(try quarantine.cell(isText ? "original_bytes" : "original_record", 0) == "nil")
  }

  @Test("Negative offsets and partitions are no coordinates")
  func negativeCoordinates() throws {
    let result = try transform().events(input([("k", bytes("{}"), 0)], partition: -1, first: -1))
    #expect(try result.quarantine.cell("failed_checks", 0) == "kafka_partition_min,kafka_offset_min")
  }

  @Test("Waived checks let records through, but text must be text")
  func waivers() throws {
    let records = try input([(nil, bytes("no json"), 0)])
    #expect(try transform(["event_id_not_null", "event_data_is_json", "freshness"]).events(records).counts.passed == 1)
    let failure = try #require(throws: Failure.self) { try transform(["event_data_utf8"]).events(records) }
    #expect(failure.kind == .invalidArgument)
  }

  @Test("Dead letters are in quarantine with their own errors and the event that they are about")
  func deadLetters() throws {
    let letter = DeadLetter(errors: ["malformed JSON: depth", "too long"], record: [0x7b, 0xff])
    let result = try transform().deadLetters(
      input([("m-1", letter.encoded, 5), (nil, bytes("{}"), 6), (nil, nil, 7)], topic: "dlq_events"))
    #expect(result.counts == QualityCounts(total: 3, failed: 3))
    #expect(result.events == ColumnBatch(empty: Tables.bronzeEvents.schema))
    #expect(
      try result.quarantine.cells("failed_checks") == [
        "dead_letter,malformed JSON: depth,too long", "dead_letter", "dead_letter",
      ])
    #expect(try result.quarantine.cells("quarantine_reason") == ["dead_letter", "dead_letter", "dead_letter"])
    #expect(try result.quarantine.binaries("original_bytes")[0] == [0x7b, 0xff])
    #expect(try result.quarantine.cells("original_record") == ["nil", "{}", ""])
    #expect(try result.quarantine.cells("meta_id") == ["m-1", "nil", "nil"])
    #expect(try result.quarantine.cells("kafka_topic")[0] == "dlq_events")
  }

  @Test("A poisonous record goes to quarantine unread")
  func poison() throws {
    let result = try transform().poisoned(input([("k", bytes("{}"), 0)]))
    #expect(try result.quarantine.cell("quarantine_reason", 0) == "poison")
    #expect(try result.quarantine.cell("original_record", 0) == "{}")
    #expect(result.counts == QualityCounts(total: 1, failed: 1))
  }

  @Test("Partitions are joined")
  func partitions() throws {
    var result = try transform().events(input([("a", bytes("{}"), 0)], partition: 0))
    try result.append(transform().events(input([("b", bytes("{}"), 0), (nil, bytes("{}"), 0)], partition: 1)))
    try result.append(transform().deadLetters(input([(nil, bytes("x"), 0)], topic: "dlq_events")))
    #expect(result.counts == QualityCounts(total: 4, passed: 2, failed: 2))
    #expect(try result.events.cells("kafka_partition") == ["0", "1"])
    #expect(result.quarantine.rowCount == 2)
    #expect(result.checks.first == CheckCount(name: "event_id_not_null", checked: 3, failed: 1))
    #expect(result.checks.last == CheckCount(name: "dead_letter", checked: 1, failed: 1))
  }

  @Test("Columns of different lengths are no records")
  func ragged() {
    #expect(throws: Failure.self) {
      try BronzeInput(
        topic: "t", partition: 0, offsets: [1], timestamps: [], keys: BinaryColumn(["k"]), values: BinaryColumn(["v"]))
    }
  }
}
