import Columns
import EventLog
import Ingest
import Log
import RecentChange
import Synchronization

/// An intake into a log in memory, and time that only waits move.
final class IngestFixture {
  let log = MemoryLog()
  let counters = IngestCounters()
  let time = FakeTime()
  let lines = Lines()
  /// Asked to stop once it has been asked so often.
  var stopsAfter = Int.max

  /// Microseconds since 1970-01-01 UTC: 2026-01-16T12:00:00Z.
  static let now: Int64 = 1_768_564_800_000_000

  func intake(
    recent: Int = 0, allowlist: Allowlist? = nil, raw: String? = nil, eventBytes: Int = 1 << 20
  ) throws -> EventIntake {
    EventIntake(
      IntakeSettings(
        topic: "events", deadLetterTopic: "dead", rawTopic: raw, allowlist: try allowlist ?? Allowlist(),
        source: "test", version: "1", recentIdentifiers: recent, eventBytes: eventBytes),
      writer: log, counters: counters, clock: { Self.now })
  }

  func surroundings() -> IngestSurroundings {
    IngestSurroundings(
      clock: { Self.now }, interval: time.clock, random: { 0 },
      isStopping: {
        self.stopsAfter -= 1
        return self.stopsAfter < 0
      }, log: lines.logger)
  }
}

/// An interval clock that sleeping moves on.
final class FakeTime: Sendable {
  private let milliseconds = Atomic<Int64>(1_000_000)
  private let slept = Atomic<Int64>(0)

  var clock: IntervalClock {
    IntervalClock(now: { self.now }, sleep: { self.advance($0, isSleep: true) })
  }

  var now: Int64 { milliseconds.load(ordering: .relaxed) }

  /// How many milliseconds were slept in all.
  var sleptMilliseconds: Int64 { slept.load(ordering: .relaxed) }

  func advance(_ milliseconds: Int64, isSleep: Bool = false) {
    self.milliseconds.add(milliseconds, ordering: .relaxed)
    if isSleep { slept.add(milliseconds, ordering: .relaxed) }
  }
}

/// What was logged.
final class Lines: Sendable {
  private let kept = Mutex<[String]>([])

  var logger: Logger {
    Logger(format: .text, clock: { 0 }, sink: { line in self.kept.withLock { $0.append(line) } })
  }

  func contain(_ text: String) -> Bool { kept.withLock { $0.contains { $0.contains(text) } } }
}

/// A made-up event.
func event(
  _ id: String, time: String = "2026-01-16T11:59:00Z", title: String = "Page", domain: String = "en.wikipedia.org"
) -> String {
  #"{"$schema":"/mediawiki/recentchange/1.0.0","meta":{"id":"\#(id)","dt":"\#(time)","domain":"\#(domain)"},"type":"edit","#
    + #""title":"\#(title)","wiki":"enwiki","namespace":0}"#
}

/// Strings as rows.
func column(_ texts: String...) -> BinaryColumn { BinaryColumn(texts) }

/// Feeds `text` in pieces of `size` bytes.
func pieces(_ bytes: [UInt8], of size: Int) -> [[UInt8]] {
  stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min(bytes.count, $0 + size)]) }
}
