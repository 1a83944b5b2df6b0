extension ProgramDescription {
  /// The manual page of section 1, as troff with the `man` macros.
  public var manualPage: String {
    var page = ManualPage()
    page.macro("TH", root.name.uppercased(), "1", "", "\(root.name) \(version)", "WikiGuard")
    page.macro("SH", "NAME")
    page.text("\(root.name) \\- \(ManualPage.escaped(root.summary))", isEscaped: true)
    page.macro("SH", "SYNOPSIS")
    page.macro("B", usage(of: root, at: []))
    page.macro("SH", "DESCRIPTION")
    for paragraph in [TextWrap.sentence(root.summary)] + root.discussion { page.paragraph(paragraph) }
    let commands = allCommands.filter { !$0.path.isEmpty }
    if !commands.isEmpty { page.macro("SH", "COMMANDS") }
    for (path, command) in commands {
      page.macro("SS", usage(of: command, at: path))
      for paragraph in [TextWrap.sentence(command.summary)] + command.discussion { page.paragraph(paragraph) }
      page.terms(command.arguments.map { ($0.usage, TextWrap.sentence($0.help)) })
      page.terms(command.options.map { ($0.usage, TextWrap.sentence($0.explanation)) })
    }
    page.macro("SH", "OPTIONS")
    page.terms((root.options + Self.builtIn).map { ($0.usage, TextWrap.sentence($0.explanation)) })
    page.section("ENVIRONMENT", variables)
    page.section("FILES", files)
    page.macro("SH", "EXIT STATUS")
    page.terms(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) })
    return page.source
  }
}

/// Writes troff.
struct ManualPage {
  private(set) var source = ""

  mutating func macro(_ name: String, _ arguments: String...) {
    source += ".\(name)" + arguments.map { " \"\(Self.escaped($0))\"" }.joined() + "\n"
  }

  mutating func text(_ text: String, isEscaped: Bool = false) {
    let line = isEscaped ? text : Self.escaped(text)
    // A dot or an apostrophe at the start of a line would be a request.
    source += (line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" : "") + line + "\n"
  }

  mutating func paragraph(_ words: String) {
    source += ".PP\n"
    text(words)
  }

  mutating func terms(_ terms: [(String, String)]) {
    for (term, meaning) in terms {
      source += ".TP\n"
      macro("B", term)
      text(meaning)
    }
  }

  mutating func section(_ title: String, _ terms: [ProgramDescription.Term]) {
    guard !terms.isEmpty else { return }
    macro("SH", title)
    self.terms(terms.map { ($0.name, TextWrap.sentence($0.meaning)) })
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      default: result.append(character)
      }
    }
    return result
  }
}
