import Failures
import Testing
import YAML

@Suite struct ParserTests {
  private func parse(_ text: String, limits: YAMLLimits = YAMLLimits()) throws -> YAMLNode? {
    try YAMLNode.parse(text, source: "a.yaml", limits: limits)
  }

  private func refusal(_ text: String, limits: YAMLLimits = YAMLLimits()) -> Failure? {
    do {
      _ = try parse(text, limits: limits)
      return nil
    } catch {
      return error as? Failure
    }
  }

  @Test func nodesKnowTheirPlace() throws {
    let root = try #require(try parse("# comment\na: 1\nb:\n  - x\n  - {c: d}\n"))
    #expect(root.entries?.map(\.key) == ["a", "b"])
    #expect(root["a"]?.location == YAMLLocation(source: "a.yaml", line: 2, column: 4))
    #expect(root["b"]?.location.line == 4)
    guard case .sequence(let items)? = root["b"]?.content else {
      Issue.record("b is no sequence")
      return
    }
    #expect(items[1]["c"]?.location.description == "a.yaml:5")
  }

  @Test(arguments: ["", "# only a comment\n", "---\n...\n", "\u{FEFF}"])
  func emptyDocuments(_ text: String) throws {
    let node = try parse(text)
    #expect(node == nil || node?.isNull == true)
  }

  @Test func scalarStylesKeepTheirText() throws {
    let root = try #require(try parse("a: 'it''s'\nb: \"tab\\t\\u00e9\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\n"))
    let texts = root.entries?.compactMap { entry -> String? in
      if case .scalar(let scalar) = entry.value.content { scalar.text } else { nil }
    }
    #expect(texts == ["it's", "tab\té", "one\ntwo\n", "one two"])
  }

  static let refused: [(String, Failure.Kind, String)] = [
    ("a: &x 1\n", .unsupported, "a.yaml:1: anchor \"&x\""),
    ("a: 1\nb: *x\n", .unsupported, "a.yaml:2: an alias"),
    ("a: &x {b: 1}\n", .unsupported, "a.yaml:1: anchor"),
    ("a: &x [1]\n", .unsupported, "a.yaml:1: anchor"),
    ("a: !!python/object x\n", .unsupported, "a.yaml:1: tag \"tag:yaml.org,2002:python/object\""),
    ("a: !mine [1]\n", .unsupported, "a.yaml:1: tag \"!mine\""),
    ("a: 1\nb: 2\na: 3\n", .malformedInput, "a.yaml:3: key \"a\" again (first in line 1)"),
    ("a: {b: 1, b: 2}\n", .malformedInput, "a.yaml:1: key \"b\" again"),
    ("? [a]\n: 1\n", .unsupported, "a.yaml:1: a key that is not a scalar"),
    ("--- 1\n--- 2\n", .unsupported, "more than one document"),
    ("a: [1\n", .malformedInput, "a.yaml:2: "),
    ("a: 1\n\tb: 2\n", .malformedInput, "a.yaml:2: "),
    ("a: \u{0}\n", .malformedInput, "a.yaml: control characters are not allowed"),
    ("a: b: c\n", .malformedInput, "a.yaml:1: mapping values are not allowed"),
  ]

  @Test(arguments: refused)
  func refuses(_ text: String, _ kind: Failure.Kind, _ beginning: String) throws {
    let failure = try #require(refusal(text))
    #expect(failure.kind == kind)
    #expect(failure.message.contains(beginning), "\(failure.message)")
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    #expect(throws: Failure.self) { try YAMLNode.parse([0x61, 0x3A, 0x20, 0xFF, 0xFE], source: "a.yaml") }
  }

  @Test func limits() throws {
    #expect(refusal("a: 12345\n", limits: YAMLLimits(bytes: 4))?.kind == .limitExceeded)
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(refusal(deep)?.kind == .limitExceeded)
    #expect(refusal(String(repeating: "[", count: 100_000))?.kind == .limitExceeded)
    #expect(refusal("[1, 2, 3, 4]", limits: YAMLLimits(nodes: 4))?.kind == .limitExceeded)
    #expect(refusal("[1, 2, 3]", limits: YAMLLimits(nodes: 4)) == nil)
  }

  @Test func truncatedAndDamagedInputNeverTraps() {
    let text = Array("a: {b: [1, \"x\\u00e9\", |\n], c: 'd'}\n# e\nf:\n - g: h\n".utf8)
    var state: UInt64 = 7
    for end in 0...text.count { _ = try? YAMLNode.parse(Array(text[..<end]), source: "cut") }
    for _ in 0..<500 {
      var damaged = text
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 24)
      }
      _ = try? YAMLNode.parse(damaged, source: "damaged")
    }
    #expect(state != 7)
  }

  @Test func mergingReplacesScalarsAndLists() throws {
    let base = try #require(try parse("a: {x: 1, y: [1, 2]}\nb: 2\n"))
    let over = try #require(try YAMLNode.parse("c: 3\na: {y: [3]}\n", source: "b.yaml"))
    let merged = base.merged(with: over)
    #expect(merged.entries?.map(\.key) == ["a", "b", "c"])
    #expect(merged["a"]?["x"]?.location.source == "a.yaml")
    #expect(merged["a"]?["y"]?.location.description == "b.yaml:2")
    guard case .sequence(let items)? = merged["a"]?["y"]?.content else {
      Issue.record("y is no sequence")
      return
    }
    #expect(items.count == 1)
  }

  @Test func replacingMakesTheWay() throws {
    let base = try #require(try parse("a: {x: 1}\n"))
    let value = YAMLNode(.scalar(YAMLScalar("5", isPlain: true)), at: YAMLLocation(source: "variable V"))
    #expect(base.replacing(["a", "x"], with: value)["a"]?["x"] == value)
    #expect(base.replacing(["b", "c", "d"], with: value)["b"]?["c"]?["d"] == value)
    #expect(value.location.description == "variable V")
  }
}
