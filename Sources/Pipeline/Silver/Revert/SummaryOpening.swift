/// Where the words of an edit summary begin: behind section marks, "Bot:" and punctuation, and inside a link that opens it.
struct SummaryOpening {
  /// The first byte behind section marks.
  let start: Int
  private var words: Int
  private var linkText: Int?

  /// The opening of `text`.
  init(_ text: UnsafeRawBufferPointer) {
    start = Self.skipSections(text)
    words = Self.skipPunctuation(text, from: start)
    if let afterName = text.end(of: Self.bot, at: words) ?? text.end(of: Self.robot, at: words),
      text.endsWord(at: afterName)
    {
      words = Self.skipPunctuation(text, from: afterName)
    }
    if words + 1 < text.count, text[words] == 0x5b, text[words + 1] == 0x5b {
      linkText = text.linkText(at: words)
    }
  }

  /// Whether the summary's words begin at `position`.
  func contains(_ position: Int) -> Bool { position == words || position == linkText }

  private static let bot = Array("bot".utf8)
  private static let robot = Array("robot".utf8)

  /// The position behind leading blanks and `/* … */`.
  static func skipSections(_ text: UnsafeRawBufferPointer) -> Int {
    var position = 0
    while true {
      while position < text.count, isBlank(text[position]) { position += 1 }
      guard position + 3 < text.count, text[position] == 0x2f, text[position + 1] == 0x2a else { return position }
      var end = position + 2
      while end + 1 < text.count, !(text[end] == 0x2a && text[end + 1] == 0x2f) { end += 1 }
      guard end + 1 < text.count else { return position }
      position = end + 2
    }
  }

  private static func skipPunctuation(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start
    while position < text.count {
      switch text[position] {
      case 0x09...0x0d, 0x20...0x22, 0x27, 0x28, 0x2a, 0x2d, 0x2e, 0x3a, 0x3b: position += 1
      case 0xe2 where position + 2 < text.count: position += 3  // dashes, quotation marks, arrows
      default: return position
      }
    }
    return position
  }
}

/// Whether `byte` is an ASCII blank.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }
