import Alerts
import Failures
import JSON
import Testing

/// A message with everything in it, some of it hostile.
func fullMessage(_ kind: AlertMessage.Kind = .firing, title: String = "Silver batch silver-000003: 12 % passed")
  -> AlertMessage
{
  AlertMessage(
    id: "7d6f0ad8-8a3e-4d2e-9d0d-0123456789ab", kind: kind,
    alert: Alert(
      cause: "quality/silver/freshness", severity: .critical, title: title,
      detail: "freshness fails in 5000 of 5000 rows <!channel> & more",
      numbers: [Alert.Number("total", "5000"), Alert.Number("failed", "5000")], batch: "silver-000003",
      command: "wikiguard-job batches show silver-000003",
      links: [Alert.Link("history", url: "https://de.wikipedia.org/w/index.php?title=%C3%84&action=history")],
      time: 1_768_564_800_000_000),
    since: 1_768_564_200_000_000, seen: 5, time: 1_768_564_800_000_000)
}

@Suite struct MessageTests {
  @Test func theTemplateHasTitleFailureNumbersBatchAndCommand() {
    #expect(
      MessageTemplate(fullMessage()).text == """
        [CRITICAL] Silver batch silver-000003: 12 % passed
        What failed: freshness fails in 5000 of 5000 rows <!channel> & more
        Numbers: total 5000, failed 5000
        Batch: silver-000003
        Look closer: wikiguard-job batches show silver-000003
        history: https://de.wikipedia.org/w/index.php?title=%C3%84&action=history
        Time: 2026-01-16T12:00:00Z, seen 5 times since 2026-01-16T11:50:00Z
        """)
  }

  @Test func theEndSaysHowLongItTook() {
    let text = MessageTemplate(fullMessage(.cleared)).text
    #expect(text.hasPrefix("[CLEARED] Silver batch") && text.contains("\nIt was: freshness"))
    #expect(text.hasSuffix("Cleared: 2026-01-16T12:00:00Z, after 10 min"))
  }

  @Test func aHeadlineIsOneLine() {
    #expect(MessageTemplate(fullMessage(title: "a\nb\u{1b}[31mc")).headline == "[CRITICAL] a b [31mc")
  }

  @Test("What is written is read", arguments: AlertMessage.Kind.allCases)
  func json(_ kind: AlertMessage.Kind) throws {
    var message = fullMessage(kind, title: "quote \" and ü")
    message.alert.occurrence = "2026-01-16T12:00:00Z"
    message.alert.batch = nil
    let bytes = JSONValue.object(message.json).serialized()
    #expect(try AlertMessage(json: #require(try JSONValue.parse(bytes).object)) == message)
  }

  @Test func theDocumentedShape() throws {
    let object = fullMessage().json
    #expect(object.keys == ["version", "id", "kind", "alert", "since", "since_us", "seen", "time", "time_us", "text"])
    #expect(object["version"] == 1 && object["time"] == "2026-01-16T12:00:00Z" && object["kind"] == "firing")
    let alert = try object.object("alert")
    #expect(
      alert.keys == [
        "cause", "severity", "title", "detail", "numbers", "batch", "command", "links", "rank", "time", "time_us",
      ])
    #expect(alert["severity"] == "critical" && alert["numbers"]?[0] == ["name": "total", "value": "5000"])
  }

  @Test("What is no message is refused", arguments: ["version", "kind", "alert", "time_us"])
  func malformed(_ key: String) {
    var object = fullMessage().json
    object[key] = "x"
    #expect(throws: Failure.self) { try AlertMessage(json: object) }
    object[key] = 2
    #expect(throws: Failure.self) { try AlertMessage(json: key == "time_us" ? JSONObject() : object) }
  }
}
