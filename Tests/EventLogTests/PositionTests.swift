import EventLog
import Failures
import Testing

@Suite struct PositionTests {
  func position(_ text: String, source: String = "stream") -> SourcePosition {
    SourcePosition(source: source, position: text)
  }

  @Test func positionsComeWithTheirAppend() throws {
    let fixture = try LogFixture()
    let writer = try fixture.writer()
    #expect(try writer.position(of: "stream") == nil)
    _ = try writer.append(topic: "t", records: records(0..<3), position: position("a"))
    _ = try writer.append(topic: "t", records: records(3..<4), position: position("x", source: "file"))
    _ = try writer.append(topic: "t", records: records(4..<5), position: nil)
    #expect(try writer.position(of: "stream") == "a")
    let other = try fixture.reopened().writer(clock: { 0 })
    #expect(try other.position(of: "stream") == "a")
    #expect(try other.position(of: "file") == "x")
  }

  @Test func aPositionWithoutRecords() throws {
    let fixture = try LogFixture()
    let writer = try fixture.writer()
    #expect(try writer.append(topic: "t", records: [], position: position("0")) == 0)
    _ = try writer.append(topic: "t", records: records(0..<3), position: position("1"))
    #expect(try writer.append(topic: "t", records: [], position: position("2")) == 3)
    #expect(try writer.position(of: "stream") == "2")
    #expect(try fixture.log.partitions(of: "t").map(\.end) == [3])
  }

  @Test func theNewestOfAllTopicsCounts() throws {
    let fixture = try LogFixture(EmbeddedLogOptions(partitions: 3, syncsAppends: false))
    let writer = try fixture.writer()
    for number in 0..<30 {
      let topic = number % 3 == 0 ? "dead" : "clean"
      _ = try writer.append(topic: topic, records: records(number..<number + 1), position: position("\(number)"))
      #expect(try writer.position(of: "stream") == "\(number)")
    }
    // A new process numbers on from what is there.
    let other = try fixture.reopened().writer(clock: { 0 })
    _ = try other.append(topic: "dead", records: records(0..<1), position: position("new"))
    #expect(try fixture.writer().position(of: "stream") == "new")
  }

  @Test func positionsOutliveSegmentsAndTheirDrop() throws {
    let fixture = try LogFixture(LogFixture.small(bytes: 1))
    let writer = try fixture.writer()
    _ = try writer.append(topic: "t", records: records(0..<3), position: position("old", source: "file"))
    for number in 1..<6 {
      _ = try writer.append(topic: "t", records: records(number * 3..<number * 3 + 3), position: position("\(number)"))
    }
    try fixture.log.noteProgress(topic: "t", offsets: [0: 18])
    let report = try fixture.log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0))
    #expect(report.dropped.count == 5)
    #expect(fixture.segments("t").count == 1)
    let other = try fixture.reopened().writer(clock: { 0 })
    #expect(try other.position(of: "stream") == "5")
    #expect(try other.position(of: "file") == "old")
  }
}
