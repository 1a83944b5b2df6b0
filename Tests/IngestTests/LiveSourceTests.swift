import Failures
import HTTP
import Ingest
import Testing

/// A stream without sockets: each connection is a list of what happens on it.
private final class ScriptedStream {
  enum Step {
    case bytes(String)
    /// Time passes, and the transport's tick is called.
    case pause(Int64)
    case stop
  }

  struct Connection {
    var steps: [Step]
    var end: Result<HTTPStreamEnd, Failure> = .success(.complete)
  }

  let fixture = IngestFixture()
  var connections: [Connection]
  private(set) var requests: [HTTPRequest] = []
  private var isStopped = false
  var flushMilliseconds: Int64 = 1000

  init(_ connections: [Connection]) { self.connections = connections }

  /// Runs the source until the script has ended.
  func run() throws {
    let surroundings = fixture.surroundings()
    let stopping = IngestSurroundings(
      clock: surroundings.clock, interval: surroundings.interval, random: surroundings.random,
      isStopping: { self.isStopped }, log: surroundings.log)
    try LiveSource(
      LiveSettings(
        url: "http://stream/", userAgent: "test", connectTimeoutMilliseconds: 1, idleTimeoutSeconds: 1,
        overlapMilliseconds: 5000, firstWaitMilliseconds: 100, longestWaitMilliseconds: 1000, jitter: 0,
        flushEvents: 3, flushBytes: 1 << 20, flushMilliseconds: flushMilliseconds, frameBytes: 2000),
      intake: fixture.intake(recent: 100), writer: fixture.log, counters: fixture.counters, surroundings: stopping,
      transport: transport
    ).run()
  }

  private func transport(
    _ request: HTTPRequest, _ tick: () throws -> Bool, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> HTTPStreamEnd {
    requests.append(request)
    guard !connections.isEmpty else {
      isStopped = true
      return .stopped
    }
    let connection = connections.removeFirst()
    for step in connection.steps {
      guard try tick() else { return .stopped }
      switch step {
      case .bytes(let text): try Array(text.utf8).withUnsafeBytes { try receive($0) }
      case .pause(let milliseconds): fixture.time.advance(milliseconds)
      case .stop: isStopped = true
      }
    }
    guard try tick() else { return .stopped }
    return try connection.end.get()
  }
}

private func id(_ time: Int) -> String { #"[{"topic":"t","partition":0,"timestamp":\#(time)}]"# }

private func frame(_ name: String, _ time: Int) -> String { "id: \(id(time))\ndata: \(event(name))\n\n" }

@Suite struct LiveSourceTests {
  @Test func cutsAreResumedAndWhatComesAgainIsDropped() throws {
    let stream = ScriptedStream([
      .init(
        steps: [.bytes(frame("a", 10_000) + frame("b", 11_000) + "id: x\ndata: {\"half")],
        end: .failure(.unavailable("cut"))),
      .init(steps: [.bytes(frame("b", 11_000) + frame("c", 12_000))]),
    ])
    try stream.run()
    let fixture = stream.fixture
    #expect(fixture.log.keys("events") == ["a", "b", "c"])
    #expect(fixture.counters.values.repeated == 1)
    #expect(fixture.counters.values.cutFrames == 1)
    #expect(fixture.counters.values.connections == 3)
    #expect(fixture.log.positions == ["http://stream/": id(12_000)])
    #expect(stream.requests.map { $0.headers.first?.value } == [nil, id(6000), id(7000)])
    #expect(fixture.lines.contain("cut") && fixture.lines.contain("the server closed the stream"))
    #expect(fixture.time.sleptMilliseconds == 200)
  }

  @Test func theStoredPositionIsWhereItBegins() throws {
    let stream = ScriptedStream([])
    stream.fixture.log.store(id(20_000), of: "http://stream/")
    try stream.run()
    #expect(stream.requests[0].headers.first?.value == id(15_000))
  }

  @Test func aBatchIsOneAppend() throws {
    let stream = ScriptedStream([
      .init(steps: [.bytes((0..<7).map { frame("\($0)", $0) }.joined()), .stop])
    ])
    try stream.run()
    #expect(stream.fixture.log.appends == 3)
    #expect(stream.fixture.log.keys("events").count == 7)
  }

  @Test func whatWaitsIsFlushedByItsAge() throws {
    let stream = ScriptedStream([
      .init(steps: [
        .bytes(frame("a", 1)), .pause(999), .bytes(":\n"), .pause(1), .bytes(":\n"), .bytes(frame("b", 2)), .stop,
      ])
    ])
    try stream.run()
    #expect(stream.fixture.log.appends == 2)
  }

  @Test func whatIsInHandWhenAskedToStopIsKept() throws {
    let stream = ScriptedStream([.init(steps: [.bytes(frame("a", 1) + "data: {"), .stop])])
    try stream.run()
    #expect(stream.fixture.log.keys("events") == ["a"])
    #expect(stream.fixture.log.positions == ["http://stream/": id(1)])
    #expect(stream.fixture.lines.contain("stopped"))
  }

  @Test func framesThatAreTooLargeAreCounted() throws {
    let huge = "data: \(String(repeating: "x", count: 3000))\n\n"
    let stream = ScriptedStream([.init(steps: [.bytes(huge + frame("a", 1)), .stop])])
    try stream.run()
    #expect(stream.fixture.counters.values.oversizedFrames == 1)
    #expect(stream.fixture.log.keys("events") == ["a"])
  }

  @Test func framesWithoutDataAreNoEvents() throws {
    let stream = ScriptedStream([.init(steps: [.bytes(":ok\n\nid: 4\n\ndata:\n\n"), .stop])])
    try stream.run()
    #expect(stream.fixture.counters.values.received == 0)
  }

  @Test("A log that cannot be written ends it at once, without the position", arguments: [true, false])
  func logFails(_ isFullBatch: Bool) {
    let events = isFullBatch ? (0..<3).map { frame("\($0)", $0) }.joined() : frame("a", 1)
    let stream = ScriptedStream([.init(steps: [.bytes(events), .pause(2000), .bytes(":\n")]), .init(steps: [])])
    stream.fixture.log.failingTopic = "events"
    #expect { try stream.run() } throws: { ($0 as? Failure)?.description == "disk full" }
    #expect(stream.requests.count == 1)
    #expect(stream.fixture.log.positions.isEmpty)
  }

  @Test func aLogThatFailsAtTheEndOfAConnectionEndsItToo() {
    let stream = ScriptedStream([.init(steps: [.bytes(frame("a", 1))], end: .failure(.unavailable("cut")))])
    stream.fixture.log.failingTopic = "events"
    #expect { try stream.run() } throws: { ($0 as? Failure)?.description == "disk full" }
  }

  @Test func theStreamsRetryIsWaitedFor() throws {
    let stream = ScriptedStream([.init(steps: [.bytes("retry: 2500\n\n")])])
    try stream.run()
    #expect(stream.fixture.time.sleptMilliseconds == 2500)
  }

  @Test func aRefusalIsWaitedForOrFinal() throws {
    let busy = HTTPRefusal(status: 429, retryAfterSeconds: 3, reason: "slowly")
    let stream = ScriptedStream([.init(steps: [], end: .success(.refused(busy)))])
    try stream.run()
    #expect(stream.fixture.time.sleptMilliseconds == 3000)
    #expect(stream.fixture.lines.contain("http://stream/ answers 429 (slowly)"))
    let refused = ScriptedStream([.init(steps: [], end: .success(.refused(HTTPRefusal(status: 403))))])
    #expect { try refused.run() } throws: { ($0 as? Failure)?.kind == .configuration }
  }

  @Test func aWrongURLIsFinal() {
    let stream = ScriptedStream([.init(steps: [], end: .failure(.invalidArgument("no URL")))])
    #expect { try stream.run() } throws: { ($0 as? Failure)?.kind == .invalidArgument }
  }

  @Test func anIDThatIsNotTakenIsSaid() throws {
    let refusal = HTTPStreamEnd.refused(HTTPRefusal(status: 400))
    let stream = ScriptedStream([
      .init(steps: [], end: .success(refusal)), .init(steps: [], end: .success(refusal)),
      .init(steps: [.bytes(frame("a", 30_000)), .stop]),
    ])
    stream.fixture.log.store(id(20_000), of: "http://stream/")
    try stream.run()
    #expect(
      stream.requests.map(\.url) == [
        "http://stream/", "http://stream/?since=1970-01-01T00:00:15.000Z", "http://stream/",
      ])
    #expect(stream.fixture.lines.contain("may be missing"))
    #expect(stream.fixture.log.positions == ["http://stream/": id(30_000)])
  }
}
