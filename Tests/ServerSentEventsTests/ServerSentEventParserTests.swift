import CZlib
import ServerSentEvents
import Testing

/// An event as text.
private struct Seen: Equatable, CustomStringConvertible {
  var data: String
  var type = "message"
  var id = ""

  init(_ data: String, type: String = "message", id: String = "") {
    (self.data, self.type, self.id) = (data, type, id)
  }

  init(_ event: ServerSentEvent) {
    self.init(
      String(decoding: event.data, as: UTF8.self), type: String(decoding: event.type, as: UTF8.self),
      id: String(decoding: event.id, as: UTF8.self))
  }

  var description: String { "\(type)/\(id)/\(data)" }
}

private func parse(_ stream: [UInt8], piece: Int) -> [Seen] {
  var parser = ServerSentEventParser()
  var events: [Seen] = []
  var position = 0
  while position < stream.count {
    let end = min(position + piece, stream.count)
    events += parser.feed(Array(stream[position..<end])).map { Seen($0) }
    position = end
  }
  return events
}

@Suite struct ServerSentEventParserTests {
  /// Most are the examples of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation and
  /// of the web platform tests (eventsource/format-*.js).
  private static let vectors: [(String, [Seen])] = [
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [Seen("YHOO\n+2\n10")]),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
      [Seen("first event", id: "1"), Seen("second event")]
    ),
    ("data\n\ndata\ndata\n\ndata:", [Seen(""), Seen("\n")]),
    ("data:test\n\ndata: test\n\n", [Seen("test"), Seen("test")]),
    ("event: add\ndata: 1\n\ndata: 2\n\n", [Seen("1", type: "add"), Seen("2")]),
    ("event: add\n\ndata: 2\n\n", [Seen("2")]),
    ("\u{feff}data:1\n\n\u{feff}data:2\n\ndata:3\n\n", [Seen("1"), Seen("3")]),
    ("\u{feff}\u{feff}data:1\n\ndata:2\n\n", [Seen("2")]),
    ("data:1\r\rdata:2\r\n\r\ndata:3\n\r\n", [Seen("1"), Seen("2"), Seen("3")]),
    ("data:a\rdata:b\ndata:c\r\n\r", [Seen("a\nb\nc")]),
    (
      "id: 7\ndata: a\n\ndata: b\n\nid: x\u{0}y\ndata: c\n\nid:\ndata: d\n\n",
      [Seen("a", id: "7"), Seen("b", id: "7"), Seen("c", id: "7"), Seen("d")]
    ),
    ("data:x\nunknown: y\nData: z\n data: w\n:data: v\n\n", [Seen("x")]),
    ("retry: 10\nretry: 1x\nretry\ndata: r\n\n", [Seen("r")]),
    ("data: ä😀\u{0}:é\n\n", [Seen("ä😀\u{0}:é")]),
    ("\n\n\n\ndata: x", []), ("", []), ("data: x\n", []),
  ]

  @Test(arguments: vectors.indices)
  func readsTheSpecificationsStreams(index: Int) {
    let (stream, expected) = Self.vectors[index]
    for piece in 1...8 { #expect(parse(Array(stream.utf8), piece: piece) == expected) }
    #expect(parse(Array(stream.utf8), piece: stream.utf8.count + 1) == expected)
  }

  @Test func cutAtEveryByteGivesTheSame() {
    let stream = Array(Self.vectors.map(\.0).joined(separator: "\n\n").utf8)
    let whole = parse(stream, piece: stream.count)
    #expect(whole.count > 20)
    for cut in 0...stream.count {
      var parser = ServerSentEventParser()
      let events = parser.feed(Array(stream[..<cut])) + parser.feed(Array(stream[cut...]))
      #expect(events.map { Seen($0) } == whole)
    }
  }

  @Test func keepsTheLastEventIDOfWholeFramesOnly() {
    var parser = ServerSentEventParser()
    _ = parser.feed(Array("id: 1\ndata: a\n\nid: 2\ndata: b\n".utf8))
    #expect(parser.lastEventID == Array("1".utf8))
    parser.finish()
    #expect(parser.incompleteFrames == 1)
    #expect(parser.lastEventID == Array("1".utf8))
    let next = parser.feed(Array("\u{feff}data: c\n\n".utf8))
    #expect(next.map { Seen($0) } == [Seen("c", id: "1")])
    parser.finish()
    #expect(parser.incompleteFrames == 1)
  }

  @Test func anIDWithoutDataCounts() {
    var parser = ServerSentEventParser()
    #expect(parser.feed(Array("id: 9\n\n".utf8)).isEmpty)
    #expect(parser.lastEventID == Array("9".utf8))
  }

  @Test(arguments: [
    ("retry: 2500\n", 2500), ("retry: 1\nretry: 2\n", 2), ("retry: -1\n", nil), ("retry: 99999999999999999999\n", nil),
    ("retry:\n", nil),
  ])
  func readsRetry(stream: String, expected: Int?) {
    var parser = ServerSentEventParser()
    _ = parser.feed(Array(stream.utf8))
    #expect(parser.retryMilliseconds == expected)
  }

  @Test(arguments: [1, 3, 1000])
  func skipsAndCountsFramesThatAreTooLarge(piece: Int) {
    let long = String(repeating: "x", count: 200)
    let stream =
      "data: a\n\ndata: \(long)\nid: 5\n\ndata: b\n\n"
      + "data: \(long.prefix(60))\ndata: \(long.prefix(60))\ndata: y\n\n"
      + ":\(long)\ndata: c\n\n" + "\(long)\n\ndata: d\n\n"
    var parser = ServerSentEventParser(limits: .init(frameBytes: 100))
    var events: [Seen] = []
    for byte in stride(from: 0, to: stream.utf8.count, by: piece) {
      events += parser.feed(Array(stream.utf8.dropFirst(byte).prefix(piece))).map { Seen($0) }
    }
    #expect(events == [Seen("a"), Seen("b", id: "5"), Seen("c", id: "5"), Seen("d", id: "5")])
    #expect(parser.oversizedFrames == 3)
  }

  @Test func theRecordedStreamIsReadWhole() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let path = root + "/../shared/data/recentchange-2021-08-27-1949.sse.gz"
    guard let file = gzopen(path, "rb") else {
      print("skipped: no recorded stream at \(path)")
      return
    }
    defer { gzclose(file) }
    var parser = ServerSentEventParser()
    var events: [ServerSentEvent] = []
    var chunk = [UInt8](repeating: 0, count: 4_099)
    while case let count = gzread(file, &chunk, UInt32(chunk.count)), count > 0 {
      events += parser.feed(Array(chunk[..<Int(count)]))
    }
    #expect(events.count == 1_949)
    #expect(events.filter { $0.type == Array("message".utf8) && $0.id.first == UInt8(ascii: "[") }.count == 1_949)
    #expect(events.filter { $0.data.first == UInt8(ascii: "{") && $0.data.last == UInt8(ascii: "}") }.count == 1_949)
    parser.finish()
    #expect(parser.incompleteFrames == 1)
  }
}
