import Glibc
import JSON
import Testing

/// Thousands of damaged documents, of which Python's json must accept the same and read the same.
struct PythonDifferentialTests {
  /// Reads one document a line, as hexadecimal; prints `-` for those it refuses, else the value with numbers as text and
  /// objects as lists, which loses nothing.
  private static let script = """
    import json, sys
    sys.set_int_max_str_digits(0)
    def refuse(name): raise ValueError(name)
    for line in open(sys.argv[1]):
        try:
            text = bytes.fromhex(line.strip()).decode("utf-8")
            value = json.loads(text, parse_int=lambda n: "#" + n, parse_float=lambda n: "#" + n, parse_constant=refuse,
                object_pairs_hook=lambda pairs: ["{}"] + [part for pair in pairs for part in pair])
            out = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
            sys.stdout.buffer.write(out + b"\\n")
        except ValueError:
            sys.stdout.buffer.write(b"-\\n")
    """

  @Test
  func agreesWithPython() throws {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set, so the parser was not compared with Python's")
      return
    }
    let documents = Self.documents(4000)
    let path = "/tmp/json-\(getpid()).txt"
    let file = try #require(fopen(path, "wb"))
    defer { unlink(path) }
    for document in documents { fputs(Self.hex(document) + "\n", file) }
    fclose(file)
    let answers = try Self.output("'\(python)' - '\(path)' <<'END'\n\(Self.script)\nEND\n").split(separator: 0x0a)
    try #require(answers.count == documents.count)
    var accepted = 0
    for (document, answer) in zip(documents, answers) {
      let ours = (try? JSONValue.parse(document)).map { Self.comparable($0).serialized() } ?? [UInt8(ascii: "-")]
      #expect(ours == Array(answer), "\(String(decoding: document, as: UTF8.self))")
      if answer.count > 1 { accepted += 1 }
    }
    #expect(accepted > 1000 && accepted < 3900, "\(accepted)")
  }

  private static func comparable(_ value: JSONValue) -> JSONValue {
    switch value {
    case .integer(let value): .string("#\(value)")
    case .number(let value): .string("#" + value.text)
    case .array(let elements): .array(elements.map(comparable))
    case .object(let object):
      .array(["{}"] + object.members.flatMap { [.string($0.key), comparable($0.value)] })
    default: value
    }
  }

  /// Random documents in both layouts, most of them with one to three bytes changed, cut or repeated.
  private static func documents(_ count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: 11)
    let alphabet = Array("{}[]:,\"\\ \n0123456789.eE+-truefalsn/ub\u{1}".utf8) + [0xc3, 0xa9, 0xed, 0xa0, 0xff]
    return (0..<count).map { number in
      var bytes = RobustnessTests.random(0, &generator).serialized(number % 2 == 0 ? .compact : .pretty)
      for _ in 0..<Int.random(in: 0..<3, using: &generator) {
        let position = Int.random(in: 0...bytes.count, using: &generator)
        switch generator.next() % 3 {
        case 0: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: position)
        case 1 where position < bytes.count: bytes.remove(at: position)
        case 2 where position < bytes.count: bytes[position] = alphabet.randomElement(using: &generator) ?? 0
        default: break
        }
      }
      return bytes
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func output(_ command: String) throws -> [UInt8] {
    let pipe = try #require(popen(command, "r"))
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, pipe)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    #expect(pclose(pipe) == 0)
    return bytes
  }
}
