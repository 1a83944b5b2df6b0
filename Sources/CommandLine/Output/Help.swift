extension ProgramDescription {
  /// The help of the command at `path`, the program's own for an empty one. 80 columns.
  public func help(for path: [String]) -> String {
    let known = command(at: path) == nil ? [] : path
    let command = command(at: known) ?? root
    var text = "usage: \(usage(of: command, at: known))\n\n"
    text += TextWrap.paragraph(TextWrap.sentence(command.summary), width: 80)
    for paragraph in command.discussion { text += "\n" + TextWrap.paragraph(paragraph, width: 80) }
    text += section("commands", command.commands.map { ($0.name, TextWrap.sentence($0.summary)) })
    text += section("arguments", command.arguments.map { ($0.usage, TextWrap.sentence($0.help)) })
    if command != root { text += section("options", terms(command.options)) }
    text += section(command == root ? "options" : "general options", terms(root.options + Self.builtIn))
    if !command.commands.isEmpty {
      text += "\nSee \(([root.name, "help"] + known).joined(separator: " ")) COMMAND for more about a command.\n"
    }
    return text
  }

  /// `wikiguard-job batches retry [OPTION...] ID`.
  func usage(of command: CommandDescription, at path: [String]) -> String {
    var words = [root.name] + path
    if !command.commands.isEmpty { words.append(command.isRunnable ? "[COMMAND]" : "COMMAND") }
    words.append("[OPTION...]")
    return (words + command.arguments.map(\.usage)).joined(separator: " ")
  }

  private func terms(_ options: [OptionDescription]) -> [(String, String)] {
    options.map { ($0.usage, TextWrap.sentence($0.explanation)) }
  }

  private func section(_ title: String, _ terms: [(String, String)]) -> String {
    guard !terms.isEmpty else { return "" }
    let indent = min(26, (terms.map { $0.0.count }.max() ?? 0) + 4)
    return "\n\(title):\n"
      + terms.map { term, meaning in
        let wrapped = TextWrap.lines(meaning, width: 80 - indent)
        let first =
          term.count + 4 > indent ? "  \(term)\n" + String(repeating: " ", count: indent) : pad("  \(term)", indent)
        return first + wrapped.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
      }.joined()
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

/// Breaks text into lines.
enum TextWrap {
  /// Lines of at most `width` columns, broken at spaces; a longer word stands alone.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return lines + [line]
  }

  static func paragraph(_ text: String, width: Int) -> String {
    lines(text, width: width).joined(separator: "\n") + "\n"
  }

  /// A capital letter in front and a full stop at the end.
  static func sentence(_ text: String) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital.hasSuffix(".") ? capital : capital + "."
  }
}
