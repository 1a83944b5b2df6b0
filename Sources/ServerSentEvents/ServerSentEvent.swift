/// One event of a stream, as bytes of UTF-8.
public struct ServerSentEvent: Sendable, Equatable {
  /// The `event` field, `message` where the frame has none.
  public let type: [UInt8]
  /// The `data` lines, joined by a line feed.
  public let data: [UInt8]
  /// The last event id in force when the event was dispatched; empty where there has been none.
  public let id: [UInt8]

  /// An event.
  public init(type: [UInt8], data: [UInt8], id: [UInt8]) {
    self.type = type
    self.data = data
    self.id = id
  }
}
