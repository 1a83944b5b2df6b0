import Columns
import EventLog
import Synchronization

/// An event log in memory whose head, id and partitions tests change.
final class MemoryLog: EventLogReader {
  private struct Partition {
    var earliest: Int64 = 0
    var records: [(offset: Int64, time: Int64, value: String)] = []
    var end: Int64 = 0
  }

  private struct State {
    var id = "log-1"
    var partitions: [String: [Int32: Partition]] = [:]
    var noted: [String: [Int32: Int64]] = [:]
    var lost: Set<Int64> = []
  }

  private let state = Mutex(State())

  /// Appends records; each gets the next offset.
  func append(
    _ values: [String], topic: String = "cleaned_events", partition: Int32 = 0, time: Int64 = 1_768_564_000_000
  ) {
    state.withLock { state in
      for value in values {
        var part = state.partitions[topic]?[partition] ?? Partition()
        part.records.append((part.end, time, value))
        part.end += 1
        state.partitions[topic, default: [:]][partition] = part
      }
    }
  }

  /// Forgets the records before `offset`, as retention does.
  func trim(before offset: Int64, topic: String = "cleaned_events", partition: Int32 = 0) {
    state.withLock { state in
      state.partitions[topic]?[partition]?.records.removeAll { $0.offset < offset }
      state.partitions[topic]?[partition]?.earliest = offset
    }
  }

  /// Leaves a gap of offsets without records.
  func skip(_ count: Int64, topic: String = "cleaned_events", partition: Int32 = 0) {
    state.withLock { $0.partitions[topic, default: [:]][partition, default: Partition()].end += count }
  }

  /// Removes the record at `offset`, as compaction does.
  func compact(away offset: Int64, topic: String = "cleaned_events", partition: Int32 = 0) {
    state.withLock { $0.partitions[topic]?[partition]?.records.removeAll { $0.offset == offset } }
  }

  /// Leaves the record at `offset` out of the next answer that should have it.
  func loseOnce(_ offset: Int64) { state.withLock { _ = $0.lost.insert(offset) } }

  /// Becomes another, empty log.
  func replace(id: String) { state.withLock { $0 = State(id: id) } }

  /// How far Bronze said that it has come.
  func noted(_ topic: String = "cleaned_events", partition: Int32 = 0) -> Int64? {
    state.withLock { $0.noted[topic]?[partition] }
  }

  func logID() throws -> String { state.withLock { $0.id } }

  func partitions(of topic: String) throws -> [PartitionOffsets] {
    state.withLock { state in
      (state.partitions[topic] ?? [:]).sorted { $0.key < $1.key }
        .map { PartitionOffsets(partition: $0.key, earliest: $0.value.earliest, end: $0.value.end) }
    }
  }

  func fetch(topic: String, partition: Int32, from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords {
    state.withLock { state in
      var records = LogRecords()
      for record in state.partitions[topic]?[partition]?.records ?? [] where from <= record.offset && record.offset < to
      {
        if state.lost.remove(record.offset) != nil { continue }
        guard records.count == 0 || records.values.bytes.count + record.value.utf8.count <= maxBytes else { break }
        records.offsets.append(record.offset)
        records.timestamps.append(record.time)
        records.keys.append("key")
        records.values.append(record.value)
      }
      return records
    }
  }

  func noteProgress(topic: String, offsets: [Int32: Int64]) throws {
    state.withLock { $0.noted[topic, default: [:]].merge(offsets) { $1 } }
  }
}
