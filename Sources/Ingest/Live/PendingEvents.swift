package import Columns

/// Events that have come and are not yet in the log. Ages are in milliseconds of the interval clock.
package struct PendingEvents: Sendable {
  /// When events are due; any of these.
  package struct Limits: Sendable, Hashable {
    let events: Int
    let bytes: Int
    let milliseconds: Int64

    package init(events: Int, bytes: Int, milliseconds: Int64) {
      self.events = events
      self.bytes = bytes
      self.milliseconds = milliseconds
    }
  }

  private let limits: Limits
  private var since: Int64 = 0
  /// The events.
  package private(set) var events = BinaryColumn()
  /// The id of the last one that had an id.
  package private(set) var id: String?

  package init(limits: Limits) { self.limits = limits }

  /// Adds an event that came at `now`.
  package mutating func append(_ data: [UInt8], id: [UInt8], now: Int64) {
    if events.count == 0 { since = now }
    events.append(data[...])
    if !id.isEmpty { self.id = String(decoding: id, as: UTF8.self) }
  }

  /// Whether there are so many, or the oldest has waited so long, that they belong into the log.
  package func isDue(now: Int64) -> Bool {
    events.count > 0
      && (events.count >= limits.events || events.bytes.count >= limits.bytes || now - since >= limits.milliseconds)
  }

  /// They are in the log.
  package mutating func removeAll() { self = PendingEvents(limits: limits) }
}
