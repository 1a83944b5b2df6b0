import CommandLine
import Glibc
import Testing

@Suite struct OutputTests {
  static let programs = [ProgramDescription.job(version: "1.2.3"), .ingest(version: "1.2.3")]

  @Test func helpOfACommand() {
    let help = Self.programs[0].help(for: ["batches", "retry"])
    #expect(
      help == """
        usage: wikiguard-job batches retry [OPTION...] ID

        Let a blocked batch be tried again.

        arguments:
          ID  The batch, such as silver-000042.

        options:
          --waive CHECK  Accept rows that fail this check; a check of another layer is
                         no error; may be repeated.

        general options:
          --env NAME           The environment, such as local or aws (default: local).
          --config DIR         The folder whose files are laid over the built-in
                               configuration (default: /etc/wikiguard if it exists).
          --output FORMAT      The form of results: text, json (default: text).
          -v, --verbose        Log what is done in detail.
          -h, --help           Show help and exit.
          --version            Show the version and exit.
          --completions SHELL  Print a completion script and exit: bash, zsh, fish.
          --man                Print the manual page and exit.

        """)
  }

  @Test func helpOfTheProgram() {
    let help = Self.programs[0].help(for: [])
    #expect(help.hasPrefix("usage: wikiguard-job COMMAND [OPTION...]\n\nRun one batch"))
    #expect(help.contains("\n  silver      Parse, deduplicate and check Bronze's new rows into silver_events.\n"))
    #expect(help.hasSuffix("\nSee wikiguard-job help COMMAND for more about a command.\n"))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(Self.programs[0].help(for: ["nothing"]) == help)
  }

  /// One table: whatever is parsed is shown everywhere.
  @Test(arguments: programs.indices)
  func everyOptionIsInHelpManualAndCompletions(_ index: Int) {
    let program = Self.programs[index]
    let commands = paths(program.root)
    let manual = program.manualPage
    for (path, command) in commands {
      let help = program.help(for: path)
      for option in command.options + program.root.options {
        #expect(help.contains("--\(option.name)"), "\(option.name) is not in the help of \(path)")
        let escaped = "--\(option.name)".split(separator: "-", omittingEmptySubsequences: false).joined(
          separator: "\\-")
        #expect(manual.contains(escaped), "\(option.name) is not in the manual")
        #expect(program.completions(for: .bash).contains("--\(option.name)"))
        #expect(program.completions(for: .zsh).contains("--\(option.name)"))
        #expect(program.completions(for: .fish).contains(" -l \(option.name)"))
      }
      for name in path {
        for shell in Shell.allCases { #expect(program.completions(for: shell).contains(name)) }
      }
    }
  }

  /// Before its command an option's name decides whether a value follows, so it must mean the same in every command; `--check` alone
  /// does not, and has to stand behind its command.
  @Test(arguments: programs.indices)
  func namesMeanTheSameEverywhere(_ index: Int) {
    let program = Self.programs[index]
    var values: [String: Bool] = [:]
    for (_, command) in paths(program.root) {
      for option in command.options {
        let takesValue = option.value != nil
        let isSame = values.updateValue(takesValue, forKey: option.name) ?? takesValue == takesValue
        #expect(isSame || option.name == "check", "\(option.name)")
        if let needed = option.requires { #expect(command.options.contains { $0.name == needed }) }
      }
    }
    #expect(!values.isEmpty)
  }

  @Test(arguments: programs.indices)
  func manualNamesEverythingAndHasNoStrayRequests(_ index: Int) {
    let program = Self.programs[index]
    let page = program.manualPage
    #expect(page.hasPrefix(".TH \"WIKIGUARD\\-"))
    for title in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS"] {
      #expect(page.contains(".SH \"\(title)\"\n"))
    }
    for code in ExitCode.allCases { #expect(page.contains(".B \"\(code.rawValue)\"\n")) }
    let requests = page.split(separator: "\n").filter { $0.hasPrefix(".") }.map { $0.dropFirst().prefix { $0 != " " } }
    #expect(Set(requests).isSubset(of: ["TH", "SH", "SS", "B", "PP", "TP"]))
  }

  @Test(arguments: programs.indices)
  func groffAcceptsTheManual(_ index: Int) {
    let program = Self.programs[index]
    check(
      "groff",
      "groff -man -Tascii -ww >/dev/null 2>/tmp/wikiguard-groff.$$; cat /tmp/wikiguard-groff.$$ >&2; test ! -s /tmp/wikiguard-groff.$$; s=$?; rm -f /tmp/wikiguard-groff.$$; exit $s",
      program.manualPage)
  }

  @Test(arguments: programs.indices)
  func bashAcceptsTheCompletions(_ index: Int) {
    let program = Self.programs[index]
    check("bash", "bash -n", program.completions(for: .bash))
    check("zsh", "zsh -n", program.completions(for: .zsh))
    check("fish", "fish --no-execute", program.completions(for: .fish))
  }

  @Test func bashCompletesCommandsOptionsAndWords() {
    let script = Self.programs[0].completions(for: .bash)
    let cases: [(words: String, expected: String)] = [
      ("wikiguard-job sil", "silver"), ("wikiguard-job silver --dr", "--dry-run --drain"),
      ("wikiguard-job batches re", "retry"), ("wikiguard-job batches retry --wa", "--waive"),
      ("wikiguard-job silver --output j", "json"),
    ]
    for (words, expected) in cases {
      let list = words.split(separator: " ").map { "'\($0)'" }.joined(separator: " ")
      let test = """
        COMP_WORDS=(\(list)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _wikiguard_job
        test "${COMPREPLY[*]}" = "\(expected)" || { echo "${COMPREPLY[*]}" >&2; exit 1; }
        """
      check("bash", "bash", script + test)
    }
  }

  @Test func fishCompletesCommandsOptionsAndWords() {
    let script = Self.programs[0].completions(for: .fish)
    let cases: [(words: String, expected: String)] = [
      ("wikiguard-job sil", "silver"), ("wikiguard-job silver --dra", "--drain"),
      ("wikiguard-job batches ret", "retry"),
      ("wikiguard-job silver --output js", "json"),
    ]
    for (words, expected) in cases {
      let test = """
        test (complete -C '\(words)' | string split -f 1 \\t | string join ' ') = '\(expected)'
        or begin; complete -C '\(words)' >&2; exit 1; end
        """
      check("fish", "fish --no-config", script + test + "\n")
    }
  }

  private func paths(_ command: CommandDescription, below path: [String] = []) -> [([String], CommandDescription)] {
    [(path, command)] + command.commands.flatMap { paths($0, below: path + [$0.name]) }
  }

  /// Feeds `input` to a shell command, where its program is installed.
  private func check(_ program: String, _ command: String, _ input: String) {
    guard system("command -v \(program) >/dev/null 2>&1") == 0 else {
      print("skipped: \(program) is not installed")
      return
    }
    guard let pipe = popen(command, "w") else {
      Issue.record("\(program) does not start")
      return
    }
    fputs(input, pipe)
    #expect(pclose(pipe) == 0, "\(program) refuses the text")
  }
}
