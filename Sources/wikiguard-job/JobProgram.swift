import CommandLine
import Failures
import Host
import Runner

/// Chooses the command.
struct JobProgram {
  let session: Session

  /// Runs the command and returns the exit code.
  func run() throws -> Int32 {
    let command = session.command
    switch command.path.first {
    case "init": return try InitCommand(session: session).run()
    case "run": return try RunCommand(session: session, jobs: JobName.allCases).run()
    case "status": return try StatusCommand(session: session).run()
    case "batches": return try BatchesCommand(session: session).run()
    case "quarantine": return try QuarantineCommand(session: session).run()
    case "alerts": return try AlertsCommand(session: session).run()
    case "report": return try ReportCommand(session: session).run()
    case let name?:
      guard let job = JobName(rawValue: name) else { throw Failure.internalError("command \(name) is not carried out") }
      return try RunCommand(session: session, jobs: [job]).run()
    case nil: throw Failure.invalidArgument("a command is needed; see wikiguard-job --help")
    }
  }
}
