import Alerts
import Testing

@Suite struct AnomalyRoutingTests {
  private let fixture = Fixture()

  private func events(_ range: Range<Int>, window: String = "12:00", _ severity: Alert.Severity = .warning) -> [Alert] {
    range.map { fixture.alert("anomaly/page/\($0)", severity, occurrence: window, rank: $0) }
  }

  @Test func thoseOfHighestRankGetMessagesAndTheRestIsOneDigest() throws {
    try fixture.run(events: events(0..<30), limit: 20)
    let messages = fixture.slack.takenMessages()
    #expect(messages.prefix(20).map(\.alert.rank) == Array((10..<30).reversed()))
    #expect(messages.count == 21)
    let digest = try #require(messages.last)
    #expect(digest.kind == .digest && digest.seen == 10)
    #expect(digest.alert.detail.split(separator: "\n").count == 11)
    #expect(digest.alert.detail.contains("- WARNING title of anomaly/page/9\n"))
    #expect(fixture.pager.taken().isEmpty)
  }

  @Test func theBudgetIsForAnHourAndSoIsTheDigest() throws {
    try fixture.run(events: events(0..<3), limit: 2)
    #expect(fixture.slack.takenMessages().map(\.kind) == [.firing, .firing, .digest])
    fixture.clock.advance(minutes: 10)
    try fixture.run(events: events(10..<12, window: "12:10"), limit: 2)
    fixture.clock.advance(minutes: 10)
    try fixture.run(events: events(20..<21, window: "12:20"), limit: 2)
    #expect(fixture.slack.taken().isEmpty)
    #expect(try AlertStore(path: fixture.path).overview().held == 3)
    fixture.clock.advance(minutes: 41)
    try fixture.run()
    #expect(fixture.slack.takenMessages().map(\.seen) == [3])
    try fixture.run(events: events(30..<31, window: "13:00"), limit: 2)
    #expect(fixture.slack.taken() == ["firing anomaly/page/30"])
  }

  @Test func aBudgetOfNoneIsAllDigest() throws {
    try fixture.run(events: events(0..<1), limit: 0)
    let messages = fixture.slack.takenMessages()
    #expect(messages.map(\.kind) == [.digest] && messages.first?.alert.title == "title of anomaly/page/0")
  }

  @Test func aWindowComputedAgainSaysNothingNew() throws {
    try fixture.run(events: events(0..<1), limit: 20)
    _ = fixture.slack.taken()
    // Longer than the throttle: it is the window that is known.
    fixture.clock.advance(minutes: 300)
    try fixture.run(events: events(0..<1), limit: 20)
    #expect(fixture.slack.taken().isEmpty)
    #expect(fixture.log.taken().count == 1)
    try fixture.run(events: events(0..<1, .critical), limit: 20)
    #expect(fixture.slack.taken() == ["firing anomaly/page/0"] && fixture.pager.taken() == ["firing anomaly/page/0"])
    try fixture.run(events: events(0..<1, .warning) + events(0..<1, .critical), limit: 20)
    #expect(fixture.slack.taken().isEmpty)
  }

  @Test func thePageOfTheNextWindowIsTheSameCause() throws {
    try fixture.run(events: events(0..<1, window: "12:00"), limit: 20)
    fixture.clock.advance(minutes: 10)
    try fixture.run(events: events(0..<1, window: "12:10"), limit: 20)
    #expect(fixture.slack.taken() == ["firing anomaly/page/0"])
    fixture.clock.advance(minutes: 50)
    try fixture.run(events: events(0..<1, window: "13:00"), limit: 20)
    #expect(fixture.slack.taken() == ["firing anomaly/page/0"])
  }

  @Test func withoutChannelsTheLogHearsOfEachOnce() throws {
    let router = try fixture.router()
    router.announce(events(0..<2), limit: 20, onlyLog: true)
    router.announce(events(0..<2), limit: 20, onlyLog: true)
    router.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
    #expect(fixture.log.taken().count == 2 && fixture.slack.taken().isEmpty)
  }

  @Test func anEventNeedsNoBudgetWhereThereIsNone() throws {
    try fixture.run(events: events(0..<30))
    #expect(fixture.slack.taken().count == 30)
  }
}
