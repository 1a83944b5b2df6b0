/// A command, or the whole program: what may follow it.
public struct CommandDescription: Sendable, Hashable {
  /// The word.
  public let name: String
  /// One sentence for lists, without a full stop.
  public let summary: String
  /// Paragraphs for help and the manual page.
  public let discussion: [String]
  /// Its options, those of the program aside.
  public let options: [OptionDescription]
  /// Its words.
  public let arguments: [ArgumentDescription]
  /// Commands below it.
  public let commands: [CommandDescription]
  /// Whether it does something without a command below it.
  public let isRunnable: Bool

  /// A command. One that has commands below it is runnable by itself only if `isRunnable` says so.
  public init(
    _ name: String, summary: String, discussion: [String] = [], options: [OptionDescription] = [],
    arguments: [ArgumentDescription] = [], commands: [CommandDescription] = [], isRunnable: Bool? = nil
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.options = options
    self.arguments = arguments
    self.commands = commands
    self.isRunnable = isRunnable ?? commands.isEmpty
  }
}

/// A program's command line: the one table that parsing, help, manual page and completions are made from.
public struct ProgramDescription: Sendable, Hashable {
  /// The program as a command; its options are accepted everywhere.
  public let root: CommandDescription
  /// The version for `--version`.
  public let version: String
  /// Variables that the program reads, for the manual page.
  public let variables: [Term]
  /// Files that the program reads, for the manual page.
  public let files: [Term]

  /// A name and what it means.
  public struct Term: Sendable, Hashable {
    /// The name.
    public let name: String
    /// One sentence, without a full stop.
    public let meaning: String

    /// A name and what it means.
    public init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  /// A program.
  public init(root: CommandDescription, version: String, variables: [Term] = [], files: [Term] = []) {
    self.root = root
    self.version = version
    self.variables = variables
    self.files = files
  }

  /// Options that every program has.
  static let builtIn: [OptionDescription] = [
    OptionDescription("help", letter: "h", help: "show help and exit"),
    OptionDescription("version", help: "show the version and exit"),
    OptionDescription(
      "completions", value: "SHELL", completion: .words(["bash", "zsh", "fish"]),
      help: "print a completion script and exit"),
    OptionDescription("man", help: "print the manual page and exit"),
  ]

  /// All options that `command` accepts: its own, the program's, and those that every program has.
  func options(of command: CommandDescription) -> [OptionDescription] {
    let own = command == root ? [] : command.options
    return own + root.options + Self.builtIn
  }

  /// Every command with the words that lead to it, the program first.
  var allCommands: [(path: [String], command: CommandDescription)] {
    func below(_ path: [String], _ command: CommandDescription) -> [(path: [String], command: CommandDescription)] {
      [(path, command)] + command.commands.flatMap { below(path + [$0.name], $0) }
    }
    return below([], root)
  }

  /// The command at `path`, nil when there is none.
  func command(at path: some Sequence<String>) -> CommandDescription? {
    path.reduce(Optional(root)) { command, name in command?.commands.first { $0.name == name } }
  }
}
