import CommandLine
import Host
import JSON
import Quality
import Runner

/// `--dry-run`: what the next batch would take, and for Silver what today's rules would do to the newest batches. Nothing is written.
struct DryRun {
  let session: Session
  let jobs: [JobName]
  let workspace: Workspace
  let waivers: Set<String>

  func run() throws -> Int32 {
    let settings = try JobSettings(session)
    let runner = JobRunner(workspace: workspace, settings: settings)
    let inputs = try jobs.map { (job: $0, input: try runner.nextInput($0)) }
    var outcomes: [RuleTrial.Outcome] = []
    if jobs.contains(.silver) {
      let count = try session.command.integer("last", in: 0...10_000) ?? 10
      outcomes = try RuleTrial(workspace: workspace, settings: settings).silver(last: count, waivers: waivers)
    }
    Host.print(session.wantsJSON ? try document(inputs, outcomes) : text(inputs, outcomes))
    return 0
  }

  private func text(_ inputs: [(job: JobName, input: String?)], _ outcomes: [RuleTrial.Outcome]) -> String {
    var text = ""
    for (job, input) in inputs { text += "\(job.rawValue): \(input.map { "would take \($0)" } ?? "nothing to do")\n" }
    guard !outcomes.isEmpty else { return text }
    return text + "\n" + batches(outcomes) + "\n" + checks(outcomes)
  }

  private func batches(_ outcomes: [RuleTrial.Outcome]) -> String {
    var table = TextTable([
      .init("batch"), .init("rows", .right), .init("passed", .right), .init("would pass", .right),
      .init("refused", .right), .init("would be refused", .right),
    ])
    for outcome in outcomes {
      table.add([
        outcome.batch, Grouped.number(outcome.recorded.total), Grouped.number(outcome.recorded.passed),
        outcome.today.map { Grouped.number($0.passed) } ?? "input is gone", Grouped.number(outcome.recorded.failed),
        outcome.today.map { Grouped.number($0.failed) } ?? "",
      ])
    }
    return table.text()
  }

  private func checks(_ outcomes: [RuleTrial.Outcome]) -> String {
    let changes = CheckChange.between(outcomes)
    guard !changes.isEmpty else { return "no check refused a row, nor would one today\n" }
    var table = TextTable([
      .init("check"), .init("refused", .right), .init("would refuse", .right), .init("change", .right),
    ])
    for change in changes {
      let difference = change.today - change.recorded
      table.add([
        change.name, Grouped.number(change.recorded), Grouped.number(change.today),
        difference == 0 ? "-" : (difference > 0 ? "+" : "") + Grouped.number(difference),
      ])
    }
    return table.text()
  }

  private func document(_ inputs: [(job: JobName, input: String?)], _ outcomes: [RuleTrial.Outcome]) throws -> String {
    let jobs = try inputs.map { job, input -> JSONValue in
      ["job": .string(job.rawValue), "next_input": try input.map { try JSONValue.parse(Array($0.utf8)) } ?? .null]
    }
    let batches = outcomes.map { outcome -> JSONValue in
      [
        "batch": .string(outcome.batch), "plan_clock_us": .integer(outcome.clock),
        "recorded": Self.json(outcome.recorded), "today": outcome.today.map(Self.json) ?? .null,
      ]
    }
    let checks = CheckChange.between(outcomes).map { change -> JSONValue in
      ["check": .string(change.name), "recorded": JSONValue(change.recorded), "today": JSONValue(change.today)]
    }
    let document: JSONValue = [
      "version": 1, "jobs": .array(jobs), "batches": .array(batches), "checks": .array(checks),
    ]
    return String(decoding: document.serialized(), as: UTF8.self) + "\n"
  }

  private static func json(_ counts: QualityCounts) -> JSONValue {
    [
      "total": JSONValue(counts.total), "passed": JSONValue(counts.passed), "failed": JSONValue(counts.failed),
      "duplicates": JSONValue(counts.duplicates),
    ]
  }
}

/// How often a check refused rows, and how often it would today.
private struct CheckChange {
  let name: String
  var recorded = 0
  var today = 0

  /// Checks that refused something then or would today, over the batches whose input is there; the largest first.
  static func between(_ outcomes: [RuleTrial.Outcome]) -> [CheckChange] {
    var changes: [String: CheckChange] = [:]
    for outcome in outcomes where outcome.today != nil {
      for check in outcome.recordedChecks {
        changes[check.name, default: CheckChange(name: check.name)].recorded += check.failed
      }
      for check in outcome.todaysChecks {
        changes[check.name, default: CheckChange(name: check.name)].today += check.failed
      }
    }
    return changes.values.filter { $0.recorded > 0 || $0.today > 0 }
      .sorted { (max($1.recorded, $1.today), $0.name) < (max($0.recorded, $0.today), $1.name) }
  }
}
