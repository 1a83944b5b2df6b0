import JSON
import Testing

struct ValidityTests {
  /// Whether each of the texts, nil for a null row, is found to be no JSON.
  private func invalid(_ texts: [[UInt8]?]) throws -> [Bool] {
    var offsets = [0]
    for text in texts { offsets.append(offsets[offsets.count - 1] + (text?.count ?? 0)) }
    return try JSONValidity.invalidRows(
      bytes: texts.flatMap { $0 ?? [] }, offsets: offsets, validity: texts.map { $0 != nil })
  }

  static let valid = [
    "{}", "[]", "1", "-0", "\"\"", "null", "true", " [1 , 2]\n", "1e400", "123456789012345678901234567890",
    "[0.1, -18446744073709551616]", #"{"a":{"a":"\u00e9\ud83d\ude00"}}"#, "{\"a\":1,\"a\":2}",
  ]
  static let broken = [
    "", " ", "{", "[1,]", "{\"a\"}", "nul", "01", "1.", ".5", "+1", "'a'", "\"\u{1}\"", "{}{}", "[1] x", "NaN",
    #""\ud800""#, #""\x""#, "\u{feff}{}", "123456789012345678901234567890x",
  ]

  @Test func tellsValuesFromOtherTexts() throws {
    let texts = Self.valid.map { Array($0.utf8) } + [nil] + Self.broken.map { Array($0.utf8) }
    let flags = try invalid(texts)
    for (index, text) in texts.enumerated() {
      #expect(
        flags[index] == (index > Self.valid.count), "\(text.map { String(decoding: $0, as: UTF8.self) } ?? "null")")
    }
    #expect(try invalid([]).isEmpty)
    #expect(try invalid([[0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22]]) == [true, true])
  }

  @Test func isLimitedInDepth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    #expect(
      try invalid([nested(1000), nested(JSONValidity.maximumDepth + 1), nested(100_000)]) == [false, true, true])
  }

  /// Damaged documents one behind the other, so that each is read into the next: the parser of trees says the same of each.
  @Test func agreesWithTheParserOfTrees() throws {
    var generator = SeededGenerator(seed: 7)
    var texts: [[UInt8]] = []
    for _ in 0..<2000 {
      var bytes = RobustnessTests.random(0, &generator).serialized(.compact)
      for _ in 0..<Int.random(in: 0..<2, using: &generator) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0x20..<0x80, using: &generator)
      }
      texts.append(bytes)
    }
    let flags = try invalid(texts)
    for (text, flag) in zip(texts, flags) {
      #expect(flag == ((try? JSONValue.parse(text)) == nil), "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(Set(flags).count == 2)
  }

  @Test func largeColumnsAreJudgedRowByRowToo() throws {
    // Several parts for the threads, with broken rows and nulls at their edges and everywhere else.
    let good = Array("{\"a\":\"\(String(repeating: "x", count: 2000))\"}".utf8)
    let rows = (0..<3000).map { row -> [UInt8]? in row % 7 == 0 ? nil : row % 5 == 0 ? Array(good.dropLast()) : good }
    #expect(try invalid(rows) == rows.map { $0.map { $0.count < good.count } ?? false })
  }
}
