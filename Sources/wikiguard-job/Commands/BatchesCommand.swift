import CommandLine
import Configuration
import Failures
import Host
import JSON
import JobState
import Runner

/// `wikiguard-job batches`: lists batches, shows one, and decides about those that wait for somebody.
struct BatchesCommand {
  let session: Session

  func run() throws -> Int32 {
    let workspace = try WorkspaceOpening(session: session).open()
    let decisions = BatchDecisions(workspace: workspace)
    let id = session.command.arguments.first ?? ""
    switch session.command.path.dropFirst().first {
    case nil: try list(workspace)
    case "show": try show(workspace.state.runs(batch: id), id)
    case "retry":
      let waivers = session.command.values("waive")
      try ChecksConfiguration.validate(waivers: waivers, known: session.configuration.checks)
      try decisions.retry(batch: id, waivers: waivers)
      Host.print("\(id) is tried again by the next run\n")
    case "accept-loss":
      try decisions.acceptLoss(log: id)
      Host.print("the loss of log \(id) is accepted: the next bronze run starts at what is there\n")
    case "quarantine":
      Host.print("\(id): \(Self.text(try decisions.quarantine(batch: id)))\n")
    case let name?: throw Failure.internalError("batches \(name) is not carried out")
    }
    return 0
  }

  private static func text(_ decision: SuspensionOverride?) -> String {
    guard let decision else { return "the record that breaks it goes to quarantine with the next runs" }
    let names = (decision.allRows.isEmpty ? decision.failingRows : decision.allRows).joined(separator: ", ")
    let rows = decision.allRows.isEmpty ? "the rows that fail \(names) go" : "all of its rows go, for \(names),"
    return "\(rows) to quarantine with the next run"
  }

  private func list(_ workspace: Workspace) throws {
    let runs = try workspace.state.runs(
      job: session.command.value("job"), limit: session.command.integer("limit", in: 1...100_000) ?? 20)
    if session.wantsJSON {
      let result: JSONValue = ["version": 1, "runs": .array(runs.map(Self.json))]
      return Host.print(String(decoding: result.serialized(), as: UTF8.self) + "\n")
    }
    var table = TextTable([.init("batch"), .init("status"), .init("attempts", .right), .init("run"), .init("outcome")])
    for run in runs { table.add([run.batch, run.status.rawValue, "\(run.attempts)", run.id, run.outcome ?? ""]) }
    Host.print(table.text())
  }

  private func show(_ runs: [RunRecord], _ id: String) throws {
    guard !runs.isEmpty else { throw Failure.notFound("no batch is called \(id)") }
    let result: JSONValue = ["version": 1, "runs": .array(runs.map(Self.json))]
    Host.print(String(decoding: result.serialized(session.wantsJSON ? .compact : .pretty), as: UTF8.self) + "\n")
  }

  private static func json(_ run: RunRecord) -> JSONValue {
    [
      "batch": .string(run.batch), "job": .string(run.job), "run": .string(run.id),
      "status": .string(run.status.rawValue),
      "attempts": JSONValue(run.attempts), "created_ms": .integer(run.createdMilliseconds),
      "updated_ms": .integer(run.updatedMilliseconds), "plan": parsed(run.plan), "outcome": parsed(run.outcome),
    ]
  }

  /// JSON text as JSON; text that is none as a string.
  private static func parsed(_ text: String?) -> JSONValue {
    guard let text else { return .null }
    return (try? JSONValue.parse(Array(text.utf8))) ?? .string(text)
  }
}
