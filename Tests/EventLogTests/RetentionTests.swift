import Fixtures
import EventLog
import Failures
import Synchronization
import Testing

@Suite struct RetentionTests {
  /// Five segments of ten records, a second apart; the last one is the newest.
  func fixture() throws -> LogFixture {
    let fixture = try LogFixture(LogFixture.small(bytes: 1))
    let writer = try fixture.writer()
    fixture.now.store(0, ordering: .relaxed)
    for batch in 0..<5 {
      _ = try writer.append(topic: "t", records: records(batch * 10..<batch * 10 + 10, bytes: 3000), position: nil)
      fixture.now.add(1000, ordering: .relaxed)
    }
    return fixture
  }

  @Test func withoutProgressNothingIsDroppedAndTheReportSaysSo() throws {
    let fixture = try fixture()
    let report = try fixture.log.trim(now: 1_000_000, retention: RetentionPolicy(maxAgeMilliseconds: 1, maxBytes: 1))
    #expect(report.dropped == [])
    #expect(report.held.map(\.reason) == [.noProgress])
    #expect(report.held.first?.segments.first == 0)
    #expect(report.held.first?.segments.end == 40)
    #expect(report.heldBytes > 100_000)
    #expect(fixture.segments("t").count == 5)
  }

  @Test func progressIsNeverPassed() throws {
    let fixture = try fixture()
    try fixture.log.noteProgress(topic: "t", offsets: [0: 25])
    let report = try fixture.log.trim(now: 1_000_000, retention: RetentionPolicy(maxAgeMilliseconds: 1))
    #expect(report.dropped.map(\.first) == [0, 10])
    #expect(report.dropped.map(\.end) == [10, 20])
    #expect(report.held.map(\.reason) == [.notConsumed(next: 25)])
    #expect(report.held.first?.segments.first == 20)
    #expect(report.held.first?.segments.end == 40)
    #expect(try fixture.log.partitions(of: "t") == [PartitionOffsets(partition: 0, earliest: 20, end: 50)])
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == Array(20..<50))
    #expect(try fixture.log.trim(now: 1_000_000, retention: RetentionPolicy(maxAgeMilliseconds: 1)).dropped == [])
  }

  @Test func ageGoesByTheLastRecord() throws {
    let fixture = try fixture()
    try fixture.log.noteProgress(topic: "t", offsets: [0: 50])
    let report = try fixture.log.trim(now: 2500, retention: RetentionPolicy(maxAgeMilliseconds: 1000))
    #expect(report.dropped.map(\.first) == [0, 10])
    #expect(report.held == [])
  }

  @Test func sizeDropsTheOldest() throws {
    let fixture = try fixture()
    try fixture.log.noteProgress(topic: "t", offsets: [0: 50])
    let none = try fixture.log.trim(now: 0, retention: RetentionPolicy(maxBytes: 1 << 30))
    #expect(none.dropped == [] && none.held == [] && none.damaged == [])
    let all = try fixture.log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0))
    #expect(all.dropped.map(\.first) == [0, 10, 20, 30])
    #expect(all.droppedBytes > 4 * 30_000)
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == Array(40..<50))
  }

  @Test func aQuietTopicEmptiesAndItsOffsetsGoOn() throws {
    let fixture = try fixture()
    try fixture.log.noteProgress(topic: "t", offsets: [0: 50])
    let report = try fixture.log.trim(now: 1_000_000, retention: RetentionPolicy(maxAgeMilliseconds: 1000))
    #expect(report.dropped.map(\.first) == [0, 10, 20, 30, 40])
    #expect(try fixture.log.partitions(of: "t") == [PartitionOffsets(partition: 0, earliest: 50, end: 50)])
    #expect(try fixture.writer().append(topic: "t", records: records(50..<51), position: nil) == 50)
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == [50])
  }

  @Test func aWriterGoesOnBehindATrimThatEndedItsSegment() throws {
    let fixture = try fixture()
    let writer = try fixture.writer()
    #expect(try writer.append(topic: "t", records: records(50..<60), position: nil) == 50)
    try fixture.log.noteProgress(topic: "t", offsets: [0: 60])
    #expect(
      try fixture.log.trim(now: 1_000_000, retention: RetentionPolicy(maxAgeMilliseconds: 0)).dropped.last?.end == 60)
    #expect(try writer.append(topic: "t", records: records(60..<61), position: nil) == 60)
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == [60])
  }

  @Test func aReaderGoesOnWhenItsSegmentIsDropped() throws {
    let fixture = try fixture()
    let reader = try fixture.reopened()
    #expect(try reader.fetch(topic: "t", partition: 0, from: 5, to: 50, maxBytes: 3000).offsets.first == 5)
    try fixture.log.noteProgress(topic: "t", offsets: [0: 50])
    _ = try fixture.log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0))
    #expect(try reader.partitions(of: "t").first?.earliest == 40)
    // What lies before the oldest segment is passed over: Bronze sees that from the earliest offset.
    #expect(try reader.fetch(topic: "t", partition: 0, from: 6, to: 50, maxBytes: 3000).offsets.first == 40)
    #expect(try reader.fetch(topic: "t", partition: 0, from: 6, to: 40, maxBytes: 3000).count == 0)
  }

  @Test func whatADropLeftBehindIsRemoved() throws {
    let fixture = try fixture()
    writeFile(fixture.directory.file("t/0/00000000000000000003.sqlite-wal"), [1])
    writeFile(fixture.directory.file("t/0/00000000000000000003.sqlite-shm"), [1])
    writeFile(fixture.directory.file("t/0/notes.txt"), [1])
    writeFile(fixture.directory.file("t/0/.wikiguard-tmp-1-1"), [1])
    _ = try fixture.log.trim(now: 0, retention: RetentionPolicy())
    #expect(fixture.directory.names("t/0").contains(".wikiguard-tmp-1-1"), "it may be being written")
    _ = try fixture.log.trim(now: 1 << 60, retention: RetentionPolicy())
    #expect(!fixture.directory.names("t/0").contains(".wikiguard-tmp-1-1"))
    let names = fixture.directory.names("t/0")
    #expect(!names.contains { $0.hasPrefix("00000000000000000003") })
    #expect(names.contains("notes.txt"))
    #expect(names.filter { $0.hasSuffix(".sqlite") }.count == 5)
  }

  @Test func otherTopicsAndPartitionsAreTrimmedByTheirOwnProgress() throws {
    let fixture = try LogFixture(
      EmbeddedLogOptions(partitions: 2, segmentBytes: 1, isCompressed: false, syncsAppends: false))
    let writer = try fixture.writer()
    for number in 0..<40 { _ = try writer.append(topic: "t", records: records(number..<number + 1), position: nil) }
    let ends = try fixture.log.partitions(of: "t").map(\.end)
    try fixture.log.noteProgress(topic: "t", offsets: [1: ends[1]])
    let report = try fixture.log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0))
    #expect(report.dropped.allSatisfy { $0.partition == 1 })
    #expect(report.dropped.count == Int(ends[1]) - 1)
    #expect(report.held.map(\.segments.partition) == [0])
    #expect(report.held.map(\.reason) == [.noProgress])
  }
}
