import Failures
import Patterns
import Testing

private func outcome(_ pattern: String, _ text: [UInt8], ignoringCase: Bool = false) throws -> PatternMatcher.Outcome {
  let matcher = try PatternMatcher(Pattern(pattern, ignoringCase: ignoringCase))
  return text.withUnsafeBytes { matcher.match($0) }
}

private let found: [(String, String, PatternMatcher.Outcome)] = [
  ("b", "abc", .found), ("^b", "abc", .notFound), ("^$", "", .found), ("x", "", .notFound),
  ("^.$", "ü", .found), ("^..$", "ü", .notFound), ("^\\w+$", "日本", .found), ("(?i)STRASSE", "strasse", .found),
  ("É", "é", .notFound), ("\\d{4}$", "in 2026", .found), ("(?<!a)b", "ab", .notFound), ("a\\Kb", "ab", .found),
]

@Test("A pattern is looked for anywhere, by characters", arguments: found)
func finds(_ pattern: String, _ text: String, _ expected: PatternMatcher.Outcome) throws {
  #expect(try outcome(pattern, Array(text.utf8)) == expected)
}

@Test("Case is ignored where it is asked for, beyond ASCII too")
func ignoresCase() throws {
  #expect(try outcome("É", Array("é".utf8), ignoringCase: true) == .found)
}

@Test("Ill-formed UTF-8 matches nothing, but what is around it does")
func illFormed() throws {
  #expect(try outcome("^.$", [0xff]) == .notFound)
  #expect(try outcome("b", [0xff, 0x62, 0xc3]) == .found)
  #expect(try outcome("é", [0xc3]) == .notFound)
}

private let costly: [(String, String)] = [
  ("^(a+)+$", String(repeating: "a", count: 64) + "!"),
  ("^(a|aa)+$", String(repeating: "a", count: 200) + "!"),
  ("(x+x+)+[yz]", "z" + String(repeating: "x", count: 400)),
  ("^(\\w+\\s?)*\\d$", String(repeating: "word ", count: 60) + "!"),
]

@Test("A match that explodes is given up", .timeLimit(.minutes(1)), arguments: costly)
func catastrophe(_ pattern: String, _ text: String) throws {
  #expect(try outcome(pattern, Array(text.utf8)) == .tooCostly)
}

@Test("Deep recursion is given up or done, and does not overflow the stack")
func recursion() throws {
  let text = String(repeating: "(", count: 200_000)
  #expect(try outcome("^(\\((?1)*\\))*$", Array(text.utf8)) != .found)
}

@Test("A wrong pattern says what is wrong and where", arguments: [("a(b", 3), ("[z-a]", 3), ("\\C", 2), ("(?<n", 4)])
func wrong(_ pattern: String, _ offset: Int) throws {
  let failure = try #require(throws: Failure.self) { try Pattern(pattern) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.contains("at offset \(offset) of the pattern \(pattern)"), "\(failure)")
}

@Test("A pattern that grows beyond measure is refused")
func huge() {
  #expect(throws: Failure.self) { try Pattern("((((a{1,1000}){1,1000}){1,1000}){1,1000})") }
  #expect(throws: Failure.self) { try Pattern(String(repeating: "a", count: Pattern.maximumBytes + 1)) }
}

@Test("Patterns are equal when they are written alike")
func equality() throws {
  #expect(try Pattern("a") == Pattern("a"))
  #expect(try Pattern("a") != Pattern("a", ignoringCase: true))
  #expect(try Set([Pattern("a"), Pattern("a"), Pattern("b")]).count == 2)
}
