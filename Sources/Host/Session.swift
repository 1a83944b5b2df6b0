public import CommandLine
public import Configuration
import Failures
import Hashing
public import Log

/// What every command of a program shares: configuration, home and logger.
public struct Session: Sendable {
  /// The machine.
  public let host: Host
  /// The command line.
  public let command: ParsedCommand
  /// The configuration, whose adapters this version has.
  public let configuration: Configuration
  /// The home.
  public let home: HomeDirectory
  /// Writes to standard error.
  public let logger: Logger

  /// Loads the configuration. Throws `.configuration`, `.unsupported` and `.invalidArgument`.
  public init(_ command: ParsedCommand, host: Host, program: String) throws {
    self.host = host
    self.command = command
    configuration = try Configuration.load(
      ConfigurationInput(
        directory: command.value("config"), environmentName: command.value("env"),
        allowlistFile: command.value("allowlist"), variables: host.variables, reader: Host.configurationReader))
    try configuration.require(SupportedAdapters())
    home = try HomeDirectory(variables: host.variables, workingDirectory: host.workingDirectory)
    let terminal = Terminal(descriptor: 2, variables: host.variables)
    logger = Logger(
      level: command.flag("verbose") ? .debug : .info, format: terminal.isTerminal ? .text : .json,
      fields: [LogField("program", program)], clock: host.clock, sink: Host.printError)
    for warning in configuration.warnings { logger.warning(warning) }
  }

  /// Whether results are wanted as JSON.
  public var wantsJSON: Bool { command.value("output") == "json" }

  /// The SHA-256 of the resolved configuration.
  public var configurationHash: String { SHA256.hexadecimal(configuration.resolvedJSON) }

  /// The path of a location that is on this machine. Throws `.unsupported` for any other.
  public func path(_ location: ConfiguredLocation) throws -> String {
    guard let path = location.path(in: home) else {
      throw Failure.unsupported("\(location.text) is not on this machine, and this version has no adapter for it")
    }
    return path
  }
}
