import Failures

/// A checked command line.
public struct ParsedCommand: Sendable, Hashable {
  /// The words of the command, outermost first; empty for a program without commands.
  public let path: [String]
  /// Words that are no options.
  public let arguments: [String]
  private let options: [String: [String]]

  /// A command line, put together for tests and programs that call each other.
  public init(path: [String], options: [String: [String]] = [:], arguments: [String] = []) {
    self.path = path
    self.options = options
    self.arguments = arguments
  }

  /// Whether the switch `name` was given.
  public func flag(_ name: String) -> Bool { options[name] != nil }

  /// The value of `name`, nil when it was not given.
  public func value(_ name: String) -> String? { options[name]?.last }

  /// All values of `name`.
  public func values(_ name: String) -> [String] { options[name] ?? [] }

  /// The value of `name` as an integer within `range`, nil when it was not given.
  /// - Throws: `.invalidArgument`.
  public func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Failure.invalidArgument(
        "--\(name) must be an integer from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }

  /// The value of `name` as a finite number within `range`, nil when it was not given.
  /// - Throws: `.invalidArgument`.
  public func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let text = value(name) else { return nil }
    guard let number = Double(text), number.isFinite, range.contains(number) else {
      throw Failure.invalidArgument(
        "--\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }
}

/// What a command line asks for.
public enum Invocation: Sendable, Hashable {
  /// Do something.
  case run(ParsedCommand)
  /// Print this text and exit with 0: help, the version, a manual page, a completion script.
  case show(String)
}
