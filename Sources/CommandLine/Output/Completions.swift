/// A shell that completion scripts are written for.
public enum Shell: String, Sendable, CaseIterable {
  /// GNU bash.
  case bash
  /// zsh.
  case zsh
  /// fish.
  case fish
}

extension ProgramDescription {
  /// A completion script.
  public func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashCompletions
    case .zsh: zshCompletions
    case .fish: fishCompletions
    }
  }

  /// A name that shells accept for a function.
  private var functionName: String { "_" + root.name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined() }

  /// The names of commands below `command`, `help` included where there are any.
  private func words(below command: CommandDescription) -> [String] {
    command.commands.map(\.name) + (command == root && !command.commands.isEmpty ? ["help"] : [])
  }

  private var bashCompletions: String {
    var script = """
      # bash completion of \(root.name); load with: source <(\(root.name) --completions bash)
      \(functionName)() {
        local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path="" word
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "$path $word" in

      """
    for (path, _) in allCommands where !path.isEmpty {
      let parent = path.dropLast().map { " \($0)" }.joined()
      script += "      \"\(parent) \(path[path.count - 1])\") path=\"\(parent) \(path[path.count - 1])\" ;;\n"
    }
    script += "    esac\n  done\n  case \"$previous\" in\n"
    for option in distinctOptions where option.value != nil {
      script += "    --\(option.name)) \(Self.bashWords(option.completion)); return ;;\n"
    }
    script += "  esac\n  case \"$path\" in\n"
    for (path, command) in allCommands {
      let offered = words(below: command) + options(of: command).map { "--\($0.name)" }
      let key = path.map { " \($0)" }.joined()
      script += "    \"\(key)\") COMPREPLY=($(compgen -W \"\(offered.joined(separator: " "))\" -- \"$current\")) ;;\n"
    }
    return script + "  esac\n}\ncomplete -F \(functionName) \(root.name)\n"
  }

  private static func bashWords(_ completion: OptionDescription.Completion) -> String {
    switch completion {
    case .none: "COMPREPLY=()"
    case .files: "COMPREPLY=($(compgen -f -- \"$current\"))"
    case .directories: "COMPREPLY=($(compgen -d -- \"$current\"))"
    case .words(let words): "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\"))"
    }
  }

  /// `path` is tied to `PATH` in zsh, hence `trail`.
  private var zshCompletions: String {
    var script =
      "#compdef \(root.name)\n# zsh completion of \(root.name); save as _\(root.name) in a folder of $fpath\n"
    script += "\(functionName)() {\n  local trail=\"\" word\n  for word in \"${words[@]:1:$((CURRENT-2))}\"; do\n"
    script += "    case \"$trail $word\" in\n"
    for (path, _) in allCommands where !path.isEmpty {
      let full = path.map { " \($0)" }.joined()
      script += "      \"\(full)\") trail=\"\(full)\" ;;\n"
    }
    script += "    esac\n  done\n  case \"$trail\" in\n"
    for (path, command) in allCommands {
      script += "    \"\(path.map { " \($0)" }.joined())\")\n      _arguments -s \\\n"
      for option in options(of: command) { script += "        \(Self.zshOption(option)) \\\n" }
      let below = words(below: command)
      script +=
        below.isEmpty
        ? "        '*:argument:_files' ;;\n" : "        '*:command:(\(below.joined(separator: " ")))' ;;\n"
    }
    return script + "  esac\n}\n\(functionName) \"$@\"\n"
  }

  private static func zshOption(_ option: OptionDescription) -> String {
    let help = quoted(option.help.filter { !"[]:".contains($0) })
    let star = option.isRepeated ? "*" : ""
    guard let value = option.value else { return "'\(star)--\(option.name)[\(help)]'" }
    let action =
      switch option.completion {
      case .none: ""
      case .files: "_files"
      case .directories: "_files -/"
      case .words(let words): "(\(words.joined(separator: " ")))"
      }
    return "'\(star)--\(option.name)=[\(help)]:\(value):\(action)'"
  }

  private var fishCompletions: String {
    var script = "# fish completion of \(root.name); save as ~/.config/fish/completions/\(root.name).fish\n"
    script += "complete -c \(root.name) -f\n"
    for option in root.options + Self.builtIn { script += fishOption(option, condition: nil) }
    for (path, command) in allCommands {
      // fish knows words seen, not paths: below a command its last word decides.
      let seen = path.last.map { "__fish_seen_subcommand_from \($0)" } ?? "__fish_use_subcommand"
      let summaries =
        command.commands.map { ($0.name, $0.summary) }
        + (path.isEmpty && !command.commands.isEmpty ? [("help", "show help of a command")] : [])
      for (name, summary) in summaries {
        script += "complete -c \(root.name) -n '\(seen)' -a \(name) -d '\(Self.quoted(summary))'\n"
      }
      if !path.isEmpty { for option in command.options { script += fishOption(option, condition: seen) } }
    }
    return script
  }

  private func fishOption(_ option: OptionDescription, condition: String?) -> String {
    var line = "complete -c \(root.name)"
    if let condition { line += " -n '\(condition)'" }
    line += " -l \(option.name)"
    if let letter = option.letter { line += " -s \(letter)" }
    switch option.completion {
    case .none: line += option.value == nil ? "" : " -x"
    case .files: line += " -r -F"
    case .directories: line += " -x -a '(__fish_complete_directories)'"
    case .words(let words): line += " -x -a '\(words.joined(separator: " "))'"
    }
    return line + " -d '\(Self.quoted(option.help))'\n"
  }

  /// Every option of the program once, by name.
  private var distinctOptions: [OptionDescription] {
    var seen: Set<String> = []
    return allCommands.flatMap { options(of: $0.command) }.filter { seen.insert($0.name).inserted }
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
