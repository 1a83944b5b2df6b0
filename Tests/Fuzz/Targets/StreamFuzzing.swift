import Columns
import JSON
import RecentChange
import ServerSentEvents

/// What comes over the network.
enum StreamFuzzing {
  /// Parses a stream as a whole and in pieces: how it is cut must not matter.
  static func readServerSentEvents(_ bytes: [UInt8]) throws {
    let limits = ServerSentEventParser.Limits(frameBytes: 256)
    var whole = ServerSentEventParser(limits: limits)
    let events = whole.feed(bytes)
    let size = 1 + Int(bytes.first ?? 0) % 7
    var pieces = ServerSentEventParser(limits: limits)
    var cut: [ServerSentEvent] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      cut += pieces.feed(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    promise(events == cut, "events depend on how the stream is cut")
    promise(whole.oversizedFrames == pieces.oversizedFrames, "skipped frames depend on how the stream is cut")
    whole.finish()
    pieces.finish()
    promise(whole.lastEventID == pieces.lastEventID, "the last event id depends on how the stream is cut")
  }

  /// Parses events, one a line, in all three ways; they must agree about what is JSON.
  static func readRecentChanges(_ bytes: [UInt8]) throws {
    var values = BinaryColumn()
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) { values.append(line) }
    let parser = RecentChangeParser(RecentChangeParser.Options(maximumRecordBytes: 1 << 16, maximumDepth: 32))
    let batch = try parser.parse(values)
    promise(batch.columns.rowCount == values.count, "\(values.count) events gave \(batch.columns.rowCount) rows")
    let envelopes = try parser.envelopes(values)
    promise(envelopes.count == values.count, "\(values.count) events gave \(envelopes.count) envelopes")
    let malformed = Set(batch.failures.filter(\.isMalformed).map(\.row))
    let invalid = try JSONValidity.invalidRows(bytes: values.bytes, offsets: values.offsets, validity: nil)
    for row in 0..<values.count {
      promise(malformed.contains(row) || !invalid[row], "an event is no JSON")
      values.withUnsafeBytes(row: row) { splice($0) }
    }
  }

  private static func splice(_ event: UnsafeRawBufferPointer) {
    var output: [UInt8] = []
    attempt { try Retiming(shiftSeconds: 86_400).append(event, to: &output) }
    _ = EventTime.microseconds(event)
    _ = DeadLetter(decoding: Array(event)[...]).encoded
  }
}
