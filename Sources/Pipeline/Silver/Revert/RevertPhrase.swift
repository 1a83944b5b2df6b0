/// Words by which a summary says that it reverts.
///
/// Notation: ASCII letters match either case; `#` stands for a number; ` … ` for anything between two parts; link
/// brackets in the summary (`[[WP:UNDO|undid]] revision`) are looked through.
struct RevertPhrase {
  /// Where in a summary the words count.
  enum Position {
    /// Anywhere: generated summaries, behind which or before which people write.
    case anywhere
    /// At the beginning or after a full stop or semicolon: ordinary words, which elsewhere tell of other edits.
    case clause
    /// As `clause`, or in lower case as a word anywhere.
    case abbreviation
  }

  let first: [UInt8]
  let second: [UInt8]?
  let kind: RevertKind
  let position: Position
  /// Whether a letter before the words makes them another word: true but for scripts that write without spaces.
  let beginsWord: Bool

  init(_ words: String, _ kind: RevertKind, _ position: Position) {
    let parts = words.split(separator: " … ", maxSplits: 1)
    first = Array((parts.first ?? "").utf8).map(asciiLowercased)
    second = parts.count > 1 ? Array(parts[1].utf8).map(asciiLowercased) : nil
    self.kind = kind
    self.position = position
    beginsWord = (words.unicodeScalars.first?.value ?? 0) < 0x0e00
  }

  /// The phrase, and where it begins with a letter outside ASCII, also with that letter in the other case.
  static func variants(_ words: String, _ kind: RevertKind, _ position: Position) -> [RevertPhrase] {
    guard let letter = words.first, !letter.isASCII else { return [RevertPhrase(words, kind, position)] }
    let rest = words.dropFirst()
    return Set([letter.uppercased(), letter.lowercased()]).sorted().map { RevertPhrase($0 + rest, kind, position) }
  }

  /// The bytes between the two parts of a phrase.
  var reach: Int { position == .anywhere ? 400 : 48 }
}

/// The byte with ASCII capitals made small.
func asciiLowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte }
