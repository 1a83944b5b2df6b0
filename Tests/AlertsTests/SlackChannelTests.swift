import Alerts
import Failures
import Fixtures
import JSON
import Secrets
import Testing

@Suite struct SlackChannelTests {
  private let secret = "xoxb-very-secret"

  private func token(_ server: RecordingServer) -> SlackChannel {
    SlackChannel(.token(Secret(secret), channel: "#alerts", endpoint: server.url + "/api"))
  }

  private func webhook(_ server: RecordingServer) -> SlackChannel {
    SlackChannel(.webhook(Secret(server.url + "/services/" + secret)))
  }

  @Test func aBotPostsToItsChannel() throws {
    let server = try #require(RecordingServer { _ in .init(body: #"{"ok":true,"ts":"1"}"#) })
    defer { server.stop() }
    try token(server).deliver(fullMessage(), withinMilliseconds: 3000)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /api/chat.postMessage HTTP/1.1")
    #expect(request.headers["authorization"] == "Bearer \(secret)")
    #expect(request.headers["content-type"] == "application/json; charset=utf-8")
    let body = try #require(try JSONValue.parse(Array(request.body.utf8)).object)
    #expect(body["channel"] == "#alerts" && body["unfurl_links"] == false)
    #expect(
      try body.string("text") == """
        *[CRITICAL] Silver batch silver-000003: 12 % passed*
        What failed: freshness fails in 5000 of 5000 rows &lt;!channel&gt; &amp; more
        total *5000* · failed *5000*
        Batch: `silver-000003`
        Look closer: `wikiguard-job batches show silver-000003`
        <https://de.wikipedia.org/w/index.php?title=%C3%84&amp;action=history|history>
        Time: 2026-01-16T12:00:00Z, seen 5 times since 2026-01-16T11:50:00Z
        """)
  }

  @Test func aWebhookNeedsNoTokenAndNoChannel() throws {
    let server = try #require(RecordingServer { _ in .init(body: "ok") })
    defer { server.stop() }
    try webhook(server).deliver(fullMessage(), withinMilliseconds: 3000)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /services/\(secret) HTTP/1.1" && request.headers["authorization"] == nil)
    #expect(try JSONValue.parse(Array(request.body.utf8))["channel"] == nil)
  }

  @Test(
    "Whatever Slack says is said, its 200 with ok:false too",
    arguments: [
      ("200 OK", #"{"ok":false,"error":"channel_not_found"}"#, DeliveryFailure("Slack refuses: channel_not_found")),
      (
        "200 OK", #"{"ok":false,"error":"msg_too_long"}"#,
        DeliveryFailure("Slack refuses: msg_too_long", isOfMessage: true)
      ),
      ("200 OK", "<html>a proxy", DeliveryFailure("Slack refuses: an answer that is not Slack's")),
      (
        "429 Too Many", #"{"ok":false,"error":"ratelimited"}"#,
        DeliveryFailure("Slack refuses: status 429, ratelimited", retryAfterSeconds: 30)
      ),
      ("400 Bad", "invalid_payload", DeliveryFailure("Slack refuses: status 400, invalid_payload", isOfMessage: true)),
      ("503 Down", "", DeliveryFailure("Slack refuses: status 503")),
    ])
  func refusals(_ status: String, _ body: String, _ expected: DeliveryFailure) throws {
    let headers = status.hasPrefix("429") ? ["Retry-After: 30"] : []
    let server = try #require(RecordingServer { _ in .init(status, headers: headers, body: body) })
    defer { server.stop() }
    #expect(throws: expected) { try token(server).deliver(fullMessage(), withinMilliseconds: 3000) }
    #expect(!"\(expected)".contains(secret))
  }

  @Test func aWebhookMayBeRefusedWithA200Too() throws {
    let server = try #require(RecordingServer { _ in .init(body: #"{"ok":false,"error":"no_service"}"#) })
    defer { server.stop() }
    #expect(throws: DeliveryFailure("Slack refuses: no_service")) {
      try webhook(server).deliver(fullMessage(), withinMilliseconds: 3000)
    }
  }

  @Test func noErrorShowsTheSecret() throws {
    let server = try #require(RecordingServer { _ in nil })
    let (hook, bot) = (webhook(server), token(server))
    for channel in [hook, bot] {
      #expect {
        try channel.deliver(fullMessage(), withinMilliseconds: 200)
      } throws: {
        ($0 as? Failure)?.kind == .unavailable && !"\($0)".contains(secret)
      }
      #expect(!"\(channel)".contains(secret) && !String(reflecting: channel).contains(secret))
    }
    server.stop()
    #expect {
      try SlackChannel(.webhook(Secret("http://\(secret)"))).deliver(fullMessage(), withinMilliseconds: 200)
    } throws: {
      !"\($0)".contains(secret)
    }
  }

  @Test func aLongTextIsCutOffBeforeSlackDoes() throws {
    let server = try #require(RecordingServer { _ in .init(body: "ok") })
    defer { server.stop() }
    var message = fullMessage()
    message.alert.detail = String(repeating: "ü", count: 100_000)
    try webhook(server).deliver(message, withinMilliseconds: 3000)
    let body = try JSONValue.parse(Array(try #require(server.requests.first).body.utf8))
    #expect(body["text"]?.string?.count == 38_000)
  }
}
