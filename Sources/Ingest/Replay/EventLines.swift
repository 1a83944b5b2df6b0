import Columns
import Failures

/// Cuts JSON lines, which come piece by piece, into events. Blank lines are none.
struct EventLines: Sendable {
  /// The part of a line that has come without its end.
  private var rest: [UInt8] = []
  private let limit: Int

  /// Lines of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Adds the lines that end in `bytes`. Throws `.malformedInput` for a line that does not end.
  mutating func feed(_ bytes: UnsafeRawBufferPointer, into events: inout BinaryColumn) throws(Failure) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      if rest.isEmpty {
        Self.append(bytes[start..<end], to: &events)
      } else {
        rest += bytes[start..<end]
        finish(into: &events)
      }
      start = end + 1
    }
    rest += bytes[start...]
    guard rest.count <= limit else { throw .malformedInput("a line of more than \(limit) bytes") }
  }

  /// Adds the last line.
  mutating func finish(into events: inout BinaryColumn) {
    rest.withUnsafeBytes { Self.append($0[...], to: &events) }
    rest.removeAll(keepingCapacity: true)
  }

  private static func append(_ line: Slice<UnsafeRawBufferPointer>, to events: inout BinaryColumn) {
    guard let last = line.lastIndex(where: { !$0.isWhiteSpace }) else { return }
    events.append(UnsafeRawBufferPointer(rebasing: line[...last]))
  }
}
