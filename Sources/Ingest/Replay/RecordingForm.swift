/// How the events of a recording are told apart.
package enum RecordingForm: Sendable, Hashable {
  /// An event a line.
  case lines
  /// The elements of a JSON array.
  case array
  /// Server-sent events as they came over the wire.
  case serverSentEvents

  /// Finds the form by the first bytes that are no white space: `[` begins an array, a comment or a field's name with its colon a stream
  /// of server-sent events, anything else lines.
  package struct Detector: Sendable {
    private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    private static let fields = ["event:", "id:", "data:", "retry:", ":"].map { Array($0.utf8) }
    /// What has come, without a byte order mark and the white space before the first event.
    package private(set) var head: [UInt8] = []

    package init() {}

    /// Takes the next bytes and returns the form once it is known; `head` holds all of them then.
    package mutating func feed(_ bytes: UnsafeRawBufferPointer) -> RecordingForm? {
      head += bytes
      if head.count < Self.mark.count && Self.mark.starts(with: head) { return nil }
      if head.starts(with: Self.mark) { head.removeFirst(Self.mark.count) }
      head.removeFirst(head.prefix { $0.isWhiteSpace }.count)
      guard let first = head.first else { return nil }
      if first == UInt8(ascii: "[") { return .array }
      if Self.fields.contains(where: head.starts(with:)) { return .serverSentEvents }
      return Self.fields.contains { $0.starts(with: head) } ? nil : .lines
    }

    /// The form of a recording that ends here.
    package func finish() -> RecordingForm { .lines }
  }
}
