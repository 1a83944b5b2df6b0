import Iceberg
import Testing

struct BoundTruncationTests {
  private static let letters = "abcdefghijklmnop"

  static let texts: [(value: String, lower: String, upper: String?)] = [
    ("", "", ""), ("short", "short", "short"), (letters, letters, letters),
    (letters + "q", letters, "abcdefghijklmnoq"),
    // Sixteen code points, not sixteen bytes; never cut inside one.
    (String(repeating: "é", count: 17), String(repeating: "é", count: 16), String(repeating: "é", count: 15) + "ê"),
    (String(repeating: "😀", count: 16), String(repeating: "😀", count: 16), String(repeating: "😀", count: 16)),
    (String(repeating: "😀", count: 17), String(repeating: "😀", count: 16), String(repeating: "😀", count: 15) + "😁"),
    // A combining accent is a code point of its own.
    (
      String(repeating: "e\u{301}", count: 9), String(repeating: "e\u{301}", count: 8),
      String(repeating: "e\u{301}", count: 7) + "e\u{302}"
    ),
    // The surrogates are passed over, the last code point carries to the left.
    (
      String(repeating: "a", count: 15) + "\u{d7ff}z", String(repeating: "a", count: 15) + "\u{d7ff}",
      String(repeating: "a", count: 15) + "\u{e000}"
    ),
    (
      String(repeating: "a", count: 15) + "\u{10ffff}z", String(repeating: "a", count: 15) + "\u{10ffff}",
      String(repeating: "a", count: 14) + "b"
    ),
    (String(repeating: "\u{10ffff}", count: 17), String(repeating: "\u{10ffff}", count: 16), nil),
    (
      String(repeating: "\u{7f}", count: 17), String(repeating: "\u{7f}", count: 16),
      String(repeating: "\u{7f}", count: 15) + "\u{80}"
    ),
  ]

  @Test(arguments: texts)
  func cutsTextByCodePoints(value: String, lower: String, upper: String?) {
    #expect(Literal.text(value).truncatedLowerBound() == .text(lower))
    #expect(Literal.text(value).truncatedUpperBound() == upper.map { .text($0) })
  }

  @Test
  func cutsBytes() {
    let long = Literal.binary([1, 2, 3, 0xff, 5])
    #expect(long.truncatedLowerBound(to: 4) == .binary([1, 2, 3, 0xff]))
    #expect(long.truncatedUpperBound(to: 4) == .binary([1, 2, 4]))
    #expect(long.truncatedUpperBound(to: 5) == long)
    #expect(Literal.binary([0xff, 0xff, 1]).truncatedUpperBound(to: 2) == nil)
    #expect(Literal.fixed([1, 2]).truncatedLowerBound(to: 1) == .fixed([1]))
    #expect(Literal.fixed([1, 2]).truncatedUpperBound(to: 1) == .fixed([2]))
    #expect(Literal.fixed([1, 2]).truncatedUpperBound(to: 0) == nil)
    #expect(Literal.binary([1]).truncatedLowerBound(to: -1) == .binary([]))
  }

  @Test
  func leavesOtherTypesAlone() {
    for value: Literal in [.long(.max), .double(.nan), .decimal(7), .uuid(1), .boolean(true)] {
      #expect(value.truncatedLowerBound(to: 1) == value || value.isNaN)
      #expect(value.truncatedUpperBound(to: 1) == value || value.isNaN)
    }
  }

  @Test
  func boundsHoldForRandomText() {
    var generator = ManifestSamples.Generator(seed: 7)
    let alphabet: [Unicode.Scalar] = ["a", "z", "\u{7f}", "\u{7ff}", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10ffff}"]
    for _ in 0..<1000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<6, using: &generator) {
        scalars.append(alphabet.randomElement(using: &generator) ?? "a")
      }
      let value = Literal.text(String(scalars))
      let length = Int.random(in: 0..<5, using: &generator)
      #expect(value.isLess(than: value.truncatedLowerBound(to: length)) == false)
      if let upper = value.truncatedUpperBound(to: length) { #expect(upper.isLess(than: value) == false) }
    }
  }

  @Test
  func survivesTextThatIsNotUTF8() {
    var generator = ManifestSamples.Generator(seed: 8)
    for _ in 0..<1000 {
      let bytes = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let value = Literal.string(bytes)
      #expect(value.isLess(than: value.truncatedLowerBound(to: 4)) == false)
      if let upper = value.truncatedUpperBound(to: 4) { #expect(upper.isLess(than: value) == false) }
    }
  }
}
