import Failures
import JSON
import Testing

struct ParseTests {
  static let values: [(String, JSONValue)] = [
    ("null", nil), ("true", true), ("false", false), (" \t\r\n0 ", 0), ("-1", -1),
    ("9223372036854775807", 9_223_372_036_854_775_807), ("-9223372036854775808", .integer(.min)),
    ("\"\"", ""), ("\"a\"", "a"), ("\"é😀\"", "é😀"), ("[]", []), ("{}", [:]), ("[ ]", []), ("{ }", [:]),
    ("[1,[2,[]],{\"a\":[]}]", [1, [2, []], ["a": []]]),
    ("{\"b\":1,\"a\":{\"c\":null}}", ["b": 1, "a": ["c": nil]]),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
    (#""\u0041\u00e9\u20ac\ud83d\ude00x""#, "Aé€😀x"), (#""\u0000""#, "\0"),
    (#"{"\u0061":1}"#, ["a": 1]),
  ]

  @Test(arguments: values)
  func parses(text: String, expected: JSONValue) throws {
    #expect(try JSONValue.parse(text) == expected)
  }

  static let rawNumbers = [
    "-0", "1.0", "0.1", "1e5", "1E+400", "-2.5e-3", "9223372036854775808", "-9223372036854775809",
    "18446744073709551616", String(repeating: "9", count: 5000), "0." + String(repeating: "3", count: 5000),
  ]

  @Test(arguments: rawNumbers)
  func keepsNumbersAsWritten(text: String) throws {
    let value = try JSONValue.parse(text)
    guard case .number(let number) = value else {
      Issue.record("\(value.kindName)")
      return
    }
    #expect(number.text == text)
    #expect(value.int64 == nil)
    #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
  }

  @Test
  func readsDoubles() throws {
    #expect(try JSONValue.parse("0.1").double == 0.1)
    #expect(try JSONValue.parse("5e-324").double == .leastNonzeroMagnitude)
    #expect(try JSONValue.parse("1e400").double == nil)
    #expect(try JSONValue.parse("-0").double?.sign == .minus)
    #expect(try JSONValue.parse("7").double == 7)
    #expect(JSONValue(Double.nan) == nil)
    #expect(JSONValue(1e300)?.double == 1e300)
    #expect(JSONValue(Double.infinity) == nil)
  }

  static let malformed: [(String, String)] = [
    ("", "no value at offset 0"), ("  ", "no value at offset"), ("{", "begun at offset 0"),
    ("[1,[2]", "begun at offset 0"),
    ("[1,]", "no value at offset 3"), ("[,1]", "no value at offset 1"), ("[1 2]", "comma"), ("[1}", "comma"),
    ("{\"a\"}", "colon was expected at offset 4"), ("{\"a\":}", "no value at offset 5"), ("{\"a\":1,}", "name"),
    ("{a:1}", "name"), ("{1:1}", "name"), ("{\"a\":1 \"b\":2}", "comma"), ("1 2", "more after"), ("{}{}", "more after"),
    ("01", "number"), ("-", "number"), ("1.", "number"), (".5", "no value"), ("1e", "number"), ("+1", "no value"),
    ("1a", "number"), ("-01", "number"), ("0x10", "number"), ("1\"a\"", "number"), ("NaN", "no value"),
    ("tru", "no value"), ("truee", "no value"), ("nul", "no value"), ("True", "no value"), ("null\0", "no value"),
    ("\"a", "begun at offset 0"), ("[\"a\\\"]", "begun at offset 1"), ("\"a\nb\"", "control character"),
    ("\"\u{1}\"", "offset 1"), ("\"\0\"", "control character"), (#""\x""#, "escape"), (#""\u12""#, "escape"),
    (#""ab\ud800""#, "surrogate at offset 3"), (#""\udc00""#, "surrogate"), (#""\ud800\ud800""#, "surrogate"),
    (#""\ud800\n""#, "surrogate"), (#""\u00g0""#, "escape"), ("\"a\"\"b\"", ""), ("\"a\"b", ""),
    ("\u{FEFF}1", "no value"),
    ("'a'", "no value"), ("[1]/*c*/", "more after"), ("\\\"a\"", ""), ("]", "no value"), (":", "no value"),
  ]

  @Test(arguments: malformed)
  func refuses(text: String, message: String) {
    let failure = #expect(throws: Failure.self) { try JSONValue.parse(text) }
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains(message) != false || message.isEmpty, "\(failure?.description ?? "")")
  }

  static let invalidUTF8: [[UInt8]] = [
    [0x80], [0xc0, 0x80], [0xc3], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff],
    [0xf0, 0x9f, 0x98], [0xf8, 0x88, 0x80, 0x80, 0x80],
  ]

  @Test(arguments: invalidUTF8)
  func refusesInvalidUTF8(bytes: [UInt8]) {
    let failure = #expect(throws: Failure.self) {
      try JSONValue.parse([0x22, 0xc3, 0xa9] + bytes + [0x22])
    }
    #expect(failure?.message == "JSON: invalid UTF-8 at offset 3")
  }

  @Test
  func limitsDepthSizeAndNodes() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try JSONValue.parse(deep).array?.count == 1)
    #expect(throws: Failure.self) { try JSONValue.parse("[" + deep + "]") }
    let hostile = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let failure = #expect(throws: Failure.self) { try JSONValue.parse(hostile) }
    #expect(failure?.kind == .limitExceeded)
    #expect(throws: Failure.self) { try JSONValue.parse("[1]", limits: JSONLimits(bytes: 2)) }
    #expect(throws: Failure.self) { try JSONValue.parse("[1,2]", limits: JSONLimits(nodes: 2)) }
    #expect(try JSONValue.parse("[1,2]", limits: JSONLimits(nodes: 3)) == [1, 2])
    #expect(throws: Failure.self) { try JSONValue.parse("[]", limits: JSONLimits(depth: 0)) }
    #expect(try JSONValue.parse("1", limits: JSONLimits(depth: -1)) == 1)
  }

  @Test
  func lastDuplicateAnswers() throws {
    let value = try JSONValue.parse(#"{"a":1,"b":2,"a":3}"#)
    #expect(value["a"] == 3)
    #expect(value.object?.keys == ["a", "b", "a"])
    #expect(value.description == #"{"a":1,"b":2,"a":3}"#)
  }
}
