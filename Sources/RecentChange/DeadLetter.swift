/// A record of the dead-letter topic: why ingest refused an event, and its bytes as they came.
///
/// Written like a message with headers: a line `error: …` for each reason, an empty line, and then the event byte for
/// byte, which may be anything. A record that does not begin so is an event without a reason.
public struct DeadLetter: Sendable, Equatable {
  /// Why the event was refused, one line each.
  public var errors: [String]
  /// The event's bytes.
  public var record: [UInt8]

  private static let header = Array("error: ".utf8)
  private static let lineFeed: UInt8 = 0x0a

  /// A refused event.
  public init(errors: [String], record: [UInt8]) {
    self.errors = errors
    self.record = record
  }

  /// Reads a record of the topic; never fails.
  public init(decoding bytes: ArraySlice<UInt8>) {
    var errors: [String] = []
    var rest = bytes
    while rest.starts(with: Self.header), let end = rest.firstIndex(of: Self.lineFeed) {
      errors.append(String(decoding: rest[(rest.startIndex + Self.header.count)..<end], as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    if !errors.isEmpty, rest.first == Self.lineFeed {
      self.init(errors: errors, record: Array(rest.dropFirst()))
    } else {
      self.init(errors: [], record: Array(bytes))
    }
  }

  /// The record for the topic. Line breaks in reasons become blanks.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for error in errors {
      bytes += Self.header
      bytes += error.utf8.map { $0 == Self.lineFeed ? 0x20 : $0 }
      bytes.append(Self.lineFeed)
    }
    if !errors.isEmpty { bytes.append(Self.lineFeed) }
    return bytes + record
  }
}
