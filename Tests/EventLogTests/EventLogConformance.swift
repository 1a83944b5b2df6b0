import Columns
import EventLog
import Failures
import Hashing
import Testing

/// What every event log must do. Each check uses topics of its own, so that one log serves all.
struct EventLogConformance {
  let reader: any EventLogReader
  let writer: any EventLogWriter

  static let all: [(name: String, check: @Sendable (EventLogConformance) throws -> Void)] = [
    ("an id that stays", { try $0.identity() }),
    ("a topic that does not exist", { try $0.absentTopic() }),
    ("records come back as they were", { try $0.contents() }),
    ("offsets go on from batch to batch", { try $0.offsets() }),
    ("every range", { try $0.ranges() }),
    ("limits by bytes", { try $0.byteLimits() }),
    ("large and small records", { try $0.sizes() }),
    ("topics do not mix", { try $0.separateTopics() }),
    ("progress may be noted", { try $0.progress() }),
  ]

  func record(_ text: String, key: String? = nil) -> LogRecord {
    LogRecord(key: key.map { Array($0.utf8) }, value: Array(text.utf8))
  }

  /// All records of partition 0.
  func everything(_ topic: String, maxBytes: Int = 1 << 20) throws -> LogRecords {
    try everyRecord(of: topic, 0, in: reader, maxBytes: maxBytes)
  }

  func identity() throws {
    let id = try reader.logID()
    #expect(!id.isEmpty)
    #expect(try reader.logID() == id)
  }

  func absentTopic() throws {
    #expect(try reader.partitions(of: "absent").isEmpty)
    #expect(try reader.fetch(topic: "absent", partition: 0, from: 0, to: 10, maxBytes: 1000).count == 0)
  }

  func contents() throws {
    let records = [
      record("one", key: "k"), record(""), record("three", key: ""),
      LogRecord(key: [0, 255], value: [255, 0, 10, 13]),
      record("é漢🦆"),
    ]
    let first = try writer.append(topic: "contents", records: records, position: nil)
    let read = try everything("contents")
    #expect(read.offsets == (0..<5).map { first + $0 })
    #expect(read.timestamps.count == 5)
    #expect((0..<5).map { read.values[$0].map(Array.init) } == records.map(\.value))
    #expect((0..<5).map { read.keys[$0].map(Array.init) } == records.map(\.key))
  }

  func offsets() throws {
    var expected: Int64 = 0
    for size in [1, 10, 1, 100, 3] {
      let records = (0..<size).map { record("\(expected + Int64($0))") }
      #expect(try writer.append(topic: "offsets", records: records, position: nil) == expected)
      expected += Int64(size)
      #expect(
        try reader.partitions(of: "offsets") == [PartitionOffsets(partition: 0, earliest: 0, end: expected)])
    }
    let read = try everything("offsets")
    #expect(read.offsets == Array(0..<expected))
    #expect((0..<read.count).map { read.values.string($0) } == (0..<expected).map { "\($0)" })
    #expect(read.timestamps == read.timestamps.sorted())
  }

  func ranges() throws {
    for batch in 0..<5 {
      let records = (0..<7).map { record("\(batch * 7 + $0)") }
      _ = try writer.append(topic: "ranges", records: records, position: nil)
    }
    for from in Int64(0)...36 {
      for to in from...37 {
        let read = try reader.fetch(topic: "ranges", partition: 0, from: from, to: to, maxBytes: 1 << 20)
        // Fewer than asked for is normal, none where there is one is not.
        #expect(read.offsets == (from..<from + Int64(read.count)).map { $0 })
        #expect(read.count > 0 || from >= min(to, 35))
        #expect(read.offsets.last ?? -1 < min(to, 35))
        #expect((0..<read.count).allSatisfy { read.values.string($0) == "\(read.offsets[$0])" })
      }
    }
    #expect(try reader.fetch(topic: "ranges", partition: 0, from: 10, to: 5, maxBytes: 100).count == 0)
    #expect(try reader.fetch(topic: "ranges", partition: 0, from: .max, to: .max, maxBytes: 100).count == 0)
  }

  func byteLimits() throws {
    let records = (0..<100).map { _ in LogRecord(key: [1, 2], value: [UInt8](repeating: 7, count: 98)) }
    _ = try writer.append(topic: "limits", records: records, position: nil)
    for (bytes, atMost) in [(0, 1), (1, 1), (99, 1), (100, 1), (199, 1), (250, 2), (1000, 10)] {
      let read = try reader.fetch(topic: "limits", partition: 0, from: 3, to: 100, maxBytes: bytes)
      #expect(read.count >= 1 && read.count <= atMost)
      #expect(try everything("limits", maxBytes: bytes).offsets == Array(0..<100))
    }
  }

  func sizes() throws {
    var random = Xoshiro256StarStar(seed: 5)
    let records = [0, 1, 1_500_000, 10, 300_000, 262_144, 0, 3].map { size in
      LogRecord(key: nil, value: (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
    _ = try writer.append(topic: "sizes", records: records, position: nil)
    let read = try everything("sizes")
    #expect((0..<read.count).map { read.values[$0].map(Array.init) } == records.map(\.value))
  }

  func separateTopics() throws {
    for topic in ["one.topic", "one-topic", "one_topic", "One.Topic"] {
      #expect(try writer.append(topic: topic, records: [record(topic)], position: nil) == 0)
    }
    for topic in ["one.topic", "one-topic", "one_topic", "One.Topic"] {
      #expect(try everything(topic).values.string(0) == topic)
    }
  }

  func progress() throws {
    _ = try writer.append(topic: "progress", records: [record("a"), record("b")], position: nil)
    try reader.noteProgress(topic: "progress", offsets: [0: 2])
    try reader.noteProgress(topic: "progress", offsets: [0: 1])
    try reader.noteProgress(topic: "progress", offsets: [:])
    #expect(try everything("progress").count == 2)
  }
}

/// All records of a partition, fetched piece by piece.
func everyRecord(
  of topic: String, _ partition: Int32, in reader: any EventLogReader, maxBytes: Int = 1 << 20
) throws -> LogRecords {
  var all = LogRecords()
  guard let bounds = try reader.partitions(of: topic).first(where: { $0.partition == partition }) else { return all }
  var next = bounds.earliest
  while next < bounds.end {
    let read = try reader.fetch(topic: topic, partition: partition, from: next, to: bounds.end, maxBytes: maxBytes)
    guard let last = read.offsets.last else { break }
    all.offsets += read.offsets
    all.timestamps += read.timestamps
    for row in 0..<read.count {
      if let key = read.keys[row] { all.keys.append(key) } else { all.keys.appendNull() }
      if let value = read.values[row] { all.values.append(value) } else { all.values.appendNull() }
    }
    next = last + 1
  }
  return all
}
