import Failures
import JSON
import Testing

/// Untrusted bytes give a value or a failure, never a trap.
struct RobustnessTests {
  static func random(_ depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &generator) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator))
    case 3: return JSONValue(Double(bitPattern: generator.next())) ?? 0
    case 4: return .string(randomString(&generator))
    case 5: return .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth + 1, &generator) })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
            (randomString(&generator), random(depth + 1, &generator))
          }))
    }
  }

  static func randomString(_ generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "é", "€", "😀", " ", "{", ",", "\0"]
    let count = Int.random(in: 0..<40, using: &generator)
    return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
  }

  @Test
  func roundTripsRandomValues() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let value = Self.random(0, &generator)
      for style in [JSONWriter.Style.compact, .pretty] {
        #expect(try JSONValue.parse(value.serialized(style)) == value)
      }
    }
  }

  static let sample = Array(
    #"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00\n",true,false,null],"é":{"b":{}, "c" : [ ] },"n":12345678901234567890}"#.utf8)

  @Test
  func survivesTruncationAtEveryByte() throws {
    for length in Self.sample.indices {
      #expect(throws: Failure.self) { try JSONValue.parse(Array(Self.sample[..<length])) }
    }
    #expect(try JSONValue.parse(Self.sample)["n"]?.kindName == "a number")
  }

  @Test
  func survivesAFlipOfEveryBit() {
    for index in Self.sample.indices {
      for bit in 0..<8 {
        var bytes = Self.sample
        bytes[index] ^= 1 << UInt8(bit)
        touchEverything(bytes)
      }
    }
  }

  @Test
  func survivesNoise() {
    var generator = SeededGenerator(seed: 2)
    let alphabet = Array("{}[]:,\"\\ \n0123456789.eE+-truefalsn\u{0}é".utf8)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<200, using: &generator)
      touchEverything((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
      touchEverything((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  /// Parses; what parses must be written and read back as the same, and its parts must lie where the nodes say.
  func touchEverything(_ bytes: [UInt8]) {
    guard let document = try? JSONDocument(parsing: bytes) else { return }
    let value = document.root.value
    #expect((try? JSONValue.parse(value.serialized())) == value)
    for member in document.root.members {
      #expect((try? JSONValue.parse(Array(member.value.bytes))) == member.value.value)
    }
  }
}
