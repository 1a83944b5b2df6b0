import Columns
import EventLog
import Failures
import Ingest
import RecentChange
import Testing

@Suite struct EventIntakeTests {
  private let fixture = IngestFixture()

  @Test func eventsAreStampedAndAppendedUnderTheirIDs() throws {
    try fixture.intake().take(column(event("a"), event("b")), position: SourcePosition(source: "s", position: "p"))
    #expect(fixture.log.keys("events") == ["a", "b"])
    let metadata =
      #","_metadata":{"ingestion_timestamp":"2026-01-16T12:00:00.000000Z","source":"test","version":"1","canonical_entity":"enwiki:Page"}}"#
    #expect(fixture.log.values("events")[0] == event("a").dropLast() + metadata)
    #expect(fixture.log.positions == ["s": "p"])
    #expect(fixture.log.appends == 1)
  }

  @Test func everyFateIsCounted() throws {
    let watched = try Allowlist(track: .allowlist, entries: [AllowlistEntry(title: "Page", wiki: "enwiki")])
    try fixture.intake(recent: 10, allowlist: watched).take(
      column(event("a"), event("c", domain: "canary"), "no event", event("a"), event("d", title: "Other")))
    let values = fixture.counters.values
    #expect(values.accepted == 1)
    #expect(values.canary == 1)
    #expect(values.malformed == 1)
    #expect(values.repeated == 1)
    #expect(values.filtered == 1)
    #expect(values.received == 5)
    #expect(values.newestEventTime == IngestFixture.now - 60_000_000)
    #expect(values.lastReceived == IngestFixture.now)
    #expect(values.bytes > 300)
  }

  @Test func whatIsNoObjectIsADeadLetterWithItsReason() throws {
    try fixture.intake(eventBytes: 2000).take(column("", "[1]", "{\"a\":", String(repeating: "x", count: 3000)))
    let letters = (fixture.log.records["dead"] ?? []).map { DeadLetter(decoding: $0.value[...]) }
    #expect(letters.map { String(decoding: $0.record.prefix(5), as: UTF8.self) } == ["", "[1]", "{\"a\":", "xxxxx"])
    #expect(letters.allSatisfy { $0.errors.count == 1 })
    #expect(letters[1].errors == ["expected a JSON object, found array"])
    #expect(letters[3].errors == ["longer than the limit of a record"])
    #expect(letters[3].record.count == 3000)
    #expect(fixture.log.records["events"] == nil)
  }

  @Test func anEventWithoutAnIDHasNoKey() throws {
    try fixture.intake(recent: 10).take(column("{}", #"{"meta":{"id":7}}"#, "{}"))
    #expect(fixture.log.keys("events") == ["nil", "nil"])
    #expect(fixture.counters.values.repeated == 1)
  }

  @Test func withoutRecentIDsNothingIsDropped() throws {
    let intake = try fixture.intake()
    for _ in 0..<2 { try intake.take(column(event("a"), "x", "x")) }
    #expect(fixture.log.keys("events") == ["a", "a"])
    #expect(fixture.log.keys("dead").count == 4)
  }

  @Test func deadLettersThatComeAgainAreDroppedToo() throws {
    let intake = try fixture.intake(recent: 10)
    for _ in 0..<2 { try intake.take(column("x", "y")) }
    #expect(fixture.log.keys("dead").count == 2)
  }

  @Test func aPositionIsStoredEvenWhenEverythingWasDropped() throws {
    try fixture.intake().take(
      column(event("c", domain: "canary")), position: SourcePosition(source: "s", position: "1"))
    #expect(fixture.log.positions == ["s": "1"])
    #expect(fixture.log.keys("events").isEmpty)
  }

  @Test("After a failed append the same events are new again", arguments: ["events", "dead"])
  func failedAppend(_ topic: String) throws {
    let intake = try fixture.intake(recent: 10)
    let events = column(event("a"), "broken", event("b"))
    fixture.log.failingTopic = topic
    let position = SourcePosition(source: "s", position: "1")
    #expect(throws: Failure.self) { try intake.take(events, position: position) }
    #expect(fixture.log.positions.isEmpty)
    #expect(fixture.counters.values.accepted == 0)
    try intake.take(events, position: position)
    #expect(fixture.log.keys("events") == ["a", "b"])
    #expect(fixture.log.keys("dead").count == fixture.counters.values.malformed)
    #expect(fixture.log.positions == ["s": "1"])
    try intake.take(events)
    #expect(fixture.counters.values.repeated == 3)
  }

  @Test func aRawCopyIsByteForByteAndUnfiltered() throws {
    let none = try Allowlist(track: .allowlist, entries: [AllowlistEntry(title: "Nothing", wiki: "enwiki")])
    try fixture.intake(allowlist: none, raw: "raw").take(column(event("a"), "broken", event("c", domain: "canary")))
    #expect(fixture.log.values("raw") == [event("a"), "broken"])
    #expect(fixture.log.keys("raw") == ["a", "nil"])
    #expect(fixture.counters.values.filtered == 1)
  }

  @Test func noEventsAreNoAppend() throws {
    try fixture.intake().take(BinaryColumn())
    #expect(fixture.log.appends == 0)
  }
}
