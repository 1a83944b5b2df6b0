import Columns
import Failures
import Hashing
import RecentChange

/// What has to be known of a recording before it can be retimed.
struct Recording {
  /// The SHA-256 of its bytes as they lie on the disk.
  let contentHash: String
  /// The largest event time in microseconds.
  let lastEventTime: Int64

  /// Reads the whole recording once. Throws what reading throws, and `.malformedInput` when no event in it has a time.
  init(_ file: RecordingFile) throws {
    var hash = SHA256()
    try file.readRaw { hash.update($0) }
    contentHash = Hexadecimal.encode(hash.finish())
    let parser = RecentChangeParser()
    var last = Int64.min
    do {
      try file.readEvents { events in
        let envelopes = try parser.envelopes(events)
        for row in 0..<envelopes.count { last = max(last, envelopes.time[row] ?? .min) }
      }
    } catch let failure as Failure where failure.kind == .malformedInput && last > .min {
      // A damaged end: what came before it is replayed, and the replay itself reports it.
    }
    guard last > .min else { throw Failure.malformedInput("\(file.name) holds no event with a time") }
    lastEventTime = last
  }
}
