import Failures
import HTTP
import Testing

@Suite struct HTTPServerTests {
  private func server() throws -> HTTPServer {
    try HTTPServer(host: "127.0.0.1", port: 0) { path in
      path == "/known" ? HTTPAnswer(contentType: "text/x", body: "known: ü\n") : nil
    }
  }

  private func get(_ server: HTTPServer, _ path: String) throws -> (HTTPStreamEnd, String) {
    var body: [UInt8] = []
    let request = HTTPRequest(url: "http://127.0.0.1:\(server.port)\(path)", userAgent: "tests")
    let end = try HTTPStream.get(request, tick: { true }) { body += $0 }
    return (end, String(decoding: body, as: UTF8.self))
  }

  @Test func itAnswersFromItsClosure() throws {
    let server = try server()
    for _ in 0..<3 {
      let (end, body) = try get(server, "/known")
      #expect(end == .complete)
      #expect(body == "known: ü\n")
    }
  }

  @Test func whatThereIsNotIsNotFound() throws {
    let (end, _) = try get(server(), "/unknown")
    #expect(end == .refused(HTTPRefusal(status: 404, reason: "not found")))
  }

  @Test func aTakenPortIsAnErrorOfTheConfiguration() throws {
    let first = try server()
    #expect {
      try HTTPServer(host: "127.0.0.1", port: first.port) { _ in nil }
    } throws: {
      ($0 as? Failure)?.description == "cannot listen on 127.0.0.1:\(first.port): Address already in use"
    }
  }

  @Test func whatIsNoAddressIsOneToo() {
    #expect { try HTTPServer(host: "somewhere", port: 0) { _ in nil } } throws: {
      ($0 as? Failure)?.kind == .configuration
    }
  }

  @Test func aPortIsFreeOnceTheServerIsGone() throws {
    var port: UInt16 = 0
    do {
      let first = try server()
      port = first.port
    }
    #expect(port > 0)
    #expect(throws: Never.self) { try HTTPServer(host: "127.0.0.1", port: port) { _ in nil } }
  }
}
