import CommandLine
import Failures

/// From the command line to the exit code.
enum TableCat {
  /// Prints what `arguments` ask for; an error becomes one line on standard error and an exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      switch try ProgramDescription.tableCat.parse(arguments) {
      case .show(let text): try StandardOutput().write(Array(text.utf8))
      case .run(let command): try print(Request(command))
      }
      return ExitCode.success.rawValue
    } catch {
      StandardOutput.writeError("table-cat: \(error)\n")
      return exitCode(of: error).rawValue
    }
  }

  private static func print(_ request: Request) throws {
    let source = try request.open()
    switch request.subject {
    case .rows: try RowPrinter(source.columns).print(source, limit: request.limit)
    case .schema: try StandardOutput().write(lines: source.schemaLines)
    case .files: try StandardOutput().write(lines: source.fileLines())
    case .statistics: try StandardOutput().write(lines: source.statisticsLines())
    }
  }

  /// A file with something that this version does not read is refused like a damaged one: nothing of ours is configured
  /// here.
  private static func exitCode(of error: any Error) -> ExitCode {
    if let failure = error as? Failure, failure.kind == .unsupported { return .dataRefused }
    return ExitCode(error)
  }
}
