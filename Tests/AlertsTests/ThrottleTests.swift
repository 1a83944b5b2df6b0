import Alerts
import Testing

@Suite struct ThrottleTests {
  private let fixture = Fixture()

  @Test func aCauseSpeaksOnceAnHourAndOnceWhenItClears() throws {
    let bad = Observation.holds(fixture.alert())
    try fixture.run(bad)
    #expect(fixture.slack.taken() == ["firing disk"] && fixture.pager.taken() == ["firing disk"])
    fixture.clock.advance(minutes: 59)
    try fixture.run(bad)
    #expect(fixture.slack.taken().isEmpty)
    fixture.clock.advance(minutes: 1)
    try fixture.run(bad)
    let again = fixture.slack.takenMessages()
    #expect(again.count == 1 && again.first?.seen == 3)
    #expect(fixture.pager.taken() == ["firing disk"])
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.slack.taken() == ["cleared disk"] && fixture.pager.taken() == ["cleared disk"])
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.slack.taken().isEmpty && fixture.pager.taken().isEmpty)
  }

  @Test func whatNobodyHeardOfClearsInSilence() throws {
    try fixture.run(.clears(family: "disk"))
    try fixture.run(.holds(fixture.alert("disk", .warning)))
    #expect(fixture.slack.taken() == ["firing disk"] && fixture.pager.taken().isEmpty)
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.slack.taken() == ["cleared disk"] && fixture.pager.taken().isEmpty)
  }

  @Test func becomingCriticalSpeaksAtOnce() throws {
    try fixture.run(.holds(fixture.alert("disk", .warning)))
    _ = fixture.slack.taken()
    fixture.clock.advance(minutes: 1)
    try fixture.run(.holds(fixture.alert("disk", .critical)))
    #expect(fixture.slack.taken() == ["firing disk"] && fixture.pager.taken() == ["firing disk"])
    fixture.clock.advance(minutes: 1)
    try fixture.run(.holds(fixture.alert("disk", .warning)))
    try fixture.run(.holds(fixture.alert("disk", .critical)))
    #expect(fixture.slack.taken().isEmpty && fixture.pager.taken().isEmpty)
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.pager.taken() == ["cleared disk"])
  }

  @Test func flappingWithinTheHourIsHeardOnceAndAgainIfItLasts() throws {
    let bad = Observation.holds(fixture.alert())
    try fixture.run(bad)
    try fixture.run(.clears(family: "disk"))
    _ = fixture.slack.taken()
    for _ in 0..<5 {
      fixture.clock.advance(minutes: 2)
      try fixture.run(bad)
      try fixture.run(.clears(family: "disk"))
    }
    #expect(fixture.slack.taken().isEmpty)
    try fixture.run(bad)
    fixture.clock.advance(minutes: 50)
    // Nobody looked at the disk this time; it was bad when it was last looked at.
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing disk"])
  }

  @Test func causesAreIndependentAndAFamilyClearsTogether() throws {
    try fixture.run(.holds(fixture.alert("quality/silver/a")))
    try fixture.run(.holds(fixture.alert("quality/silver/b")), .holds(fixture.alert("quality/silverware")))
    #expect(
      fixture.slack.taken() == ["firing quality/silver/a", "firing quality/silver/b", "firing quality/silverware"])
    try fixture.run(.clears(family: "quality/silver"))
    #expect(fixture.slack.taken() == ["cleared quality/silver/a", "cleared quality/silver/b"])
  }

  @Test func theLogHearsOfAll() throws {
    for _ in 0..<2 { try fixture.run(.holds(fixture.alert("disk", .warning))) }
    try fixture.run(.clears(family: "disk"))
    let lines = fixture.log.taken()
    #expect(lines.count == 3)
    #expect(lines[0].contains("warning: title of disk: detail  alert=firing  cause=disk  severity=warning"))
    #expect(lines[2].contains("cleared: title of disk"))
  }

  @Test func aChannelThatIsNotConfiguredHearsNothing() throws {
    try fixture.run(.holds(fixture.alert()))
    _ = fixture.slack.taken()
    let alone = AlertRouter(
      store: try AlertStore(path: fixture.path), channels: [RoutedChannel(fixture.slack, from: .warning)],
      log: fixture.log.channel, policy: fixture.policy, clock: { [clock = fixture.clock] in clock.now }, makeID: newID)
    alone.observe([.clears(family: "disk")])
    alone.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
    #expect(fixture.slack.taken() == ["cleared disk"])
    #expect(try AlertStore(path: fixture.path).overview().outbox.isEmpty)
  }
}
