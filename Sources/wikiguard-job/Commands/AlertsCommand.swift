import Alerts
import CommandLine
import Configuration
import Failures
import Host
import JSON

/// `wikiguard-job alerts`: what is wrong, who was told, and what is not delivered; `alerts test` tries the channels.
struct AlertsCommand {
  let session: Session

  func run() throws -> Int32 {
    guard FileWriting.folderExists(session.home.path) else {
      throw Failure.configuration(
        "no home at \(session.home.path) (\(session.home.origin)); `wikiguard-job init` or `wikiguard-ingest` makes it")
    }
    if session.command.path.dropFirst().first == "test" { return try AlertsTest(session: session).run() }
    let overview = try AlertStore(path: AlertsOpening.path(session)).overview()
    Host.print(session.wantsJSON ? document(overview) : text(overview))
    return 0
  }

  // MARK: For people

  private func text(_ overview: AlertsOverview) -> String {
    var text = overview.open.isEmpty ? "Nothing is wrong.\n" : causes(overview.open)
    if !overview.outbox.isEmpty { text += "\nNot delivered yet\n" + outbox(overview.outbox) }
    if overview.held > 0 { text += "\n\(Grouped.number(overview.held)) alerts wait for the next digest.\n" }
    return text
  }

  private func causes(_ causes: [AlertsOverview.OpenCause]) -> String {
    var table = TextTable([
      .init("severity"), .init("since"), .init("seen", .right), .init("cause", maximumWidth: 50),
      .init("what", maximumWidth: 70), .init("told"),
    ])
    for cause in causes {
      let told = cause.told.map { "\($0.channel) \(TimeText.minutes($0.time))\($0.isCurrent ? "" : " (before)")" }
      table.add([
        cause.alert.severity.rawValue, TimeText.minutes(cause.since), Grouped.number(cause.seen), cause.alert.cause,
        cause.alert.title, told.isEmpty ? "-" : told.joined(separator: ", "),
      ])
    }
    return table.text()
  }

  private func outbox(_ items: [AlertsOverview.Undelivered]) -> String {
    var table = TextTable([
      .init("channel"), .init("made"), .init("kind"), .init("attempts", .right), .init("what", maximumWidth: 60),
      .init("last error", maximumWidth: 80),
    ])
    for item in items {
      table.add([
        item.channel, TimeText.minutes(item.message.time), item.message.kind.rawValue, String(item.attempts),
        item.message.alert.title, item.lastError ?? "-",
      ])
    }
    return table.text(indent: 2)
  }

  // MARK: For programs

  private func document(_ overview: AlertsOverview) -> String {
    let result: JSONValue = [
      "version": 1, "open": .array(overview.open.map(json)), "outbox": .array(overview.outbox.map(json)),
      "held": JSONValue(overview.held),
    ]
    return String(decoding: result.serialized(), as: UTF8.self) + "\n"
  }

  private func json(_ cause: AlertsOverview.OpenCause) -> JSONValue {
    [
      "alert": .object(cause.alert.json), "since_us": .integer(cause.since), "last_seen_us": .integer(cause.lastSeen),
      "seen": JSONValue(cause.seen),
      "told": .array(
        cause.told.map {
          [
            "channel": .string($0.channel), "severity": .string($0.severity.rawValue), "time_us": .integer($0.time),
            "is_current": .bool($0.isCurrent),
          ]
        }),
    ]
  }

  private func json(_ item: AlertsOverview.Undelivered) -> JSONValue {
    [
      "channel": .string(item.channel), "attempts": JSONValue(item.attempts),
      "last_error": item.lastError.map { .string($0) } ?? .null, "message": .object(item.message.json),
    ]
  }
}
