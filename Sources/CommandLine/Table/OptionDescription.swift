/// An option of the command line.
public struct OptionDescription: Sendable, Hashable {
  /// What a shell offers for an option's value.
  public enum Completion: Sendable, Hashable {
    /// Nothing.
    case none
    /// Files.
    case files
    /// Folders.
    case directories
    /// These words; no others are accepted.
    case words([String])
  }

  /// The name without dashes, `max-batches`.
  public let name: String
  /// A one-letter name, nil for none.
  public let letter: Character?
  /// What the value is called in help, nil for a switch.
  public let value: String?
  /// Whether it may be given more than once.
  public let isRepeated: Bool
  /// The value when it is not given, for help.
  public let defaultText: String?
  /// What a shell offers.
  public let completion: Completion
  /// Options of one group exclude each other.
  public let group: String?
  /// Another option without which this one makes no sense.
  public let requires: String?
  /// One sentence for help, without a full stop.
  public let help: String

  /// An option.
  public init(
    _ name: String, letter: Character? = nil, value: String? = nil, isRepeated: Bool = false,
    defaultText: String? = nil, completion: Completion = .none, group: String? = nil, requires: String? = nil,
    help: String
  ) {
    self.name = name
    self.letter = letter
    self.value = value
    self.isRepeated = isRepeated
    self.defaultText = defaultText
    self.completion = completion
    self.group = group
    self.requires = requires
    self.help = help
  }

  /// `--max-batches N`, with the letter first where there is one.
  var usage: String {
    let names = (letter.map { "-\($0), " } ?? "") + "--\(name)"
    return value.map { "\(names) \($0)" } ?? names
  }

  /// The help's sentence with the words and the default.
  var explanation: String {
    var text = help
    if case .words(let words) = completion { text += ": \(words.joined(separator: ", "))" }
    if isRepeated { text += "; may be repeated" }
    if let defaultText { text += " (default: \(defaultText))" }
    return text
  }
}

/// A word of the command line that is no option.
public struct ArgumentDescription: Sendable, Hashable {
  /// What it is called in help.
  public let name: String
  /// Whether it may be left out.
  public let isOptional: Bool
  /// Whether any number of words may follow; only the last argument.
  public let isRepeated: Bool
  /// One sentence for help, without a full stop.
  public let help: String

  /// An argument.
  public init(_ name: String, isOptional: Bool = false, isRepeated: Bool = false, help: String) {
    self.name = name
    self.isOptional = isOptional
    self.isRepeated = isRepeated
    self.help = help
  }

  /// `ID`, `[ID]`, `FILE...`.
  var usage: String {
    let words = isRepeated ? "\(name)..." : name
    return isOptional ? "[\(words)]" : words
  }
}
