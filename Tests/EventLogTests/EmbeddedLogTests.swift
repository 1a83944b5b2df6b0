import Fixtures
import Columns
import EventLog
import Failures
import Synchronization
import Testing

@Suite struct EmbeddedLogTests {
  static let variants: [EmbeddedLogOptions] = [
    EmbeddedLogOptions(syncsAppends: false), EmbeddedLogOptions(isCompressed: false, syncsAppends: false),
    LogFixture.small(), LogFixture.small(bytes: 1, isCompressed: true),
    EmbeddedLogOptions(blockBytes: 1, syncsAppends: true),
  ]

  @Test(arguments: variants) func conforms(options: EmbeddedLogOptions) throws {
    let fixture = try LogFixture(options)
    let suite = EventLogConformance(reader: fixture.log, writer: try fixture.writer())
    for check in EventLogConformance.all {
      do { try check.check(suite) } catch { Issue.record("\(check.name): \(error)") }
    }
  }

  @Test func theLogKeepsItsIdentity() throws {
    let fixture = try LogFixture()
    #expect(try fixture.log.logID() == LogFixture.id)
    #expect(try fixture.reopened().logID() == LogFixture.id)
    #expect(try EmbeddedEventLog.create(directory: fixture.directory.path, id: "another").logID() == LogFixture.id)
  }

  @Test func aLogThatIsNotThereIsNotFound() {
    let directory = TemporaryDirectory()
    let failure = #expect(throws: Failure.self) { try EmbeddedEventLog.open(directory: directory.path) }
    #expect(failure?.kind == .notFound)
    #expect(directory.names() == [])
  }

  @Test func theDirectoryIsMade() throws {
    let directory = TemporaryDirectory()
    let log = try EmbeddedEventLog.create(directory: directory.file("home/events"), id: "id")
    #expect(try log.logID() == "id")
    #expect(throws: Failure.self) { try EmbeddedEventLog.create(directory: "relative", id: "id") }
  }

  @Test func recordsAreThereAfterReopening() throws {
    let fixture = try LogFixture(LogFixture.small())
    for batch in 0..<10 {
      // A writer a batch, as short-lived processes do.
      _ = try fixture.writer().append(
        topic: "t", records: records(batch * 100..<(batch + 1) * 100, bytes: 300), position: nil)
    }
    let read = try everyRecord(of: "t", 0, in: fixture.reopened())
    #expect((0..<read.count).map { number(read, $0) } == (0..<1000).map { $0 })
    #expect(fixture.segments("t").count > 2)
  }

  @Test func segmentsAreNamedByTheirFirstOffsetAndRollBySize() throws {
    let fixture = try LogFixture(LogFixture.small(bytes: 60_000))
    let writer = try fixture.writer()
    for batch in 0..<20 {
      _ = try writer.append(topic: "t", records: records(batch * 10..<batch * 10 + 10, bytes: 1000), position: nil)
    }
    let names = fixture.segments("t")
    #expect(names.first == "00000000000000000000.sqlite")
    #expect(names.count > 3)
    #expect(names.allSatisfy { $0.utf8.count == 27 })
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == Array(0..<200))
  }

  @Test func segmentsRollByAge() throws {
    var options = LogFixture.small(bytes: .max)
    options.segmentMilliseconds = 1000
    let fixture = try LogFixture(options)
    let writer = try fixture.writer()
    for number in 0..<3 {
      _ = try writer.append(topic: "t", records: records(number..<number + 1), position: nil)
      fixture.now.add(600, ordering: .relaxed)
    }
    #expect(fixture.segments("t") == ["00000000000000000000.sqlite", "00000000000000000002.sqlite"])
  }

  @Test func recordsCarryTheTimeOfTheirAppend() throws {
    let fixture = try LogFixture()
    let writer = try fixture.writer()
    _ = try writer.append(topic: "t", records: records(0..<2), position: nil)
    fixture.now.store(5, ordering: .relaxed)
    _ = try writer.append(topic: "t", records: records(2..<3), position: nil)
    #expect(try everyRecord(of: "t", 0, in: fixture.log).timestamps == [1_000_000, 1_000_000, 5])
  }

  @Test func aBatchGoesWholeToThePartitionOfItsFirstKey() throws {
    let fixture = try LogFixture(EmbeddedLogOptions(partitions: 4, topicPartitions: ["one": 1], syncsAppends: false))
    let writer = try fixture.writer()
    for batch in 0..<40 {
      _ = try writer.append(topic: "t", records: records(batch * 3..<batch * 3 + 3), position: nil)
    }
    _ = try writer.append(topic: "one", records: records(0..<1), position: nil)
    let partitions = try fixture.log.partitions(of: "t")
    #expect(partitions.map(\.partition) == [0, 1, 2, 3])
    #expect(partitions.allSatisfy { $0.end > 0 && $0.end % 3 == 0 })
    #expect(partitions.reduce(0) { $0 + $1.end } == 120)
    #expect(try fixture.log.partitions(of: "one").count == 1)
    var seen: Set<Int> = []
    for partition in partitions {
      let read = try everyRecord(of: "t", partition.partition, in: fixture.log)
      for row in 0..<read.count { if let number = number(read, row) { seen.insert(number) } }
    }
    #expect(seen == Set(0..<120))
    // Another process's default does not change a topic that exists.
    #expect(try fixture.reopened().partitions(of: "t").count == 4)
  }

  @Test(arguments: [
    "", ".", "..", "a/b", "ä", "a b", "log.sqlite", "log.sqlite-wal", String(repeating: "x", count: 250),
  ])
  func otherTopicNamesAreRefused(name: String) throws {
    let fixture = try LogFixture()
    let writer = try fixture.writer()
    #expect((#expect(throws: Failure.self) { try fixture.log.partitions(of: name) })?.kind == .invalidArgument)
    #expect(
      (#expect(throws: Failure.self) { try writer.append(topic: name, records: [], position: nil) })?.kind
        == .invalidArgument)
    #expect(throws: Failure.self) { try fixture.log.noteProgress(topic: name, offsets: [0: 1]) }
  }

  @Test func smallValuesAreKept() throws {
    let fixture = try LogFixture()
    #expect(try fixture.log.metadata("retime/abc") == nil)
    try fixture.log.setMetadata("-3600000", for: "retime/abc")
    try fixture.log.setMetadata("1", for: "other")
    try fixture.log.setMetadata("-7200000", for: "retime/abc")
    #expect(try fixture.reopened().metadata("retime/abc") == "-7200000")
    try fixture.log.setMetadata(nil, for: "retime/abc")
    #expect(try fixture.log.metadata("retime/abc") == nil)
    #expect(try fixture.log.metadata("other") == "1")
  }

  @Test func progressIsWhatWasNotedLast() throws {
    let fixture = try LogFixture()
    #expect(try fixture.log.progress(of: "t") == [:])
    try fixture.log.noteProgress(topic: "t", offsets: [0: 5, 1: 7])
    try fixture.log.noteProgress(topic: "t", offsets: [0: 3])
    #expect(try fixture.reopened().progress(of: "t") == [0: 3, 1: 7])
    #expect(try fixture.log.progress(of: "u") == [:])
  }

  @Test func aRecordOverTheLimitAppendsNothing() throws {
    let fixture = try LogFixture()
    let writer = try fixture.writer()
    let large = LogRecord(key: nil, value: [UInt8](repeating: 0, count: (256 << 20) + 1))
    let failure = #expect(throws: Failure.self) {
      try writer.append(topic: "t", records: records(0..<3) + [large], position: nil)
    }
    #expect(failure?.kind == .limitExceeded)
    #expect(try fixture.log.partitions(of: "t").allSatisfy { $0.end == 0 })
  }
}
