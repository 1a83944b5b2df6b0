import Failures
import Testing
import YAML

@Suite struct ReaderTests {
  private enum Colour: String, CaseIterable {
    case red, green
  }

  private func read<Value>(_ text: String, _ body: (YAMLReader) throws -> Value) throws -> Value {
    let node = try #require(try YAMLNode.parse(text, source: "jobs/gold.yaml"))
    return try YAMLReader.read(node, body).value
  }

  private func message(_ text: String, _ body: (YAMLReader) throws -> some Any) -> String {
    do {
      _ = try read(text, body)
      return "no failure"
    } catch let failure as Failure {
      #expect(failure.kind == .configuration)
      return failure.description
    } catch {
      return "\(error)"
    }
  }

  @Test func unknownKeysAreNamedWithLineAndSuggestion() {
    let text = "burst_zscore: 2\nburst_zcore: 3\n"
    let said = message(text) { try $0.number("burst_zscore", in: 0...10) }
    #expect(said == "jobs/gold.yaml:2: unknown key \"burst_zcore\" (did you mean \"burst_zscore\"?)")
    #expect(message("zzz: 1\n") { _ in } == "jobs/gold.yaml:1: unknown key \"zzz\"")
    let nested = message("a:\n  b: 1\n  c: 2\n") { try $0.section("a") { try $0.integer("b", in: 0...9) } }
    #expect(nested == "jobs/gold.yaml:3: unknown key \"c\"")
  }

  @Test func missingKeysAreNamedWithTheirPath() {
    let said = message("a:\n  b: 1\n") { try $0.section("a") { try $0.integer("c", in: 0...9) } }
    #expect(said == "jobs/gold.yaml:2: \"a.c\" has no value")
    #expect(message("a:\n") { try $0.string("a") } == "jobs/gold.yaml:1: \"a\" has no value")
  }

  @Test func types() throws {
    #expect(try read("a: 5\n") { try $0.integer("a", in: 0...9) } == 5)
    #expect(try read("a: 5\n") { try $0.number("a", in: 0...9) } == 5)
    #expect(try read("a: 0.5\n") { try $0.number("a", in: 0...9) } == 0.5)
    #expect(try read("a: on\nb: false\n") { [try $0.boolean("a"), try $0.boolean("b")] } == [true, false])
    #expect(try read("a: 12\n") { try $0.string("a") } == "12")
    #expect(try read("a: ''\n") { try $0.optionalString("a") } == nil)
    #expect(try read("b: 1\n") { reader in (try reader.optionalString("a"), try reader.string("b")).0 } == nil)
    #expect(try read("a: green\n") { try $0.choice("a", of: Colour.self) } == .green)
    #expect(try read("a: 10 min\n") { try $0.duration("a", in: .zero ... .seconds(900)) } == .seconds(600))
    #expect(try read("a: 1 MiB\n") { try $0.byteCount("a", in: 0...(1 << 30)) } == 1 << 20)
    #expect(try read("a: [x, 1]\n") { try $0.strings("a") } == ["x", "1"])
    #expect(try read("a: [-1, 2]\n") { try $0.optionalIntegers("a", in: -2...9) } == [-1, 2])
    #expect(try read("{}\n") { try $0.optionalStrings("a") }.isEmpty)
    #expect(try read("{}\n") { try $0.optionalNumber("a", in: 0...1) } == nil)
    #expect(try read("{}\n") { try $0.optionalDuration("a", in: .zero ... .seconds(1)) } == nil)
    #expect(try read("{}\n") { try $0.optionalSection("a") { try $0.string("b") } } == nil)
  }

  @Test func mismatchesSayWhatIsWanted() {
    let place = "jobs/gold.yaml:1: \"a\""
    #expect(
      message("a: x\n") { try $0.integer("a", in: 1...5) } == "\(place) must be an integer from 1 to 5, not \"x\"")
    #expect(
      message("a: 9\n") { try $0.integer("a", in: 1...5) } == "\(place) must be an integer from 1 to 5, not \"9\"")
    #expect(
      message("a: 9\n") { try $0.integer("a", in: 10 ... .max) }
        == "\(place) must be an integer of at least 10, not \"9\"")
    #expect(message("a: '5'\n") { try $0.integer("a", in: 1...5) }.hasSuffix("not \"5\""))
    #expect(
      message("a: .nan\n") { try $0.number("a", in: 0...1) }.hasPrefix("\(place) must be a number from 0.0 to 1.0"))
    #expect(message("a: yes\n") { try $0.boolean("a") } == "\(place) must be on or off, not \"yes\"")
    #expect(message("a: [1]\n") { try $0.string("a") } == "\(place) must be a text, not a list")
    #expect(message("a: {b: 1}\n") { try $0.strings("a") } == "\(place) must be a list, not a section")
    #expect(message("a: [[1]]\n") { try $0.strings("a") } == "\(place) must be a list of texts, not a list")
    #expect(message("a: soon\n") { try $0.duration("a", in: .zero ... .seconds(5)) }.contains("\"30 s\""))
    #expect(
      message("a: 1 h\n") { try $0.duration("a", in: .zero ... .seconds(5)) }.contains(
        "from 0.0 seconds to 5.0 seconds"))
    #expect(message("a: much\n") { try $0.byteCount("a", in: 0...5) }.contains("\"64 MiB\""))
    #expect(
      message("a: gren\n") { try $0.choice("a", of: Colour.self) }
        == "\(place) is \"gren\", not one of red, green (did you mean \"green\"?)")
    #expect(
      message("a: 1\n") { try $0.section("a") { _ in } }
        == "jobs/gold.yaml:1: expected a section with keys, found an integer")
    #expect(message("- 1\n") { _ in } == "jobs/gold.yaml:1: expected a section with keys, found a list")
  }

  @Test func namedSectionsKeepTheirOrderAndCanBeOff() throws {
    let text = "a:\n  z: {n: 1}\n  y: off\n  x: {n: 2}\n"
    let values = try read(text) {
      try $0.namedSections("a") { name, section in "\(name)\(try section.integer("n", in: 0...9))" }
    }
    #expect(values == ["z1", "x2"])
  }

  @Test func itemsAreReadStrictly() throws {
    #expect(try read("a: [{n: 1}, {n: 2}]\n") { try $0.items("a") { try $0.integer("n", in: 0...9) } } == [1, 2])
    let said = message("a:\n  - n: 1\n  - m: 2\n    n: 1\n") { try $0.items("a") { try $0.integer("n", in: 0...9) } }
    #expect(said == "jobs/gold.yaml:3: unknown key \"m\"")
  }

  @Test func resolvedIsCanonical() throws {
    func resolved(_ text: String) throws -> YAMLResolved {
      let node = try #require(try YAMLNode.parse(text, source: "x"))
      return try YAMLReader.read(node) { reader in
        _ = try reader.duration("wait", in: .zero ... .seconds(9999))
        _ = try reader.section("limits") { try $0.byteCount("bytes", in: 0...(1 << 40)) }
        _ = try reader.optionalStrings("names")
        _ = try reader.optionalString("text")
        _ = try reader.number("ratio", in: 0...1)
        _ = try reader.boolean("flag")
      }.resolved
    }
    let one = try resolved(
      "wait: 10 min\nlimits: {bytes: 1 MiB}\nratio: 0.5\nflag: on\nnames: ['a\"\\b', \"\\n\\e\"]\n")
    let two = try resolved(
      "flag: true\nnames: [\"a\\\"\\\\b\", \"\\n\\e\"]\nratio: 5e-1\nlimits: {bytes: 1048576}\nwait: 600\n")
    let json =
      "{\"wait\":600,\"limits\":{\"bytes\":1048576},\"names\":[\"a\\\"\\\\b\",\"\\n\\u001b\"],\"text\":null,"
      + "\"ratio\":0.5,\"flag\":true}"
    #expect(one.json == json)
    #expect(one == two)
    #expect(
      one.paths().map { $0.joined(separator: ".") } == [
        "wait", "limits", "limits.bytes", "names", "text", "ratio", "flag",
      ])
    #expect(one[["limits", "bytes"]] == .integer(1 << 20))
    #expect(one[["limits", "rows"]] == nil)
  }
}
