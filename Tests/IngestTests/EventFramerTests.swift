import Columns
import Failures
import Ingest
import Testing

/// The events of `text`, fed in pieces, and what the framer threw.
private func frame(_ bytes: [UInt8], pieces size: Int = .max) -> (events: [String], failure: String?, lost: Int) {
  var framer = EventFramer()
  var events = BinaryColumn()
  var message: String?
  do {
    for piece in pieces(bytes, of: min(size, max(1, bytes.count))) {
      try piece.withUnsafeBytes { try framer.feed($0, into: &events) }
    }
    try framer.finish(into: &events)
  } catch {
    message = (error as? Failure)?.message
  }
  return ((0..<events.count).map { events.string($0) ?? "" }, message, framer.lostFrames)
}

private func frame(_ text: String, pieces size: Int = .max) -> (events: [String], failure: String?, lost: Int) {
  frame(Array(text.utf8), pieces: size)
}

@Suite struct EventFramerTests {
  private static let forms: [(text: String, events: [String])] = [
    ("{\"a\":1}\n{\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"]),
    ("{\"a\":1}\r\n\r\n  \n{\"b\":2}", ["{\"a\":1}", "{\"b\":2}"]),
    ("\u{feff}\n {\"a\":1} \n", ["{\"a\":1}"]),
    ("text\ndata\nid\n", ["text", "data", "id"]),
    ("d", ["d"]), ("retr", ["retr"]), ("event", ["event"]),
    ("[{\"a\":[1,2]},\n {\"b\":\"],}\\\"\"}]\n", ["{\"a\":[1,2]}", "{\"b\":\"],}\\\"\"}"]),
    ("[]", []), ("[ ]\n\n", []), ("[1,\"x\", null ]", ["1", "\"x\"", "null"]),
    (":ok\n\nevent: message\nid: 1\ndata: {\"a\":\ndata: 1}\n\ndata: x\n\n", ["{\"a\":\n1}", "x"]),
    ("\u{feff}data: x\r\n\r\n", ["x"]), ("retry: 5\n\nid:\ndata:y\n\ndata:\n\n", ["y"]),
    ("", []), ("\n\n", []), ("\u{feff}", []),
  ]

  @Test("Every form, however its bytes are cut", arguments: 0..<17, [1, 2, 3, 7, Int.max])
  func forms(_ index: Int, _ size: Int) {
    let (text, events) = Self.forms[index]
    let result = frame(text, pieces: size)
    #expect(result.events == events)
    #expect(result.failure == nil)
    #expect(result.lost == 0)
  }

  @Test(
    "What is wrong with an array is said, and what there is of it is kept",
    arguments: [
      ("[{\"a\":1},{\"b\":", ["{\"a\":1}", "{\"b\":"], "the array ends early"),
      ("[{\"a\":1}", ["{\"a\":1}"], "the array ends early"), ("[", [], "the array ends early"),
      ("[\"", ["\""], "the array ends early"),
      ("[1] [2]", ["1", "2"], nil), ("[1]]", ["1"], "a bracket closes what was not opened"),
      ("[1]{}x", ["1"], "text behind the end of the array"), ("[1]\n[2", ["1", "2"], "the array ends early"),
      ("[1] and more", ["1"], "text behind the end of the array"),
    ] as [(String, [String], String?)])
  func brokenArrays(_ text: String, _ events: [String], _ failure: String?) {
    for size in [1, .max] {
      let result = frame(text, pieces: size)
      #expect(result.events == events)
      #expect(result.failure == failure)
    }
  }

  @Test func aFrameThatIsCutOffIsLostAndCounted() {
    let result = frame("data: a\n\nid: 2\ndata: b\n")
    #expect(result.events == ["a"])
    #expect(result.lost == 1)
  }

  @Test func bytesThatAreNoTextAreLinesToo() {
    #expect(frame([0xff, 0x00, 0x0a, 0xfe]).events.count == 2)
  }

  @Test func finishingTwiceIsFinishingOnce() throws {
    var framer = EventFramer()
    var events = BinaryColumn()
    try Array("[1,2".utf8).withUnsafeBytes { try framer.feed($0, into: &events) }
    #expect(throws: Failure.self) { try framer.finish(into: &events) }
    try framer.finish(into: &events)
    #expect(events.count == 2)
  }

  @Test("A line or an element that does not end is refused", arguments: ["{", "[\"a", "{}\n{", "[1, \"a"])
  func endless(_ start: String) throws {
    var framer = EventFramer(limit: 10_000)
    var events = BinaryColumn()
    let chunk = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    try Array(start.utf8).withUnsafeBytes { try framer.feed($0, into: &events) }
    for _ in 0..<9 { try chunk.withUnsafeBytes { try framer.feed($0, into: &events) } }
    #expect {
      for _ in 0..<2 { try chunk.withUnsafeBytes { try framer.feed($0, into: &events) } }
    } throws: {
      ($0 as? Failure)?.message.hasSuffix("of more than 10000 bytes") == true
    }
    #expect(events.count <= 1)
  }
}
