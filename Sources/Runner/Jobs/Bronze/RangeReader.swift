import EventLog

/// Reads offsets of one partition in order, and notes those that hold no record.
struct RangeReader {
  let log: any EventLogReader
  let topic: String
  let partition: Int32
  /// Where the ranges read so far hold no records.
  private(set) var gaps = OffsetGaps()

  init(log: any EventLogReader, topic: String, partition: Int32) {
    self.log = log
    self.topic = topic
    self.partition = partition
  }

  /// The next records of `[next, end)`, at most about `maxBytes`, and `next` moved behind them; nil when it holds none.
  ///
  /// An answer that leaves offsets out is believed when the log says the same a second time: a proxy may lose records without a word.
  mutating func read(from next: inout Int64, to end: Int64, maxBytes: Int) throws -> LogRecords? {
    var records = try fetch(from: next, to: end, maxBytes: maxBytes)
    if !isContiguous(records, from: next) {
      let again = try fetch(from: next, to: end, maxBytes: maxBytes)
      if again.count > records.count { records = again }
    }
    let isContiguous = isContiguous(records, from: next)
    for offset in records.offsets where !isContiguous {
      gaps.append(next..<max(next, offset))
      next = offset + 1
    }
    guard let last = records.offsets.last else {
      gaps.append(next..<end)
      next = end
      return nil
    }
    next = last + 1
    return records
  }

  private func fetch(from next: Int64, to end: Int64, maxBytes: Int) throws -> LogRecords {
    try log.fetch(topic: topic, partition: partition, from: next, to: end, maxBytes: maxBytes)
  }

  private func isContiguous(_ records: LogRecords, from first: Int64) -> Bool {
    records.offsets.last.map { $0 - first + 1 == Int64(records.count) } ?? false
  }
}
