import EventLog
import Failures

/// A log in memory whose appends can be made to fail.
final class MemoryLog: EventLogWriter {
  private(set) var records: [String: [LogRecord]] = [:]
  private(set) var positions: [String: String] = [:]
  private(set) var appends = 0
  /// Makes the append to that topic fail, once.
  var failingTopic: String?

  func append(topic: String, records: [LogRecord], position: SourcePosition?) throws -> Int64 {
    if topic == failingTopic {
      failingTopic = nil
      throw Failure.unavailable("disk full")
    }
    appends += 1
    let first = self.records[topic]?.count ?? 0
    self.records[topic, default: []] += records
    if let position { positions[position.source] = position.position }
    return Int64(first)
  }

  func position(of source: String) throws -> String? { positions[source] }

  func store(_ position: String, of source: String) { positions[source] = position }

  /// The keys of a topic's records.
  func keys(_ topic: String) -> [String] {
    (records[topic] ?? []).map { $0.key.map { String(decoding: $0, as: UTF8.self) } ?? "nil" }
  }

  /// The texts of a topic's records.
  func values(_ topic: String) -> [String] {
    (records[topic] ?? []).map { String(decoding: $0.value, as: UTF8.self) }
  }
}
