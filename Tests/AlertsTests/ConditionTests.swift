import Alerts
import Testing

private let now: Int64 = 1_768_564_800_000_000

private func alert(_ observation: Observation) -> Alert? {
  if case .holds(let alert) = observation { alert } else { nil }
}

@Suite struct QualityConditionTests {
  private func condition(
    _ severity: Alert.Severity?, _ failures: [QualityCondition.Failure], passed: Int = 0, failed: Int = 5000
  ) -> QualityCondition {
    QualityCondition(
      job: "silver", batch: "silver-000003", severity: severity, total: 5000, passed: passed, failed: failed,
      duplicates: 0, failures: failures)
  }

  private func cause(_ failures: (String, Int)...) -> String? {
    alert(
      condition(.critical, failures.map { .init(name: $0.0, failed: $0.1, checked: 5000) }).observation(at: now))?.cause
  }

  @Test func aGoodBatchClearsAllOfItsJob() {
    #expect(condition(nil, []).observation(at: now) == .clears(family: "quality/silver"))
  }

  @Test func aBadBatchSaysWhatFailed() throws {
    let failures = [
      QualityCondition.Failure(name: "freshness", failed: 4400, checked: 5000),
      QualityCondition.Failure(name: "size", failed: 0, checked: 0, message: "size is 5000, at most 100 expected"),
    ]
    let found = try #require(alert(condition(.warning, failures, passed: 600, failed: 4400).observation(at: now)))
    #expect(found.cause == "quality/silver/freshness+size" && found.severity == .warning && found.occurrence == nil)
    #expect(found.title == "Silver batch silver-000003: 12 % of its rows passed, size failed")
    #expect(found.detail == "freshness fails in 4400 of 5000 rows; size is 5000, at most 100 expected")
    #expect(
      found.numbers.map { "\($0.name) \($0.value)" } == [
        "total 5000", "passed 600", "failed 4400", "duplicates 0", "pass rate 12 %",
      ])
    #expect(found.command == "wikiguard-job quarantine list --batch silver-000003" && found.batch == "silver-000003")
    let whole = condition(.warning, [failures[1]], passed: 5000, failed: 0).observation(at: now)
    #expect(alert(whole)?.command == "wikiguard-job batches show silver-000003")
    #expect(alert(whole)?.title == "Silver batch silver-000003: size failed")
  }

  @Test func oddRowsOfOtherChecksMakeNoNewCause() {
    #expect(cause(("freshness", 4000), ("title", 3)) == "quality/silver/freshness")
    #expect(cause(("title", 7), ("freshness", 5000)) == "quality/silver/freshness")
    #expect(cause(("b", 900), ("a", 250)) == "quality/silver/a+b")
    #expect(cause(("b", 20), ("a", 20), ("c", 19)) == "quality/silver/a")
    #expect(cause() == "quality/silver/")
  }

  @Test(
    "The pass rate is never rounded up",
    arguments: [(4999, 1, "99.9 %"), (5000, 0, "100 %"), (0, 0, "100 %"), (1, 2, "33.3 %"), (0, 5, "0 %")])
  func rates(_ passed: Int, _ failed: Int, _ expected: String) throws {
    let found = try #require(alert(condition(.critical, [], passed: passed, failed: failed).observation(at: now)))
    #expect(found.title.contains(": \(expected) of"))
  }
}

@Suite struct OtherConditionTests {
  @Test func aJobThatWaitsForADecision() throws {
    let blocked = try #require(
      alert(
        StoppedCondition.observation(
          job: "silver", batch: "silver-000004", reason: "batch silver-000004 is blocked", at: now)))
    #expect(blocked.severity == .critical && blocked.cause == "stopped/silver")
    #expect(blocked.title == "Silver waits for a decision: batch silver-000004 is blocked")
    #expect(blocked.command == "wikiguard-job batches show silver-000004")
    let lost = try #require(
      alert(StoppedCondition.observation(job: "bronze", batch: nil, reason: "records are gone", at: now)))
    #expect(lost.command == "wikiguard-job status" && lost.detail == "records are gone")
    #expect(
      StoppedCondition.observation(job: "silver", batch: nil, reason: nil, at: now) == .clears(family: "stopped/silver")
    )
  }

  @Test func aPoisonedRecordIsAnEvent() {
    let first = StoppedCondition.poison(job: "bronze", batch: "bronze-000001", at: now)
    let second = StoppedCondition.poison(job: "bronze", batch: "bronze-000002", at: now)
    #expect(first.cause == second.cause && first.occurrence != second.occurrence && first.severity == .warning)
  }

  @Test(
    "Older than twice the target is late, than twelve times critical",
    arguments: [(1200, nil), (1201, Alert.Severity.warning), (7200, .warning), (7201, .critical)])
  func latency(_ seconds: Int, _ expected: Alert.Severity?) {
    let condition = OverdueCondition.latency(job: "silver", target: 600_000_000)
    let found = alert(condition.observation(since: now - Int64(seconds) * 1_000_000, at: now))
    #expect(found?.severity == expected)
    if let found { #expect(found.cause == "latency/silver" && found.numbers[0].value == String(seconds)) }
  }

  @Test func nothingWaitingIsNotLateAndTheFutureIsNot() {
    let condition = OverdueCondition.latency(job: "silver", target: 1)
    #expect(condition.observation(since: nil, at: now) == .clears(family: "latency/silver"))
    #expect(condition.observation(since: now + 1, at: now) == .clears(family: "latency/silver"))
  }

  @Test func silence() throws {
    let condition = OverdueCondition.silence(limit: 600_000_000)
    #expect(condition.observation(since: now - 600_000_000, at: now) == .clears(family: "source_silent"))
    let found = try #require(alert(condition.observation(since: now - 900_000_000, at: now)))
    #expect(found.title == "No new event has come for 15 min" && found.severity == .warning)
    #expect(found.detail == "since 2026-01-16T11:45:00Z; 10 min are allowed")
  }

  @Test(
    "Free disk", arguments: [(50, nil), (49, Alert.Severity.warning), (10, .warning), (9, .critical), (0, .critical)])
  func disk(_ free: Int, _ expected: Alert.Severity?) throws {
    let found = alert(
      DiskCondition(path: "/data", least: 0.05).observation(free: UInt64(free) << 20, of: 1000 << 20, at: now))
    #expect(found?.severity == expected)
    if free == 49 { #expect(found?.title == "The disk of the warehouse has 4.9 % left") }
    #expect(DiskCondition(path: "/", least: 0.05).observation(free: 0, of: 0, at: now) == .clears(family: "disk"))
  }
}

@Suite struct AnomalyTests {
  private func anomaly(_ subject: Anomaly.Subject, watched: Bool = false) -> Alert {
    Anomaly(
      subject: subject, severity: .warning, windowStart: now, risk: 35, types: "BURST", explanation: "many edits",
      isWatched: watched, batch: "gold-000001", links: []
    ).alert(at: now)
  }

  @Test(
    "Its cause is the page or user, its occurrence the window",
    arguments: [
      (Anomaly.Subject.page("enwiki:A/B", wiki: "enwiki"), "anomaly/page/enwiki/enwiki:A/B", "enwiki:A/B stands out"),
      (.page("Cats", wiki: "enwiki"), "anomaly/page/enwiki/Cats", "enwiki: Cats stands out"),
      (.user("Someone"), "anomaly/user/Someone", "User Someone stands out"),
      (.window, "anomaly/global", "All of Wikimedia stands out"),
    ])
  func causes(_ subject: Anomaly.Subject, _ cause: String, _ title: String) {
    let found = anomaly(subject)
    #expect(found.cause == cause && found.occurrence == "2026-01-16T12:00:00Z")
    #expect(found.title == "\(title) at 2026-01-16 12:00, risk 35" && found.detail == "many edits")
  }

  @Test func theWatchListGoesFirst() {
    #expect(anomaly(.user("a"), watched: true).rank > anomaly(.user("b")).rank + 100)
  }
}

@Suite struct WikiLinksTests {
  private func urls(
    _ title: String, server: String = "https://de.wikipedia.org", revision: Int64? = 42, user: String? = "A B"
  )
    -> [String]
  {
    WikiLinks(server: server, title: title, revision: revision, user: user).links.map(\.url)
  }

  @Test func historyDiffAndContributions() {
    #expect(
      urls("Benutzer:Ä & B/C?") == [
        "https://de.wikipedia.org/w/index.php?title=Benutzer:%C3%84_%26_B/C%3F&action=history",
        "https://de.wikipedia.org/w/index.php?diff=42", "https://de.wikipedia.org/wiki/Special:Contributions/A_B",
      ])
    #expect(urls("A", revision: nil, user: nil) == ["https://de.wikipedia.org/w/index.php?title=A&action=history"])
    #expect(
      urls("A", revision: 0, user: "2001:db8::1").last
        == "https://de.wikipedia.org/wiki/Special:Contributions/2001:db8::1")
  }

  @Test(
    "A server that is none gets no link",
    arguments: [
      "", "http://de.wikipedia.org", "https://", "https://a b", "https://a/b", "https://a>|x", "javascript:alert(1)",
    ])
  func servers(_ server: String) {
    #expect(urls("A", server: server).isEmpty)
  }
}
