import Alerts
import CommandLine
import Failures
import Hashing
import Host
import JSON

/// `wikiguard-job alerts test`: sends a message through each channel that is on, and says what became of it.
struct AlertsTest {
  /// A person waits, so that a slow channel may take its time.
  private static let milliseconds = 10_000

  let session: Session

  func run() throws -> Int32 {
    let results = try channels().map { channel in (name: channel.name, failure: attempt(channel)) }
    if session.wantsJSON {
      let list = results.map { result -> JSONValue in
        [
          "channel": .string(result.name), "delivered": .bool(result.failure == nil),
          "error": result.failure.map { .string($0) } ?? .null,
        ]
      }
      let document: JSONValue = ["version": 1, "channels": .array(list)]
      Host.print(String(decoding: document.serialized(), as: UTF8.self) + "\n")
    } else {
      for result in results { Host.print("\(result.name): \(result.failure.map { "failed: \($0)" } ?? "delivered")\n") }
    }
    return results.contains { $0.failure != nil } ? ExitCode.unavailable.rawValue : 0
  }

  private func channels() throws -> [any AlertChannel] {
    let all: [any AlertChannel] = try AlertsOpening(session).channels.map(\.channel) + [LogChannel(session.logger)]
    guard let name = session.command.value("channel") else { return all }
    if let channel = all.first(where: { $0.name == name }) { return [channel] }
    guard ["slack", "sns", "command"].contains(name) else {
      throw Failure.invalidArgument(
        "no channel is called \(name)\(hint(for: name, among: ["slack", "sns", "command", "log"]))")
    }
    throw Failure.configuration("channel \(name) is off; alerts.yaml turns it on")
  }

  /// What went wrong, nil where nothing did.
  private func attempt(_ channel: any AlertChannel) -> String? {
    do { try channel.deliver(message, withinMilliseconds: Self.milliseconds) } catch { return "\(error)" }
    return nil
  }

  private var message: AlertMessage {
    let now = session.host.clock()
    let alert = Alert(
      cause: "test", severity: .warning, title: "WikiGuard on \(Host.name) tries its channels",
      detail: "somebody ran `wikiguard-job alerts test`; nothing is wrong", command: "wikiguard-job alerts", time: now)
    return AlertMessage(
      id: UUID(randomHigh: Host.random(), randomLow: Host.random()).description, kind: .test, alert: alert, since: now,
      time: now)
  }
}
