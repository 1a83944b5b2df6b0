public import CommandLine
import Failures

/// Runs a program from its command line to its exit code.
public struct Program {
  private let description: ProgramDescription

  /// A program with that command line.
  public init(_ description: ProgramDescription) { self.description = description }

  /// Parses `arguments` and runs `body`; an error becomes one line on standard error and an exit code.
  public func run(_ arguments: [String], _ body: (ParsedCommand, Host) throws -> Int32) -> Int32 {
    StopSignal.listen()
    do {
      switch try description.parse(arguments) {
      case .show(let text):
        Host.print(text)
        return 0
      case .run(let command):
        return try body(command, Host())
      }
    } catch {
      Host.printError("\(description.root.name): \(error)\n")
      return ExitCode(error).rawValue
    }
  }
}
