import Alerts
import Testing

/// Quiet from 22 to 6.
@Suite struct QuietHoursTests {
  private func fixture(hour: Int) -> Fixture {
    var fixture = Fixture(hour: hour)
    fixture.policy.isQuiet = { now in
      let hour = now / 3_600_000_000 % 24
      return hour >= 22 || hour < 6
    }
    return fixture
  }

  @Test(
    "Only what is critical leaves, on both sides of midnight",
    arguments: [(21, true), (22, false), (23, false), (24, false), (29, false), (30, true)])
  func hours(_ hour: Int, _ isHeard: Bool) throws {
    let fixture = fixture(hour: hour)
    try fixture.run(.holds(fixture.alert("late", .warning)), .holds(fixture.alert("disk", .critical)))
    #expect(fixture.slack.taken() == (isHeard ? ["firing late", "firing disk"] : ["firing disk"]))
  }

  @Test func whatIsStillTrueIsSaidInTheMorning() throws {
    let fixture = fixture(hour: 23)
    try fixture.run(.holds(fixture.alert("late", .warning)), .holds(fixture.alert("short", .warning)))
    fixture.clock.advance(minutes: 180)
    try fixture.run(.clears(family: "short"))
    #expect(fixture.slack.taken().isEmpty)
    fixture.clock.advance(minutes: 240)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing late"])
    try fixture.run(.clears(family: "late"))
    #expect(fixture.slack.taken() == ["cleared late"])
  }

  @Test func becomingCriticalWakesSomebody() throws {
    let fixture = fixture(hour: 23)
    try fixture.run(.holds(fixture.alert("disk", .warning)))
    try fixture.run(.holds(fixture.alert("disk", .critical)))
    #expect(fixture.slack.taken() == ["firing disk"] && fixture.pager.taken() == ["firing disk"])
  }

  @Test func theEndOfSomethingCriticalWaitsForTheMorningAndIsForgottenIfItComesBack() throws {
    let fixture = fixture(hour: 23)
    try fixture.run(.holds(fixture.alert()))
    _ = fixture.slack.taken()
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.slack.taken().isEmpty)
    // It holds again: nobody has heard of the end, so the end is taken back and nothing is said twice.
    fixture.clock.advance(minutes: 10)
    try fixture.run(.holds(fixture.alert()))
    #expect(fixture.slack.taken().isEmpty)
    try fixture.run(.clears(family: "disk"))
    fixture.clock.advance(minutes: 420)
    try fixture.run()
    #expect(fixture.slack.taken() == ["cleared disk"])
  }

  @Test func aMessageThatCouldNotLeaveBeforeTheNightAndIsOverByThenIsDropped() throws {
    let fixture = fixture(hour: 21)
    fixture.slack.fails { _ in throw DeliveryFailure("down") }
    try fixture.run(.holds(fixture.alert("late", .warning)))
    fixture.slack.fails(nil)
    fixture.clock.advance(minutes: 90)
    try fixture.run(.clears(family: "late"))
    fixture.clock.advance(minutes: 480)
    try fixture.run()
    #expect(fixture.slack.taken().isEmpty)
    #expect(try AlertStore(path: fixture.path).overview().outbox.isEmpty)
  }

  @Test func anomaliesOfTheNightAreOneDigest() throws {
    let fixture = fixture(hour: 23)
    let events = (0..<3).map { fixture.alert("anomaly/\($0)", .warning, occurrence: "w", rank: $0) }
    try fixture.run(events: events + [fixture.alert("anomaly/9", .critical, occurrence: "w")], limit: 20)
    #expect(fixture.slack.taken() == ["firing anomaly/9"])
    fixture.clock.advance(minutes: 420)
    try fixture.run()
    let digest = fixture.slack.takenMessages()
    #expect(digest.map(\.kind) == [.digest] && digest.first?.seen == 3)
    #expect(digest.first?.alert.title == "3 more: title of anomaly/2, …")
  }
}
