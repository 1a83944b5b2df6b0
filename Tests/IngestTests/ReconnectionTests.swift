import Failures
import HTTP
import Ingest
import Testing

private let now: Int64 = 1_800_000_000_000

private func id(_ time: Int64) -> String { #"[{"topic":"t","partition":0,"timestamp":\#(time)}]"# }

private func settings(url: String = "http://stream/recentchange") -> LiveSettings {
  LiveSettings(
    url: url, userAgent: "wikiguard-ingest (me@example.org)", connectTimeoutMilliseconds: 1000, idleTimeoutSeconds: 7,
    overlapMilliseconds: 5000, firstWaitMilliseconds: 100, longestWaitMilliseconds: 1000, jitter: 0, flushEvents: 10,
    flushBytes: 1000, flushMilliseconds: 50)
}

extension Reconnection {
  fileprivate mutating func lastEventID() -> String? {
    request(now: now).headers.first { $0.name == "Last-Event-ID" }?.value
  }

  fileprivate mutating func end(_ status: Int? = nil, retryAfter: Int? = nil, retry: Int? = nil) -> Decision {
    let refusal = status.map { HTTPRefusal(status: $0, retryAfterSeconds: retryAfter, reason: "because") }
    return ended(refusal: refusal, retry: retry) { 0 }
  }
}

extension Reconnection.Decision {
  fileprivate var wait: Int64? { if case .again(let wait, _) = self { wait } else { nil } }
  fileprivate var warning: String? { if case .again(_, let warning) = self { warning } else { nil } }
  fileprivate var failure: Failure? { if case .fail(let failure) = self { failure } else { nil } }
}

@Suite struct ReconnectionTests {
  @Test func aNewStreamIsReadFromNow() {
    var stream = Reconnection(settings(), resume: nil)
    let request = stream.request(now: now)
    #expect(request.url == "http://stream/recentchange")
    #expect(request.headers.isEmpty)
    #expect(request.accept == "text/event-stream")
    #expect(request.userAgent == "wikiguard-ingest (me@example.org)")
    #expect(request.idleTimeoutSeconds == 7)
  }

  @Test func aStoredPositionIsSetBackByTheOverlap() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: id(1_700_000_000_000)))
    #expect(stream.lastEventID() == id(1_699_999_995_000))
  }

  @Test func whatHasComeMovesThePosition() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: id(20_000)))
    #expect(stream.received(id: id(30_000), now: now)?.id == id(30_000))
    #expect(stream.received(id: id(25_000), now: now)?.id == id(30_000))
    #expect(stream.received(id: nil, now: now) == nil)
    #expect(stream.lastEventID() == id(25_000))
  }

  @Test func withoutProgressTheOverlapShrinksAndWithItItIsWholeAgain() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: id(20_000)))
    for expected: Int64 in [15_000, 17_500, 18_750] {
      #expect(stream.lastEventID() == id(expected))
      _ = stream.received(id: id(20_000), now: now)
      _ = stream.end()
    }
    for _ in 0..<20 {
      _ = stream.request(now: now)
      _ = stream.received(id: id(20_000), now: now)
      _ = stream.end()
    }
    #expect(stream.lastEventID() == id(19_999))
    _ = stream.received(id: id(21_000), now: now)
    _ = stream.end()
    #expect(stream.lastEventID() == id(16_000))
  }

  @Test func aConnectionThatBringsNothingChangesNothing() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: id(20_000)))
    for _ in 0..<5 {
      #expect(stream.lastEventID() == id(15_000))
      _ = stream.end()
    }
  }

  @Test func waitsGrowUntilEventsCome() {
    var stream = Reconnection(settings(), resume: nil)
    #expect((0..<5).map { _ in stream.end().wait } == [100, 200, 400, 800, 1000])
    _ = stream.received(id: nil, now: now)
    #expect(stream.end().wait == 100)
  }

  @Test(
    "The server's wish is honoured, to an hour",
    arguments: [
      (nil, 1500, 1500), (2, nil, 2000), (2, 3000, 3000), (1, 10, 1000), (.max, .max, 3_600_000), (nil, -5, 100),
    ] as [(Int?, Int?, Int64)])
  func wishes(_ retryAfter: Int?, _ retry: Int?, _ expected: Int64) {
    var stream = Reconnection(settings(), resume: nil)
    #expect(stream.end(429, retryAfter: retryAfter, retry: retry).wait == expected)
  }

  @Test("What may pass is waited for", arguments: [408, 425, 429, 500, 502, 503, 504, 200, 204, 304])
  func passing(_ status: Int) {
    var stream = Reconnection(settings(), resume: nil)
    #expect(stream.end(status).wait == 100)
  }

  @Test("What will not pass is an error of the configuration", arguments: [400, 401, 403, 404, 406, 410, 431])
  func fatal(_ status: Int) throws {
    var stream = Reconnection(settings(), resume: nil)
    let failure = try #require(stream.end(status).failure)
    #expect(failure.kind == .configuration)
    #expect(failure.description.contains("answers \(status) (because)"))
    #expect(failure.description.contains(status == 403 ? "source.contact" : "source.url"))
  }

  @Test("Once events have come a refusal is the server's trouble", arguments: [401, 403, 404, 400])
  func refusedLater(_ status: Int) {
    var stream = Reconnection(settings(), resume: nil)
    _ = stream.received(id: nil, now: now)
    #expect(stream.end(status).wait == 100)
  }

  @Test func anIDThatIsNotTakenFallsBackToItsTimeAndThenToNow() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: id(1_700_000_000_001)))
    #expect(stream.lastEventID() != nil)
    #expect(stream.end(400).warning?.contains("the time in it") == true)
    let second = stream.request(now: now)
    #expect(second.headers.isEmpty)
    #expect(second.url == "http://stream/recentchange?since=2023-11-14T22:13:15.001Z")
    #expect(stream.end(400).warning?.contains("may be missing") == true)
    #expect(stream.request(now: now).headers.isEmpty)
    #expect(stream.request(now: now).url == "http://stream/recentchange")
    #expect(stream.end(400).failure != nil)
  }

  @Test func afterAFallbackNewIDsAreUsedAgain() {
    var stream = Reconnection(settings(url: "http://stream/?x=1"), resume: ResumePoint(id: id(20_000)))
    _ = stream.end(400)
    #expect(stream.request(now: now).url == "http://stream/?x=1&since=1970-01-01T00:00:15.000Z")
    _ = stream.received(id: id(30_000), now: now)
    #expect(stream.lastEventID() == id(25_000))
  }

  @Test func anIDWithoutTimesFallsBackToNow() {
    var stream = Reconnection(settings(), resume: ResumePoint(id: "42"))
    #expect(stream.end(400).warning?.contains("may be missing") == true)
    #expect(stream.resume == nil)
  }
}
