import Failures
import Fixtures
import HTTP
import Testing

@Suite struct HTTPExchangeTests {
  private func message(_ url: String, body: [UInt8]? = nil, milliseconds: Int = 5000) -> HTTPMessage {
    HTTPMessage(
      method: body == nil ? "GET" : "POST", url: url, server: "the test", headers: [(name: "X-Test", value: "1")],
      body: body, timeoutMilliseconds: milliseconds)
  }

  @Test func whatIsSentArrivesAndWhatIsAnsweredComesBack() throws {
    let server = try #require(RecordingServer { _ in .init("201 Created", body: "made") })
    defer { server.stop() }
    let response = try HTTPExchange.perform(message(server.url + "/a?b=c", body: Array("büro".utf8)))
    #expect(response == HTTPResponse(status: 201, body: Array("made".utf8)))
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /a?b=c HTTP/1.1" && request.body == "büro")
    #expect(request.headers["x-test"] == "1" && request.headers["expect"] == nil)
  }

  @Test("Bodies of any size", arguments: [0, 1, 1_000_000, 3_000_000])
  func sizes(_ count: Int) throws {
    let server = try #require(RecordingServer { .init(body: String($0.body.utf8.count)) })
    defer { server.stop() }
    let response = try HTTPExchange.perform(message(server.url, body: [UInt8](repeating: 65, count: count)))
    #expect(String(decoding: response.body, as: UTF8.self) == String(count))
    #expect(server.requests.first?.line == "POST / HTTP/1.1")
  }

  @Test func aLongAnswerIsCutOff() throws {
    let server = try #require(RecordingServer { _ in .init(body: String(repeating: "x", count: 2_000_000)) })
    defer { server.stop() }
    #expect(try HTTPExchange.perform(message(server.url)).body.count == HTTPExchange.longestBody)
  }

  @Test func anyStatusIsAnAnswerAndRedirectsAreNotFollowed() throws {
    let server = try #require(
      RecordingServer { request in
        request.line.contains("/to") ? .init() : .init("302 Found", headers: ["Location: /to", "Retry-After: 9"])
      })
    defer { server.stop() }
    #expect(try HTTPExchange.perform(message(server.url)) == HTTPResponse(status: 302, retryAfterSeconds: 9))
    #expect(server.requests.count == 1)
  }

  @Test func aSilentServerIsGivenUpInTime() throws {
    let server = try #require(RecordingServer { _ in nil })
    defer { server.stop() }
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect {
        try HTTPExchange.perform(message(server.url + "/secret", milliseconds: 300))
      } throws: {
        ($0 as? Failure)?.kind == .unavailable && "\($0)".hasPrefix("the test: ") && !"\($0)".contains("secret")
      }
    }
    #expect(time < .seconds(3))
  }

  @Test("What is no URL or header is the caller's mistake", arguments: ["", "ftp://127.0.0.1/", "http://"])
  func mistakes(_ url: String) {
    #expect { try HTTPExchange.perform(message(url)) } throws: { ($0 as? Failure)?.kind == .invalidArgument }
    var injecting = message("http://127.0.0.1:1/")
    injecting.headers = [(name: "X", value: "a\r\nY: b")]
    #expect { try HTTPExchange.perform(injecting) } throws: { ($0 as? Failure)?.kind == .invalidArgument }
  }
}

@Suite struct PercentEncodingTests {
  @Test(
    "Everything but unreserved characters",
    arguments: [
      ("aZ09-._~", "aZ09-._~"), ("a b", "a%20b"), ("ü/é", "%C3%BC%2F%C3%A9"), ("+&=?#%", "%2B%26%3D%3F%23%25"),
      ("", ""),
    ])
  func texts(_ text: String, _ expected: String) {
    #expect(PercentEncoding.encode(text) == expected)
  }

  @Test func fieldsAndExceptions() {
    #expect(PercentEncoding.encode([(name: "a b", value: "c&d"), (name: "e", value: "")]) == "a%20b=c%26d&e=")
    #expect(PercentEncoding.encode("a/b:c d", keeping: ":/") == "a/b:c%20d")
  }
}
