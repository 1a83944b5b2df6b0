import Alerts
import Failures
import Fixtures
import SQLite
import Synchronization
import Testing

@Suite struct OutboxTests {
  private let fixture = Fixture()

  @Test func aChannelThatIsDownGetsItsMessagesLaterAndInOrder() throws {
    fixture.slack.fails { _ in throw Failure.unavailable("Slack: timed out") }
    try fixture.run(.holds(fixture.alert()))
    #expect(fixture.pager.taken() == ["firing disk"])
    try fixture.run(.clears(family: "disk"))
    #expect(fixture.slack.taken().isEmpty && fixture.pager.taken() == ["cleared disk"])
    let waiting = try AlertStore(path: fixture.path).overview().outbox
    #expect(waiting.map(\.channel) == ["slack", "slack"] && waiting.first?.attempts == 2)
    #expect(waiting.first?.lastError == "Slack: timed out")
    #expect(fixture.log.taken().contains { $0.contains("slack did not take \"title of disk\": Slack: timed out") })
    fixture.slack.fails(nil)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing disk", "cleared disk"])
    #expect(try AlertStore(path: fixture.path).overview().outbox.isEmpty)
  }

  @Test func anHourLaterTheNewerMessageTakesThePlaceOfOneThatDidNotLeave() throws {
    fixture.slack.fails { _ in throw DeliveryFailure("down") }
    for _ in 0..<3 {
      try fixture.run(.holds(fixture.alert()))
      fixture.clock.advance(minutes: 60)
    }
    fixture.slack.fails(nil)
    try fixture.run()
    #expect(fixture.slack.takenMessages().map(\.seen) == [3])
  }

  @Test func aMessageIsGivenUpAfterADayAndNobodyHearsOfItsEnd() throws {
    fixture.slack.fails { _ in throw DeliveryFailure("down") }
    try fixture.run(.holds(fixture.alert()))
    try fixture.run(.clears(family: "disk"))
    _ = fixture.log.taken()
    fixture.slack.fails(nil)
    fixture.clock.advance(minutes: 24 * 60)
    try fixture.run()
    #expect(fixture.slack.taken().isEmpty)
    #expect(try AlertStore(path: fixture.path).overview().outbox.isEmpty)
    #expect(
      fixture.log.taken().contains { $0.contains("\"title of disk\" is dropped after 2 attempts to reach slack: down") }
    )
    // It was never heard of, so it may be.
    try fixture.run(.holds(fixture.alert()))
    #expect(fixture.slack.taken() == ["firing disk"])
  }

  @Test func aMessageThatIsRefusedForItselfDoesNotHoldUpOthers() throws {
    fixture.slack.fails { message in
      if message.alert.cause == "bad" { throw DeliveryFailure("invalid", isOfMessage: true) }
    }
    try fixture.run(.holds(fixture.alert("bad")))
    try fixture.run(.holds(fixture.alert("good")))
    try fixture.run()
    #expect(fixture.slack.taken().isEmpty)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing good"])
  }

  @Test func theOtherSideMayAskToWait() throws {
    fixture.slack.fails { _ in throw DeliveryFailure("too many", retryAfterSeconds: 120) }
    try fixture.run(.holds(fixture.alert()))
    fixture.slack.fails(nil)
    fixture.clock.advance(minutes: 1)
    try fixture.run()
    #expect(fixture.slack.taken().isEmpty)
    fixture.clock.advance(minutes: 1)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing disk"])
  }

  @Test("Nor can it make us wait for ever", arguments: [Int.max, 1_000_000])
  func absurdWaits(_ seconds: Int) throws {
    fixture.slack.fails { _ in throw DeliveryFailure("too many", retryAfterSeconds: seconds) }
    try fixture.run(.holds(fixture.alert()))
    fixture.slack.fails(nil)
    fixture.clock.advance(minutes: 60)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing disk"])
  }

  @Test func aRunHasOnlySoMuchTime() throws {
    let seconds = Mutex(0.0)
    fixture.slack.fails { _ in seconds.withLock { $0 += 3 } }
    let router = try fixture.router()
    router.observe((0..<5).map { .holds(fixture.alert("cause/\($0)")) })
    let limits = DeliveryLimits(message: 3000, all: 5000)
    router.deliver(limits) { seconds.withLock { $0 } }
    #expect(fixture.slack.taken() == ["firing cause/0", "firing cause/1"] && fixture.pager.taken().isEmpty)
    router.deliver(limits) { seconds.withLock { $0 } }
    #expect(fixture.slack.taken() == ["firing cause/2", "firing cause/3"])
  }

  @Test func twoProcessesAtOnceSayEverythingOnce() throws {
    let alerts = (0..<8).map { fixture.alert("cause/\($0)") }
    let all = try (0..<4).map { _ in try fixture.router() }
    runConcurrently(all.count) { index in
      all[index].observe(alerts.map { .holds($0) })
      for _ in 0..<20 { all[index].deliver(DeliveryLimits(), monotonicSeconds: { 0 }) }
    }
    try fixture.run()
    #expect(fixture.slack.taken() == alerts.map { "firing \($0.cause)" })
    #expect(fixture.pager.taken().sorted() == alerts.map { "firing \($0.cause)" })
  }

  @Test func whileOneDeliversAnotherLeavesTheChannelAlone() throws {
    let other = try fixture.router()
    fixture.slack.fails { [fixture] _ in
      fixture.slack.fails(nil)
      other.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
      #expect(fixture.slack.taken().isEmpty)
    }
    try fixture.run(.holds(fixture.alert("a")), .holds(fixture.alert("b")))
    #expect(fixture.slack.taken() == ["firing a", "firing b"])
  }

  @Test func whatADeadProcessHadClaimedIsSentByAnother() throws {
    let other = try fixture.router()
    // The first process never comes back from its delivery as far as the second can tell.
    fixture.slack.fails { [fixture] _ in
      fixture.slack.fails(nil)
      fixture.clock.advance(seconds: 61)
      other.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
      throw DeliveryFailure("killed")
    }
    try fixture.run(.holds(fixture.alert("a")))
    #expect(fixture.slack.taken() == ["firing a"])
    try fixture.run()
    #expect(fixture.slack.taken().isEmpty)
  }
}

@Suite struct ClockTests {
  @Test func aClockThatIsSetBackStopsNothing() throws {
    let fixture = Fixture()
    let other = try fixture.router()
    fixture.slack.fails { [fixture] _ in
      fixture.slack.fails(nil)
      fixture.clock.advance(minutes: -180)
      other.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
      throw DeliveryFailure("killed")
    }
    try fixture.run(.holds(fixture.alert("a")))
    #expect(fixture.slack.taken() == ["firing a"])
    try fixture.run(.holds(fixture.alert("a")))
    #expect(fixture.slack.taken() == ["firing a"])
  }

  @Test func aLongThrottleIsRemembered() throws {
    var fixture = Fixture()
    fixture.policy.repeatAfter = 5 * 86_400_000_000
    try fixture.run(.holds(fixture.alert()))
    for _ in 0..<4 {
      fixture.clock.advance(minutes: 24 * 60)
      try fixture.run(.clears(family: "disk"))
      try fixture.run(.holds(fixture.alert()))
    }
    #expect(fixture.slack.taken() == ["firing disk", "cleared disk"])
    fixture.clock.advance(minutes: 24 * 60)
    try fixture.run()
    #expect(fixture.slack.taken() == ["firing disk"])
  }
}

@Suite struct DamageTests {
  @Test("A damaged memory is said, and the log is all that speaks", arguments: ["not a database, whatever it is", ""])
  func damaged(_ text: String) throws {
    let fixture = Fixture()
    try fixture.run(.holds(fixture.alert()))
    // An empty file is a database without tables.
    writeFile(fixture.path, Array(text.utf8))
    for name in ["-wal", "-shm"] { writeFile(fixture.path + name, []) }
    if text.isEmpty { return _ = try AlertStore(path: fixture.path) }
    #expect {
      try AlertStore(path: fixture.path)
    } throws: {
      ($0 as? Failure)?.kind == .malformedInput && "\($0)".contains("it may be deleted")
    }
    _ = fixture.log.taken()
    let router = fixture.router(store: nil)
    router.observe([.holds(fixture.alert())])
    router.announce([fixture.alert("anomaly", occurrence: "w")])
    router.flush()
    router.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
    #expect(fixture.log.taken().count == 2)
  }

  @Test func aMemoryThatBreaksWhileItIsOpenIsSaid() throws {
    let fixture = Fixture()
    let store = try AlertStore(path: fixture.path)
    let other = try Fixture.open(fixture.path)
    try other.execute("DROP TABLE causes")
    let router = fixture.router(store: store)
    router.observe([.holds(fixture.alert())])
    router.flush()
    #expect(fixture.log.taken().contains { $0.contains("the memory of alerts is damaged") })
  }
}
