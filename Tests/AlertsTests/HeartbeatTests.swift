import Alerts
import Failures
import Fixtures
import Testing

@Suite struct HeartbeatTests {
  @Test func itAsksForTheAddress() throws {
    let server = try #require(RecordingServer { _ in .init() })
    defer { server.stop() }
    try Heartbeat(url: server.url + "/ping/1").beat(withinMilliseconds: 3000)
    #expect(server.requests.map(\.line) == ["GET /ping/1 HTTP/1.1"])
  }

  @Test(
    "Anything but success is a failure that does not show the address",
    arguments: ["404 Gone", "500 Down", "302 Moved"])
  func failures(_ status: String) throws {
    let server = try #require(RecordingServer { _ in .init(status) })
    defer { server.stop() }
    #expect {
      try Heartbeat(url: server.url + "/ping/uuid").beat(withinMilliseconds: 3000)
    } throws: {
      ($0 as? Failure)?.kind == .unavailable && !"\($0)".contains("uuid")
    }
  }
}
