import CommandLine
import Failures
import Pipeline
import RecentChange
import Runner

/// What the options of `wikiguard-job quarantine` mean.
struct QuarantineArguments {
  let command: ParsedCommand

  /// The layer that was asked for, else all of `layers`.
  func layers(_ layers: [JobName]) -> [JobName] {
    command.value("layer").flatMap(JobName.init(rawValue:)).map { [$0] } ?? layers
  }

  /// The rows that the filters mean. Throws `.invalidArgument`.
  func selection() throws -> QuarantineSelection {
    var selection = QuarantineSelection(statuses: statuses)
    selection.reason = command.value("reason")
    selection.checks = command.value("check").map { [$0] } ?? []
    selection.since = try time("since")
    selection.until = try time("until")
    selection.batch = command.value("batch")
    selection.entity = command.value("entity")
    selection.wiki = command.value("wiki")
    selection.user = command.value("user")
    return selection
  }

  private var statuses: Set<QuarantineStatus> {
    switch command.value("status") {
    case "all": Set(QuarantineStatus.allCases)
    case let word: [word.flatMap(QuarantineStatus.init(rawValue:)) ?? .open]
    }
  }

  /// A date is its first moment.
  private func time(_ option: String) throws -> Int64? {
    guard let text = command.value(option) else { return nil }
    guard let time = EventTime.microseconds(text) ?? EventTime.microseconds("\(text)T00:00:00Z") else {
      throw Failure.invalidArgument(
        "--\(option) must be a time such as 2026-01-16T12:00:00Z or a date such as 2026-01-16, not \"\(text)\"")
    }
    return time
  }
}
