import Columns
import Failures
import Hashing
import RecentChange

/// What has to be known of a recording before it can be retimed.
package struct Recording: Sendable, Hashable {
  /// The SHA-256 of its events in hexadecimal digits: compressed or not, the recording is the same.
  package let contentHash: String
  /// The time in microseconds that the end of the recording stands for.
  package let lastEventTime: Int64

  /// Times further ahead of the clock, in microseconds, are a broken event's and no end of a recording.
  private static let plausibleLead: Int64 = 86_400_000_000

  /// Reads the whole recording once. `now` in microseconds. Throws what reading throws, and `.malformedInput` when no event in it has a time.
  package init(_ file: RecordingFile, now: Int64) throws {
    var hash = SHA256()
    var last: Int64?
    var lastPlausible: Int64?
    let parser = RecentChangeParser()
    do {
      try RecordingEvents(file).read { events in
        let envelopes = try parser.envelopes(events)
        for row in 0..<events.count {
          events.withUnsafeBytes(row: row) { hash.update($0) }
          hash.update([0x0a])
          guard let time = envelopes.time[row] else { continue }
          last = max(last ?? time, time)
          if time <= now + Self.plausibleLead { lastPlausible = max(lastPlausible ?? time, time) }
        }
      }
    } catch let failure as Failure where failure.kind == .malformedInput && last != nil {
      // A damaged end: what came before it is replayed, and the replay itself reports it.
    }
    guard let time = lastPlausible ?? last else {
      throw Failure.malformedInput("\(file.name) holds no event with a time")
    }
    contentHash = Hexadecimal.encode(hash.finish())
    lastEventTime = time
  }
}
