import Columns
import Failures
import ServerSentEvents

/// Finds the events in a recording, which comes piece by piece: JSON lines, a JSON array, or server-sent events as they came over the wire.
///
/// The form is decided by the first byte that is no white space.
struct EventFramer {
  private enum Form {
    case unknown
    case lines
    case array(ArrayElements)
    case serverSentEvents(ServerSentEventParser)
  }

  private var form = Form.unknown
  /// The part of a line that has come without its end.
  private var rest: [UInt8] = []

  /// Adds the events that end in `bytes` to `events`.
  mutating func feed(_ bytes: UnsafeRawBufferPointer, into events: inout BinaryColumn) throws(Failure) {
    if case .unknown = form,
      let first = bytes.first(where: { !$0.isWhiteSpace && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF })
    {
      form = Self.form(first)
    }
    switch form {
    case .unknown: break
    case .lines: feedLines(bytes, into: &events)
    case .array(var elements):
      try elements.feed(bytes, into: &events)
      form = .array(elements)
    case .serverSentEvents(var parser):
      for event in parser.feed(bytes) where !event.data.isEmpty { events.append(event.data[...]) }
      form = .serverSentEvents(parser)
    }
  }

  /// Ends the recording. A last line without a line break is an event; a frame that was cut off is none.
  mutating func finish(into events: inout BinaryColumn) {
    switch form {
    case .lines: appendLine(rest[...], to: &events)
    case .array(let elements): elements.finish(into: &events)
    case .unknown, .serverSentEvents: break
    }
    rest = []
  }

  private static func form(_ first: UInt8) -> Form {
    switch first {
    case UInt8(ascii: "["): .array(ArrayElements())
    case UInt8(ascii: ":"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "d"), UInt8(ascii: "r"):
      .serverSentEvents(ServerSentEventParser())
    default: .lines
    }
  }

  private mutating func feedLines(_ bytes: UnsafeRawBufferPointer, into events: inout BinaryColumn) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      if rest.isEmpty {
        appendLine(bytes[start..<end], to: &events)
      } else {
        rest += bytes[start..<end]
        appendLine(rest[...], to: &events)
        rest.removeAll(keepingCapacity: true)
      }
      start = end + 1
    }
    rest += bytes[start...]
  }

  private func appendLine(_ line: some BidirectionalCollection<UInt8>, to events: inout BinaryColumn) {
    guard let last = line.lastIndex(where: { !$0.isWhiteSpace }) else { return }
    events.append(Array(line[...last])[...])
  }
}

extension UInt8 {
  /// White space of JSON.
  var isWhiteSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
