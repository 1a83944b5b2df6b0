import EventLog
import Failures
import Fixtures
import Ingest
import RecentChange
import Synchronization
import Testing

@Suite struct PaceTests {
  private let second: Int64 = 1_000_000

  @Test func eventsAreDueAtAMultipleOfTheirSpeed() {
    var pace = Pace(speed: 10)
    #expect(pace.wait(for: 100 * second, now: 5000) == 0)
    #expect(pace.wait(for: 101 * second, now: 5000) == 100)
    #expect(pace.wait(for: 103 * second, now: 5120) == 180)
    #expect(pace.wait(for: 103 * second, now: 9000) < 0)
  }

  @Test func whatComesOutOfOrderIsDueAtOnce() {
    var pace = Pace(speed: 1)
    _ = pace.wait(for: 100 * second, now: 0)
    #expect(pace.wait(for: 90 * second, now: 0) == 0)
    #expect(pace.wait(for: 101 * second, now: 0) == 1000)
  }

  @Test("Gaps and broken times are not waited for", arguments: [Int64.min, .max, 0, 10_000_000_000] as [Int64])
  func gaps(_ wild: Int64) {
    var pace = Pace(speed: 1)
    _ = pace.wait(for: 100_000 * second, now: 0)
    #expect(pace.wait(for: wild, now: 0) == 0)
    #expect(pace.wait(for: 100_001 * second, now: 0) <= 1000)
  }

  @Test func theSlowestSpeedDoesNotOverflow() {
    var pace = Pace(speed: .leastNonzeroMagnitude)
    _ = pace.wait(for: 0, now: 0)
    #expect(pace.wait(for: second, now: 0) > 0)
  }
}

@Suite struct IntervalClockTests {
  private let time = FakeTime()

  @Test func aWaitTakesItsTime() {
    time.clock.wait(1234) { false }
    #expect(time.sleptMilliseconds == 1234)
    time.clock.wait(-5) { false }
    #expect(time.sleptMilliseconds == 1234)
  }

  @Test func aWaitEndsWithinATenthOfASecondOfTheWish() {
    var asked = 0
    time.clock.wait(.max) {
      asked += 1
      return asked > 3
    }
    #expect(time.sleptMilliseconds == 300)
  }
}

@Suite struct RetimeShiftsTests {
  @Test func aShiftIsKeptByTheHash() throws {
    let kept = Mutex<[String: String]>([:])
    let shifts = RetimeShifts(
      read: { key in kept.withLock { $0[key] } }, write: { key, value in kept.withLock { $0[key] = value } })
    #expect(try shifts.shift(of: "a") == nil)
    try shifts.store(-7, of: "a")
    #expect(try shifts.shift(of: "a") == -7)
    #expect(try shifts.shift(of: "b") == nil)
  }

  @Test func aValueThatIsNoShiftIsSaid() {
    let shifts = RetimeShifts(read: { _ in "soon" }, write: { _, _ in })
    #expect(throws: Failure.self) { try shifts.shift(of: "a") }
  }
}

@Suite struct ReplaySourceTests {
  private let fixture = IngestFixture()
  private let directory = TemporaryDirectory()
  private let shifts: RetimeShifts

  init() {
    let kept = Mutex<[String: String]>([:])
    shifts = Self.shifts(kept)
  }

  private static func shifts(_ kept: consuming Mutex<[String: String]>) -> RetimeShifts {
    let box = Box(kept)
    return RetimeShifts(
      read: { key in box.values.withLock { $0[key] } }, write: { key, value in box.values.withLock { $0[key] = value } }
    )
  }

  private final class Box: Sendable {
    let values: Mutex<[String: String]>
    init(_ values: consuming Mutex<[String: String]>) { self.values = values }
  }

  private func replay(
    _ events: [String], options: ReplaySource.Options = .init(), progress: (Int) -> Void = { _ in }
  ) throws -> IngestEnd {
    let path = directory.file("recording")
    try write(Array(events.joined(separator: "\n").utf8), path)
    return try ReplaySource(
      RecordingFile(path: path), options: options, intake: fixture.intake(), shifts: shifts,
      counters: fixture.counters, surroundings: fixture.surroundings()
    ).run(progress: progress)
  }

  @Test func allEventsAreTakenAndCounted() throws {
    var shown: [Int] = []
    #expect(try replay([event("a"), "x", event("b")], progress: { shown.append($0) }) == .finished)
    #expect(fixture.log.keys("events") == ["a", "b"])
    #expect(fixture.log.keys("dead").count == 1)
    #expect(shown.last == 3)
  }

  @Test func aRetimedRecordingEndsNowAndTwiceTheSame() throws {
    let events = [event("a", time: "2020-01-01T00:00:00Z"), "x", event("b", time: "2020-01-01T00:00:40Z")]
    for _ in 0..<2 { _ = try replay(events, options: .init(isRetimed: true)) }
    let keys = fixture.log.keys("events")
    #expect(keys.count == 4 && keys[0] == keys[2] && keys[1] == keys[3])
    #expect(!keys.contains("a"))
    let values = fixture.log.values("events")
    #expect(values[0].contains(#""dt":"2026-01-16T11:59:20Z""#))
    #expect(values[1].contains(#""dt":"2026-01-16T12:00:00Z""#))
    #expect(fixture.lines.contain("so that it ends now") && fixture.lines.contain("was replayed before"))
    #expect(DeadLetter(decoding: (fixture.log.records["dead"]?[0].value ?? [])[...]).record == Array("x".utf8))
  }

  @Test func aPacedReplayTakesItsTimeAndGivesEachEventInIt() throws {
    let events = (0..<10).map { event("\($0)", time: "2026-01-16T11:00:0\($0)Z") }
    #expect(try replay(events, options: .init(speed: 2)) == .finished)
    #expect(fixture.time.sleptMilliseconds == 4500)
    #expect(fixture.log.appends == 10)
    #expect(fixture.log.keys("events") == (0..<10).map(String.init))
  }

  @Test func aStopEndsAPacedReplayBetweenEvents() throws {
    fixture.stopsAfter = 40
    let events = (0..<10).map { event("\($0)", time: "2026-01-16T11:0\($0):00Z") }
    guard case .stopped(let taken) = try replay(events, options: .init(speed: 1)) else {
      Issue.record("was not stopped")
      return
    }
    #expect(taken == fixture.log.keys("events").count && taken < 10)
    #expect(fixture.time.sleptMilliseconds < 60_000)
  }

  @Test func aDiskThatIsFullEndsTheReplay() {
    fixture.log.failingTopic = "events"
    #expect { try replay([event("a")]) } throws: { ($0 as? Failure)?.kind == .unavailable }
  }

  @Test func aFrameThatWasCutOffIsSaid() throws {
    _ = try replay([":ok\n\ndata: \(event("a"))\n\ndata: {"])
    #expect(fixture.counters.values.cutFrames == 1)
    #expect(fixture.lines.contain("hold no event"))
  }
}
