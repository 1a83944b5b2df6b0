import CommandLine
import Configuration
import Failures
import Host
import Runner

/// `wikiguard-job quarantine`: rows that failed a check, and what becomes of them.
struct QuarantineCommand {
  let session: Session

  func run() throws -> Int32 {
    let command = session.command
    switch command.path.dropFirst().first {
    case "list": try list()
    case "show": try show()
    case "release": try QuarantineDecisionCommand(session: session, kind: .release).run()
    case "discard": try QuarantineDecisionCommand(session: session, kind: .discard).run()
    case let name: throw Failure.internalError("quarantine \(name ?? "") is not carried out")
    }
    return 0
  }

  private func list() throws {
    let arguments = QuarantineArguments(command: session.command)
    let selection = try arguments.selection()
    let limit = try session.command.integer("limit", in: 1...100_000) ?? 20
    let reader = QuarantineReader(workspace: try WorkspaceOpening(session: session).open())
    let listing = try reader.list(arguments.layers(JobName.allCases), selection, limit: limit)
    let output = QuarantineListOutput(listing: listing)
    Host.print(session.wantsJSON ? output.document : output.text)
  }

  private func show() throws {
    let reader = QuarantineReader(workspace: try WorkspaceOpening(session: session).open())
    let waivable = Set(session.configuration.checks.flatMap(\.rows).map(\.name))
    let outputs = try reader.find(session.command.arguments).map { record in
      QuarantineRowOutput(record: record, original: try reader.original(of: record), waivable: waivable)
    }
    if session.wantsJSON {
      Host.print(QuarantineRowOutput.document(outputs))
    } else {
      Host.print(outputs.map(\.text).joined(separator: "\n"))
    }
  }
}
