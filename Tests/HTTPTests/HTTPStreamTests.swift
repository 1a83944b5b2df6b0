import Failures
import HTTP
import Testing

private let stream =
  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"

@Suite struct HTTPStreamTests {
  /// What came of a request to `server`: the end, or the failure, and the body.
  private func get(
    _ server: RawServer, accept: String? = "text/event-stream", headers: [(name: String, value: String)] = [],
    idle: Int = 30, tick: () throws -> Bool = { true }, fails: Bool = false
  ) -> (end: HTTPStreamEnd?, failure: Failure?, body: String) {
    var body: [UInt8] = []
    let request = HTTPRequest(
      url: server.url, accept: accept, headers: headers, userAgent: "tests (me@example.org)", idleTimeoutSeconds: idle)
    do {
      let end = try HTTPStream.get(request, tick: tick) {
        body += $0
        if fails { throw Failure.unavailable("disk full") }
      }
      return (end, nil, String(decoding: body, as: UTF8.self))
    } catch {
      return (nil, error as? Failure, String(decoding: body, as: UTF8.self))
    }
  }

  @Test func aWholeResponseIsHandedOut() throws {
    let server = try #require(RawServer(stream + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"))
    defer { server.stop() }
    let result = get(server, headers: [(name: "Last-Event-ID", value: "[7]")])
    #expect(result.end == .complete)
    #expect(result.body == "hello world")
    let head = try #require(server.requests.first)
    for field in [
      "GET / HTTP/1.1", "User-Agent: tests (me@example.org)", "Accept: text/event-stream", "Last-Event-ID: [7]",
    ] {
      #expect(head.contains(field + "\r\n"))
    }
  }

  @Test func aCutIsUnavailableAndWhatCameBeforeItIsThere() throws {
    let server = try #require(RawServer(stream + "5\r\nhello\r\n6\r\n wo"))
    defer { server.stop() }
    let result = get(server)
    #expect(result.failure?.kind == .unavailable)
    #expect(result.failure?.description.hasPrefix(server.url) == true)
    #expect(result.body.hasPrefix("hello"))
  }

  @Test(
    "Any other status is a refusal with its reason",
    arguments: [
      (
        "403 Forbidden", "", "Please set a user-agent.\nmore",
        HTTPRefusal(status: 403, reason: "Please set a user-agent.")
      ),
      ("429 Too Many Requests", "Retry-After: 7\r\n", "", HTTPRefusal(status: 429, retryAfterSeconds: 7)),
      ("400 Bad Request", "", "\u{1b}[31mred\u{7}", HTTPRefusal(status: 400, reason: "[31mred")),
      ("503 Down", "Retry-After: never\r\n", "x", HTTPRefusal(status: 503, reason: "x")),
      ("204 No Content", "", "", HTTPRefusal(status: 204)),
      (
        "404 Not Found", "", String(repeating: "a", count: 9999),
        HTTPRefusal(status: 404, reason: String(repeating: "a", count: 200))
      ),
    ])
  func refusals(_ status: String, _ headers: String, _ body: String, _ expected: HTTPRefusal) throws {
    let length = status.hasPrefix("204") ? "" : "Content-Length: \(body.utf8.count)\r\n"
    let server = try #require(RawServer("HTTP/1.1 \(status)\r\n\(headers)\(length)Connection: close\r\n\r\n\(body)"))
    defer { server.stop() }
    let result = get(server)
    #expect(result.end == .refused(expected))
    #expect(result.body.isEmpty)
  }

  @Test func aPageInsteadOfAStreamIsARefusal() throws {
    let server = try #require(
      RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\npage"))
    defer { server.stop() }
    #expect(get(server).end == .refused(HTTPRefusal(status: 200, reason: "Content-Type text/html")))
    #expect(get(server, accept: nil).body == "page")
  }

  @Test func aSilentConnectionIsGivenUp() throws {
    let server = try #require(RawServer(stream + "5\r\nhello\r\n", then: .silence))
    defer { server.stop() }
    let result = get(server, idle: 1)
    #expect(result.failure?.kind == .unavailable)
    #expect(result.body == "hello")
  }

  @Test func tickEndsAConnectionThatIsSilent() throws {
    let server = try #require(RawServer(stream + "5\r\nhello\r\n", then: .silence))
    defer { server.stop() }
    var ticks = 0
    let result = get(server) {
      ticks += 1
      return ticks < 8
    }
    #expect(result.end == .stopped)
    #expect(result.body == "hello")
  }

  @Test func whatTheClosuresThrowComesOut() throws {
    let server = try #require(RawServer(stream + "5\r\nhello\r\n", then: .silence))
    defer { server.stop() }
    #expect(get(server, fails: true).failure?.description == "disk full")
    #expect(get(server, tick: { throw Failure.busy("later") }).failure?.kind == .busy)
  }

  @Test func nobodyListens() throws {
    let server = try #require(RawServer(""))
    server.stop()
    #expect(get(server).failure?.kind == .unavailable)
  }

  @Test("What is no URL is the caller's mistake", arguments: ["", "ftp://127.0.0.1/", "file:///etc/passwd", "http://"])
  func badURL(_ url: String) {
    #expect { try HTTPStream.get(HTTPRequest(url: url, userAgent: "x"), tick: { true }, receive: { _ in }) } throws: {
      ($0 as? Failure)?.kind == .invalidArgument
    }
  }

  @Test("A header cannot bring another one", arguments: ["a\r\nX: y", "a\nb", "\u{0}", "\u{7f}"])
  func headerInjection(_ value: String) {
    let requests = [
      HTTPRequest(url: "http://127.0.0.1:1/", headers: [(name: "X", value: value)], userAgent: "x"),
      HTTPRequest(url: "http://127.0.0.1:1/", userAgent: value),
    ]
    for request in requests {
      #expect { try HTTPStream.get(request, tick: { true }, receive: { _ in }) } throws: {
        ($0 as? Failure)?.kind == .invalidArgument
      }
    }
  }

  @Test func refusalsAreWords() {
    #expect("\(HTTPRefusal(status: 500))" == "answers 500")
    #expect("\(HTTPRefusal(status: 403, reason: "who?"))" == "answers 403 (who?)")
  }
}
