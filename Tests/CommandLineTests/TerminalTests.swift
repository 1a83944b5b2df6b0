import CommandLine
import Glibc
import Testing

@Suite struct TerminalTests {
  static let widths: [(String, Int)] = [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("ｆｕｌｌ", 8), ("🎉", 2), ("ไทย", 3),
    ("a\u{200B}b", 2), ("\u{7}", 0), ("Путин", 5), ("עברית", 5),
  ]

  @Test(arguments: widths)
  func displayWidth(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func truncation() {
    #expect(DisplayWidth.truncated("abcdef", to: 6) == "abcdef")
    #expect(DisplayWidth.truncated("abcdef", to: 4) == "abc…")
    #expect(DisplayWidth.truncated("日本語", to: 4) == "日…")
    #expect(DisplayWidth.truncated("日本語", to: 1) == "…")
    for width in 1..<12 { #expect(DisplayWidth.of(DisplayWidth.truncated("a日b本c語e\u{301}", to: width)) <= width) }
  }

  @Test func sanitizing() {
    #expect(DisplayWidth.sanitized("Main Page") == "Main Page")
    #expect(DisplayWidth.sanitized("a\u{1B}[31m\r\nb\u{9B}\u{202E}") == "a?[31m??b??")
  }

  @Test func tablesAlignByDisplayWidth() {
    var table = TextTable([.init("page", maximumWidth: 10), .init("edits", .right), .init("why")])
    table.add(["日本", "5", "a"])
    table.add(["Barack Obama", "1,234"])
    table.add(["x\ny", "7", "b", "beyond"])
    #expect(
      table.text(indent: 2) == """
          page        edits  why
          日本            5  a
          Barack Ob…  1,234
          x?y             7  b

        """)
  }

  @Test func tablesWithoutRowsOrHeadings() {
    #expect(TextTable([.init("a")]).text().isEmpty)
    var table = TextTable([.init(""), .init("")])
    table.add(["a", "b"])
    #expect(table.text() == "a  b\n")
  }

  @Test func progressOnATerminal() {
    var line = ProgressLine("silver", terminal: Terminal(isTerminal: true, width: 60))
    #expect(
      line.update(done: 250_000, total: 1_000_000, detail: "12 s", now: 0)
        == "\rsilver: [#####---------------] 25 % 250,000  12 s\u{1B}[K")
    #expect(line.update(done: 260_000, total: 1_000_000, now: 99).isEmpty)
    #expect(line.update(done: 1000, total: nil, now: 100) == "\rsilver: 1,000\u{1B}[K")
    #expect(line.update(done: 5, total: 0, now: 300) == "\rsilver: 5\u{1B}[K")
    #expect(line.clear() == "\r\u{1B}[K")
    #expect(line.clear().isEmpty)
    var narrow = ProgressLine("silver", terminal: Terminal(isTerminal: true, width: 10))
    #expect(narrow.update(done: 9, total: 5, now: 0) == "\rsilver: …\u{1B}[K")
  }

  @Test func progressInAPipeIsQuiet() {
    var line = ProgressLine("silver", terminal: Terminal(isTerminal: false))
    #expect(line.update(done: 1, total: 2, now: 0).isEmpty && line.clear().isEmpty)
  }

  @Test func pipesAreNoTerminals() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let terminal = Terminal(descriptor: ends[1], variables: [:])
    #expect(!terminal.isTerminal && terminal.width == 80)
    close(ends[0])
    close(ends[1])
    #expect(!Terminal(descriptor: -1, variables: [:]).isTerminal)
  }

  static let numbers: [(Int, String)] = [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (.min, "-9,223,372,036,854,775,808"),
  ]

  @Test(arguments: numbers)
  func grouping(_ number: Int, _ text: String) {
    #expect(Grouped.number(number) == text)
  }
}
