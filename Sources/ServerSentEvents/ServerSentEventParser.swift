/// Parses a stream of server-sent events piece by piece, however its bytes are cut.
///
/// A state machine without I/O: bytes go in, whole events come out. Nothing in the stream is an error: unknown fields and comments
/// are skipped, and a frame that is too large is skipped and counted, so that memory is bounded and the next event is read.
///
/// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
public struct ServerSentEventParser: Sendable {
  /// How much a frame may hold.
  public struct Limits: Sendable {
    /// The bytes of a line, and of the data lines of a frame together.
    public var frameBytes: Int

    /// Limits.
    public init(frameBytes: Int = 4 << 20) { self.frameBytes = frameBytes }
  }

  /// The id of the newest frame that was read whole: where to resume. Empty where there has been none.
  public private(set) var lastEventID: [UInt8] = []
  /// The time to wait before reconnecting that the server has asked for last, in milliseconds.
  public private(set) var retryMilliseconds: Int?
  /// How many frames were skipped since they were too large.
  public private(set) var oversizedFrames = 0
  /// How many incomplete frames were dropped at the end of a connection.
  public private(set) var incompleteFrames = 0

  private let limits: Limits
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var type: [UInt8] = []
  private var id: [UInt8] = []
  private var hasData = false
  /// The frame is too large.
  private var isOversized = false
  /// The line is too large: what there is of it is ignored.
  private var isLineDropped = false
  /// The last byte was CR: an LF that follows belongs to it.
  private var skipsLineFeed = false
  /// How many bytes of a byte order mark were seen at the start; nil when the start is behind.
  private var markBytes: Int? = 0

  /// A parser at the beginning of a stream.
  public init(limits: Limits = Limits()) { self.limits = limits }

  /// Takes the next bytes and returns the events that they complete.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    var rest = skippingMark(bytes)
    while !rest.isEmpty {
      if skipsLineFeed {
        skipsLineFeed = false
        if rest.first == Self.lineFeed { rest = rest.dropFirst() }
        continue
      }
      guard let end = rest.firstIndex(where: { $0 == Self.lineFeed || $0 == Self.carriageReturn }) else {
        extendLine(rest)
        return events
      }
      extendLine(rest[..<end])
      skipsLineFeed = rest[end] == Self.carriageReturn
      rest = rest[(end + 1)...]
      if let event = finishLine() { events.append(event) }
    }
    return events
  }

  /// Takes the next bytes and returns the events that they complete.
  public mutating func feed(_ bytes: [UInt8]) -> [ServerSentEvent] {
    bytes.withUnsafeBytes { feed($0) }
  }

  /// The connection has ended: what there is of a frame is dropped, as the specification wants it. The last event id stays, so that the
  /// next connection's bytes can be fed.
  public mutating func finish() {
    if hasData || !line.isEmpty || isOversized || !type.isEmpty || id != lastEventID { incompleteFrames += 1 }
    line.removeAll(keepingCapacity: true)
    forgetFrame()
    id = lastEventID
    isLineDropped = false
    skipsLineFeed = false
    markBytes = 0
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// Drops a byte order mark at the very start, which may come in pieces.
  private mutating func skippingMark(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    var rest = bytes[...]
    while let seen = markBytes, let byte = rest.first {
      if byte == Self.mark[seen] {
        rest = rest.dropFirst()
        markBytes = seen == 2 ? nil : seen + 1
      } else {
        line += Self.mark[..<seen]  // no mark after all
        markBytes = nil
      }
    }
    return rest
  }

  private mutating func extendLine(_ bytes: Slice<UnsafeRawBufferPointer>) {
    guard !isLineDropped else { return }
    if line.count + bytes.count <= limits.frameBytes {
      line += bytes
      return
    }
    isLineDropped = true
    let isComment = (line.first ?? bytes.first) == UInt8(ascii: ":")
    if !isComment { skipFrame() }
  }

  /// The frame will give no event; its other lines are read, since one may be its id.
  private mutating func skipFrame() {
    if !isOversized { oversizedFrames += 1 }
    isOversized = true
    data = []
  }

  private mutating func finishLine() -> ServerSentEvent? {
    defer {
      line.removeAll(keepingCapacity: true)
      isLineDropped = false
    }
    if isLineDropped { return nil }
    if line.isEmpty { return dispatch() }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      take(field: line[...], value: [])
      return nil
    }
    var value = line[(colon + 1)...]
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    take(field: line[..<colon], value: value)
    return nil
  }

  private mutating func take(field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    if field.elementsEqual("data".utf8) {
      takeData(value)
    } else if field.elementsEqual("event".utf8) {
      type = Array(value)
    } else if field.elementsEqual("id".utf8) {
      if !value.contains(0) { id = Array(value) }
    } else if field.elementsEqual("retry".utf8) {
      takeRetry(value)
    }
  }

  private mutating func takeData(_ value: ArraySlice<UInt8>) {
    guard !isOversized, data.count + value.count < limits.frameBytes else { return skipFrame() }
    if hasData { data.append(Self.lineFeed) }
    hasData = true
    data += value
  }

  private mutating func takeRetry(_ value: ArraySlice<UInt8>) {
    guard value.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return }
    if let milliseconds = Int(String(decoding: value, as: UTF8.self)) { retryMilliseconds = milliseconds }
  }

  /// A blank line: the frame is whole. A frame without data gives no event, but its id counts.
  private mutating func dispatch() -> ServerSentEvent? {
    defer { forgetFrame() }
    lastEventID = id
    guard hasData, !isOversized else { return nil }
    return ServerSentEvent(type: type.isEmpty ? Array("message".utf8) : type, data: data, id: id)
  }

  private mutating func forgetFrame() {
    data = []
    type = []
    hasData = false
    isOversized = false
  }
}
