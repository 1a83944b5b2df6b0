internal import Hashing

/// A comment with places to fill: `{q}` an item, `{p}` a property's number, `{n}` a number, `{r}` a revision, `{v}` whose edit is undone,
/// `{u}` another user, `{t}` a page, `{s}` a section.
struct CommentTemplate: Sendable {
  private enum Piece: Sendable {
    case text([UInt8])
    case place(UInt8)
  }

  /// What the places are filled with.
  struct Values {
    var revision: Int
    var victim: [UInt8]
    var other: [UInt8]
    var page: [UInt8]
  }

  private let pieces: [Piece]

  /// Reads a template.
  init(_ text: String) {
    var pieces: [Piece] = []
    var rest = Array(text.utf8)[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")), open + 2 < rest.endIndex,
      rest[open + 2] == UInt8(ascii: "}")
    {
      pieces.append(.text(Array(rest[..<open])))
      pieces.append(.place(rest[open + 1]))
      rest = rest[(open + 3)...]
    }
    pieces.append(.text(Array(rest)))
    self.pieces = pieces
  }

  /// The comment.
  func filled(_ values: Values, _ random: inout Xoshiro256StarStar) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(160)
    for piece in pieces {
      switch piece {
      case .text(let text): output += text
      case .place(let place): Self.fill(place, values, &random, &output)
      }
    }
    return output
  }

  private static func fill(
    _ place: UInt8, _ values: Values, _ random: inout Xoshiro256StarStar, _ output: inout [UInt8]
  ) {
    switch place {
    case UInt8(ascii: "q"):
      output.append(UInt8(ascii: "Q"))
      Digits.append(1 + random.next(below: 130_000_000), to: &output)
    case UInt8(ascii: "p"): Digits.append(6 + random.next(below: 13_000), to: &output)
    case UInt8(ascii: "n"): Digits.append(2 + random.next(below: 900), to: &output)
    case UInt8(ascii: "r"): Digits.append(values.revision, to: &output)
    case UInt8(ascii: "v"): output += values.victim
    case UInt8(ascii: "u"): output += values.other
    case UInt8(ascii: "t"): output += values.page
    default: output += Vocabulary.sections[random.next(below: Vocabulary.sections.count)]
    }
  }
}
