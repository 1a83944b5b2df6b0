import Failures

extension ProgramDescription {
  /// Reads a command line.
  ///
  /// Options are `--name value`, `--name=value` and `-x`, anywhere; `--` ends them; `-` is a word. Values that begin
  /// with `--` need `=`.
  ///
  /// - Parameter arguments: the words after the program's name.
  /// - Throws: `.invalidArgument`, one line that suggests what was meant and names the help to read.
  public func parse(_ arguments: [String]) throws -> Invocation {
    var parser = ArgumentParser(self)
    return try parser.parse(arguments)
  }
}

/// The state of reading one command line.
private struct ArgumentParser {
  let program: ProgramDescription
  private var path: [String] = []
  private var command: CommandDescription
  private var options: [String: [String]] = [:]
  private var words: [String] = []

  init(_ program: ProgramDescription) {
    self.program = program
    command = program.root
  }

  mutating func parse(_ arguments: [String]) throws -> Invocation {
    // The command decides which options there are, and it may stand behind some of them.
    var rest = arguments[...]
    var deferred: [(option: String, value: String?)] = []
    while let word = rest.popFirst() {
      if word == "--" {
        for word in rest { try take(word) }
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        try take(word)
        continue
      }
      deferred.append(try split(word, &rest))
    }
    for (option, value) in deferred { try set(option, value) }
    if let text = try builtIn() { return .show(text) }
    if path.first == "help", program.root.command(named: "help") == nil { return .show(try help(words)) }
    try check()
    return .run(ParsedCommand(path: path, options: options, arguments: words))
  }

  /// A word is a command below the current one, or an argument.
  private mutating func take(_ word: String) throws {
    if words.isEmpty, path == ["help"] || (path.isEmpty && word == "help" && !program.root.commands.isEmpty) {
      if path.isEmpty { path = ["help"] } else { words.append(word) }
      return
    }
    if words.isEmpty, let next = command.command(named: word) {
      command = next
      path.append(word)
      return
    }
    let names = command.commands.map(\.name)
    guard names.isEmpty || !command.arguments.isEmpty || path == ["help"] else {
      throw usage("unknown command \"\(word)\"\(hint(for: word, among: names))")
    }
    words.append(word)
  }

  /// The option's name as typed and its value; takes the value from `rest` where it is the next word.
  private func split(_ word: String, _ rest: inout ArraySlice<String>) throws -> (option: String, value: String?) {
    let equals = word.hasPrefix("--") ? word.firstIndex(of: "=") : nil
    let typed = equals.map { String(word[..<$0]) } ?? word
    // Whether a value follows is known from the command that was named so far, before it from any that has the option.
    let here = program.options(of: command)
    let everywhere = program.allCommands.lazy.flatMap { program.options(of: $0.command) }
    guard let option = here.first(where: { $0.matches(typed) }) ?? everywhere.first(where: { $0.matches(typed) }) else {
      throw unknownOption(typed, here + everywhere)
    }
    if let equals { return (typed, String(word[word.index(after: equals)...])) }
    guard option.value != nil else { return (typed, nil) }
    guard let value = rest.first, !value.hasPrefix("--") else { throw usage("option \(typed) needs a value") }
    rest.removeFirst()
    return (typed, value)
  }

  private mutating func set(_ typed: String, _ value: String?) throws {
    let known = program.options(of: command)
    guard let option = known.first(where: { $0.matches(typed) }) else { throw unknownOption(typed, known) }
    guard option.isRepeated || options[option.name] == nil else { throw usage("option \(typed) was given twice") }
    if option.value == nil, value != nil { throw usage("option \(typed) takes no value") }
    if case .words(let allowed) = option.completion, let value, !allowed.contains(value) {
      throw usage(
        "option \(typed) must be \(allowed.joined(separator: ", ")), not \"\(value)\"\(hint(for: value, among: allowed))"
      )
    }
    if let value, value.isEmpty { throw usage("option \(typed) needs a value") }
    options[option.name, default: []].append(value ?? "")
  }

  private func unknownOption(_ typed: String, _ known: [OptionDescription]) -> Failure {
    let elsewhere = program.allCommands.first { entry in entry.command.options.contains { $0.matches(typed) } }
    if let elsewhere, !elsewhere.path.isEmpty, command.isRunnable {
      return usage("option \(typed) belongs to \"\(elsewhere.path.joined(separator: " "))\", not here")
    }
    return usage("unknown option \(typed)\(hint(for: typed, among: known.map { "--\($0.name)" }))")
  }

  private func builtIn() throws -> String? {
    if options["help"] != nil { return program.help(for: path) }
    if options["version"] != nil { return "\(program.root.name) \(program.version)\n" }
    if options["man"] != nil { return program.manualPage }
    guard let shell = options["completions"]?.first.flatMap(Shell.init(rawValue:)) else { return nil }
    return program.completions(for: shell)
  }

  private func help(_ words: [String]) throws -> String {
    guard program.command(at: words) != nil else {
      let names = program.root.commands.map(\.name)
      let word = words.first ?? ""
      throw usage("no help for \"\(words.joined(separator: " "))\"\(hint(for: word, among: names))")
    }
    return program.help(for: words)
  }

  private func check() throws {
    guard command.isRunnable else {
      throw usage("a command is needed: \(command.commands.map(\.name).joined(separator: ", "))")
    }
    let required = command.arguments.filter { !$0.isOptional }.count
    if words.count < required { throw usage("\(command.arguments[words.count].name) is missing") }
    if words.count > command.arguments.count, command.arguments.last?.isRepeated != true {
      throw usage("unexpected word \"\(words[command.arguments.count])\"")
    }
    let given = program.options(of: command).filter { options[$0.name] != nil }
    for option in given {
      if let other = given.first(where: { $0.group != nil && $0.group == option.group && $0.name != option.name }) {
        throw usage("--\(option.name) and --\(other.name) exclude each other")
      }
      if let needed = option.requires, options[needed] == nil { throw usage("--\(option.name) needs --\(needed)") }
    }
  }

  private func usage(_ message: String) -> Failure {
    let words = [program.root.name] + (path == ["help"] ? [] : path)
    return .invalidArgument("\(message); see \(words.joined(separator: " ")) --help")
  }
}

extension OptionDescription {
  fileprivate func matches(_ typed: String) -> Bool {
    typed == "--\(name)" || letter.map { typed == "-\($0)" } ?? false
  }
}

extension CommandDescription {
  fileprivate func command(named name: String) -> CommandDescription? { commands.first { $0.name == name } }
}
