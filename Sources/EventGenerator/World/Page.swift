internal import Hashing

/// A page: everything about it follows from its wiki and key.
struct Page: Sendable {
  let wiki: Int
  let namespace: Int
  let title: [UInt8]
  /// Its size in bytes, more or less.
  let length: Int

  /// A page that a scenario names.
  init(wiki: Int, title: String, length: Int) {
    self.wiki = wiki
    namespace = 0
    self.title = Array(title.utf8)
    self.length = length
  }

  /// The page of a key.
  init(wiki: Int, key: UInt64) {
    var bits = Xoshiro256StarStar(seed: key &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(wiki))
    let language = Wiki.all[wiki].language
    self.wiki = wiki
    length = 300 + bits.next(below: 400) * bits.next(below: 250)
    switch Wiki.all[wiki].kind {
    case .data:
      namespace = 0
      var title = [UInt8(ascii: "Q")]
      Digits.append(1 + bits.next(below: 130_000_000), to: &title)
      self.title = title
    case .media:
      namespace = 6
      let other = Language.allCases[bits.next(below: Language.allCases.count)]
      title =
        Vocabulary.namespace(6, language) + Self.words(3, other, &bits)
        + Array(" \(bits.next(below: 10_000)) - \(bits.next(below: 100_000)).jpg".utf8)
    case .dictionary:
      namespace = 0
      title = Self.words(1, language, &bits) + Array("\(bits.next(below: 20_000))".utf8)
    case .encyclopedia, .meta:
      namespace = Self.namespaces[bits.next(below: Self.namespaces.count)]
      var title = Vocabulary.namespace(namespace, language) + Self.words(1 + bits.next(below: 4), language, &bits)
      title += Array(
        (bits.next(below: 2) == 0 ? " (\(1700 + bits.next(below: 327)))" : " \(bits.next(below: 90_000))").utf8)
      self.title = title
    }
  }

  private static let namespaces =
    [Int](repeating: 0, count: 72) + [Int](repeating: 1, count: 8) + [Int](repeating: 2, count: 6)
    + [Int](repeating: 3, count: 6) + [Int](repeating: 4, count: 5) + [Int](repeating: 10, count: 3)

  private static func words(_ count: Int, _ language: Language, _ bits: inout Xoshiro256StarStar) -> [UInt8] {
    let words = Vocabulary.words[language.rawValue]
    var output: [UInt8] = []
    for index in 0..<count {
      if index > 0 { output.append(UInt8(ascii: " ")) }
      output += words[bits.next(below: words.count)]
    }
    return output
  }

  /// A category: few are met all the time, most once.
  static func category(_ wiki: Int, _ random: inout Xoshiro256StarStar) -> [UInt8] {
    var title = Vocabulary.namespace(14, Wiki.all[wiki].language)
    switch random.next(below: 100) {
    case 0..<22:
      // Everybody's first category.
      let words = Vocabulary.words[Wiki.all[wiki].language.rawValue]
      title += words[0] + Array(" 2026 ".utf8) + words[1]
    case 22..<40:
      title += Array("Pages using template ".utf8)
      Digits.append(random.next(below: 300), to: &title)
    default:
      title += words(1, Wiki.all[wiki].language, &random)
      title.append(0x20)
      Digits.append(random.next(below: 400), to: &title)
    }
    return title
  }
}
