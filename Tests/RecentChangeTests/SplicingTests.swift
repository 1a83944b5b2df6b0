import Columns
import Failures
import RecentChange
import Testing

private func stamped(_ event: String, entity: String? = "enwiki:A") throws -> String {
  var output: [UInt8] = []
  let stamp = EventStamp(source: "replay", version: "1.2")
  try event.utf8Bytes { event in
    try (entity ?? "").utf8Bytes { name in
      try stamp.append(
        event, ingestionTime: 1_769_636_535_000_001, canonicalEntity: entity == nil ? nil : name, to: &output)
    }
  }
  return String(decoding: output, as: UTF8.self)
}

private func retimed(_ event: String, by seconds: Int64) throws -> String {
  var output: [UInt8] = []
  try event.utf8Bytes { try Retiming(shiftSeconds: seconds).append($0, to: &output) }
  return String(decoding: output, as: UTF8.self)
}

extension String {
  fileprivate func utf8Bytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try Array(utf8).withUnsafeBytes(body)
  }
}

private let metadata =
  #""_metadata":{"ingestion_timestamp":"2026-01-28T21:42:15.000001Z","source":"replay","version":"1.2","#
  + #""canonical_entity":"enwiki:A"}"#

@Suite struct EventStampTests {
  @Test(arguments: [
    (#"{"a":1}"#, #"{"a":1,\#(metadata)}"#),
    ("{ \"a\" : [1] }\r\n ", "{ \"a\" : [1] ,\(metadata)}\r\n "),
    ("{}", "{\(metadata)}"), (" { } ", " { \(metadata)} "),
    (#"{"_metadata":{"x":"}"},"a":1}"#, #"{\#(metadata),"a":1}"#),
    (#"{"a":{"_metadata":1},"b":"_metadata"}"#, #"{"a":{"_metadata":1},"b":"_metadata",\#(metadata)}"#),
  ])
  func keepsAllOtherBytes(event: String, expected: String) throws {
    #expect(try stamped(event) == expected)
  }

  @Test func escapesTheEntity() throws {
    let event = try stamped("{}", entity: "enwiki:\"a\\b\"\n\u{1f}é")
    #expect(event.contains(#""canonical_entity":"enwiki:\"a\\b\"\u000a\u001fé""#))
    #expect(try stamped("{}", entity: nil).contains(#""canonical_entity":null"#))
  }

  @Test func isReadBack() throws {
    let batch = try RecentChangeParser().parse(BinaryColumn([try stamped(edit), try stamped("{}")]))
    #expect(batch.failures.isEmpty)
    #expect(try batch.columns.int64s("ingest_time").values == [1_769_636_535_000_001, 1_769_636_535_000_001])
  }

  @Test(arguments: ["", " ", "{", "}", "[1]", "12"])
  func refusesWhatIsNoObject(event: String) {
    #expect(throws: Failure.self) { try stamped(event) }
  }
}

@Suite struct RetimingTests {
  @Test func shiftsTimesAndDerivesTheID() throws {
    let event =
      #"{"meta":{"id":"a-1","dt":"2023-01-25T17:17:36Z","x":"2023-01-25T17:17:36Z"},"timestamp":1674667056,"id":7}"#
    let shifted = try retimed(event, by: 86_400)
    let id = try #require(try RecentChangeParser().parse(BinaryColumn([shifted])).columns.binaries("meta_id").string(0))
    #expect(id.count == 36 && id != "a-1")
    #expect(
      shifted
        == #"{"meta":{"id":"\#(id)","dt":"2023-01-26T17:17:36Z","x":"2023-01-25T17:17:36Z"},"timestamp":1674753456,"id":7}"#
    )
    #expect(try retimed(event, by: 86_400) == shifted)
    #expect(try retimed(event, by: 86_401).contains(id) == false)
    #expect(try retimed(event, by: 0) == event)
  }

  @Test(arguments: [
    ("2026-01-28T21:42:14.439Z", "2026-01-28T21:42:13.439Z"),
    ("2019-05-30T00:00:00+00:00", "2019-05-29T23:59:59+00:00"),
    ("2024-03-01T00:00:00.123456-05:30", "2024-02-29T23:59:59.123456-05:30"),
    ("1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z"),
    ("yesterday", "yesterday"), ("", ""),
  ])
  func keepsTheFormOfTheTime(time: String, expected: String) throws {
    #expect(try retimed(#"{ "meta" : {"dt" : "\#(time)"} }"#, by: -1) == #"{ "meta" : {"dt" : "\#(expected)"} }"#)
  }

  @Test(arguments: [
    #"{"meta":null,"timestamp":"5"}"#, #"{"meta":[1],"timestamp":1.5}"#, #"{"meta":{"id":7,"dt":7},"timestamp":null}"#,
    #"{"a":{"meta":{"id":"x"},"timestamp":1}}"#, "{}", #"{"timestamp":9223372036854775807}"#,
  ])
  func leavesOddFieldsAlone(event: String) throws {
    #expect(try retimed(event, by: 5) == event)
  }

  @Test func refusesWhatIsNoObject() {
    for event in ["", "[]", "x"] { #expect(throws: Failure.self) { try retimed(event, by: 1) } }
  }

  @Test func recordedEventsMoveWithoutLoss() throws {
    guard let events = RecordedEvents.lines("recentchange-2024-08-22-2387-raw.jsonl.gz") else { return }
    var moved = BinaryColumn()
    for row in 0..<events.count {
      var output: [UInt8] = []
      try events.withUnsafeBytes(row: row) { try Retiming(shiftSeconds: 1000).append($0, to: &output) }
      moved.append(output[...])
    }
    let before = try RecentChangeParser().parse(events).columns
    let after = try RecentChangeParser().parse(moved).columns
    #expect(try after.int64s("meta_dt").values == before.int64s("meta_dt").values.map { $0 + 1_000_000_000 })
    #expect(try after.int64s("timestamp").values == before.int64s("timestamp").values.map { $0 + 1000 })
    #expect(try Set((0..<events.count).map { try after.binaries("meta_id").string($0) }).count == events.count)
    let others = RecentChangeSchema.columns.fields.map(\.name).filter {
      !["meta_dt", "timestamp", "meta_id"].contains($0)
    }
    #expect(try after.selecting(others) == before.selecting(others))
  }
}

@Suite struct EventTimeTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-28T21:42:14.439Z", 1_769_636_534_439_000),
      ("2024-02-29t12:00:00.1234569z", 1_709_208_000_123_456), ("2019-05-30T02:24:57+00:00", 1_559_183_097_000_000),
      ("2019-05-30T02:24:57+0530", 1_559_163_297_000_000), ("2019-05-30 02:24:57-05", 1_559_201_097_000_000),
      ("1969-12-31T23:59:59.999999Z", -1), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ] as [(String, Int64)])
  func readsTimes(text: String, expected: Int64) {
    #expect(EventTime.microseconds(text) == expected)
  }

  @Test(arguments: [
    "", "Z", "2026", "2026-01-28", "2026-01-28T21:42Z", "2026-01-28T21:42:14", "2026-1-28T21:42:14Z",
    "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+5:00",
    "2026-01-01T00:00:00+05:60", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00Z ", "+026-01-01T00:00:00Z",
    "1769636534", "２026-01-01T00:00:00Z",
  ])
  func refusesWhatIsNoTime(text: String) {
    #expect(EventTime.microseconds(text) == nil)
  }

  @Test func writesWhatItReads() {
    var time: Int64 = -62_167_219_200_000_000
    while time <= 253_402_300_799_999_999 {
      var output: [UInt8] = []
      EventTime.append(microseconds: time, fractionDigits: 6, to: &output)
      #expect(output.withUnsafeBytes { EventTime.microseconds($0) } == time)
      time += 86_399_999_999 * 3_659 + 1
    }
  }

  @Test(arguments: [(0, "2026-01-28T21:42:14Z"), (3, "2026-01-28T21:42:14.439Z"), (6, "2026-01-28T21:42:14.439007Z")])
  func writesAFraction(digits: Int, expected: String) {
    var output: [UInt8] = []
    EventTime.append(microseconds: 1_769_636_534_439_007, fractionDigits: digits, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }
}
