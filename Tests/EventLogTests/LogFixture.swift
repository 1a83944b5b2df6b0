import Fixtures
import Columns
import EventLog
import Synchronization

/// A log in a directory of its own, with a clock that tests turn.
final class LogFixture: Sendable {
  let directory = TemporaryDirectory()
  let log: EmbeddedEventLog
  let now = Atomic<Int64>(1_000_000)

  static let id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  init(_ options: EmbeddedLogOptions = EmbeddedLogOptions(syncsAppends: false)) throws {
    log = try EmbeddedEventLog.create(directory: directory.path, id: Self.id, options: options)
  }

  /// Segments that hold a few records each.
  static func small(bytes: Int64 = 100_000, isCompressed: Bool = false) -> EmbeddedLogOptions {
    EmbeddedLogOptions(segmentBytes: bytes, blockBytes: 4096, isCompressed: isCompressed, syncsAppends: false)
  }

  func writer() throws -> EmbeddedLogWriter {
    try log.writer(clock: { self.now.load(ordering: .relaxed) })
  }

  /// The same log as another process sees it.
  func reopened(_ options: EmbeddedLogOptions = EmbeddedLogOptions(syncsAppends: false)) throws -> EmbeddedEventLog {
    try EmbeddedEventLog.open(directory: directory.path, options: options)
  }

  func segments(_ topic: String, _ partition: Int = 0) -> [String] {
    directory.names("\(topic)/\(partition)").filter { $0.hasSuffix(".sqlite") }
  }
}

/// Records of about `bytes` bytes whose values begin with their numbers.
func records(_ numbers: Range<Int>, bytes: Int = 16) -> [LogRecord] {
  numbers.map { number in
    let text = "\(number) "
    return LogRecord(
      key: Array("k\(number)".utf8),
      value: Array(text.utf8) + [UInt8](repeating: 46, count: max(0, bytes - text.utf8.count)))
  }
}

/// The number that a value of `records` begins with.
func number(_ records: LogRecords, _ row: Int) -> Int? {
  records.values.string(row).flatMap { text in text.firstIndex(of: " ").flatMap { Int(text[..<$0]) } }
}
