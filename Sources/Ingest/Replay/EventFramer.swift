package import Columns
package import Failures
import ServerSentEvents

/// Finds the events in a recording, which comes piece by piece: JSON lines, a JSON array, or server-sent events as they came over the wire.
package struct EventFramer: Sendable {
  /// The longest event of a recording, in bytes; it only bounds memory. What is too long for an event is a dead letter well before.
  package static let longestEvent = 64 << 20

  private let limit: Int

  private enum Form {
    case unknown(RecordingForm.Detector)
    case lines(EventLines)
    case array(ArrayElements)
    case serverSentEvents(ServerSentEventParser)
  }

  private var form = Form.unknown(RecordingForm.Detector())

  /// A framer of events of at most `limit` bytes.
  package init(limit: Int = longestEvent) { self.limit = limit }

  /// How many frames of server-sent events were cut off or too large, so that no event came of them.
  package var lostFrames: Int {
    if case .serverSentEvents(let parser) = form { parser.incompleteFrames + parser.oversizedFrames } else { 0 }
  }

  /// Adds the events that end in `bytes` to `events`. Throws `.malformedInput` where what follows cannot be told apart.
  package mutating func feed(_ bytes: UnsafeRawBufferPointer, into events: inout BinaryColumn) throws(Failure) {
    // Each case is taken out and put back, so that its buffers are not copied.
    switch form {
    case .unknown(var detector):
      guard let known = detector.feed(bytes) else {
        form = .unknown(detector)
        return
      }
      try begin(known, with: detector.head, into: &events)
    case .lines(var lines):
      form = .unknown(RecordingForm.Detector())
      defer { form = .lines(lines) }
      try lines.feed(bytes, into: &events)
    case .array(var elements):
      form = .unknown(RecordingForm.Detector())
      defer { form = .array(elements) }
      try elements.feed(bytes, into: &events)
    case .serverSentEvents(var parser):
      form = .unknown(RecordingForm.Detector())
      for event in parser.feed(bytes) where !event.data.isEmpty { events.append(event.data[...]) }
      form = .serverSentEvents(parser)
    }
  }

  /// Ends the recording; a second time it does nothing. A last line without a line break is an event, and so is what there is of an array's element that was cut off:
  /// it will be found malformed. A frame that was cut off is lost. Throws `.malformedInput` for an array without its end.
  package mutating func finish(into events: inout BinaryColumn) throws(Failure) {
    if case .unknown(let detector) = form { try begin(detector.finish(), with: detector.head, into: &events) }
    switch form {
    case .lines(var lines):
      form = .unknown(RecordingForm.Detector())
      lines.finish(into: &events)
    case .array(var elements):
      form = .unknown(RecordingForm.Detector())
      try elements.finish(into: &events)
    case .serverSentEvents(var parser):
      parser.finish()
      form = .serverSentEvents(parser)
    case .unknown: break
    }
  }

  private mutating func begin(
    _ known: RecordingForm, with head: [UInt8], into events: inout BinaryColumn
  ) throws(Failure) {
    switch known {
    case .lines: form = .lines(EventLines(limit: limit))
    case .array: form = .array(ArrayElements(limit: limit))
    case .serverSentEvents:
      form = .serverSentEvents(ServerSentEventParser(limits: .init(frameBytes: limit)))
    }
    var failure: Failure?
    head.withUnsafeBytes { bytes in
      do throws(Failure) { try feed(bytes, into: &events) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension UInt8 {
  /// White space of JSON.
  var isWhiteSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
