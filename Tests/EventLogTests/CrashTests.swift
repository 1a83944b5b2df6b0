import Fixtures
import Dispatch
import EventLog
import Failures
import Glibc
import SQLite
import Synchronization
import Testing

@Suite struct CrashTests {
  /// Appends batches of 50 whose position is the number of batches, until the process ends.
  static func appendForever(_ directory: String, afterBatch: (Int) -> Void = { _ in }) throws {
    let options = EmbeddedLogOptions(segmentBytes: 200_000, isCompressed: false, syncsAppends: false)
    let log = try EmbeddedEventLog.open(directory: directory, options: options)
    let writer = try log.writer(clock: { 0 })
    var batch = Int(try writer.position(of: "s") ?? "0") ?? 0
    while true {
      _ = try writer.append(
        topic: "t", records: records(batch * 50..<batch * 50 + 50, bytes: 400),
        position: SourcePosition(source: "s", position: "\(batch + 1)"))
      batch += 1
      afterBatch(batch)
    }
  }

  /// Whole batches only, in order, and the position of the last one.
  func expectWholeBatches(_ log: EmbeddedEventLog) throws -> Int {
    let read = try everyRecord(of: "t", 0, in: log)
    #expect(read.count % 50 == 0)
    #expect((0..<read.count).allSatisfy { number(read, $0) == $0 && read.offsets[$0] == Int64($0) })
    let position = try log.writer(clock: { 0 }).position(of: "s")
    #expect(position ?? "0" == "\(read.count / 50)")
    return read.count / 50
  }

  @Test func aKilledProducerLosesNothingAndHalvesNothing() async throws {
    let fixture = try LogFixture()
    var batches = 0
    for round in 1...6 {
      let (path, milliseconds) = (fixture.directory.path, round * 17)
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, milliseconds = milliseconds as Int] in
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { kill(getpid(), SIGKILL) }
        try CrashTests.appendForever(path)
      }
      let now = try expectWholeBatches(fixture.reopened())
      #expect(now >= batches)
      batches = now
    }
    #expect(batches > 0)
    #expect(fixture.segments("t").count > 1, "no segment was ended")
  }

  @Test func anotherProcessReadsWhileOneAppends() async throws {
    let fixture = try LogFixture()
    let path = fixture.directory.path
    let producerEnded = Mutex(false)
    async let producer: Void = {
      defer { producerEnded.withLock { $0 = true } }
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        try CrashTests.appendForever(path) { if $0 == 400 { kill(getpid(), SIGKILL) } }
      }
    }()
    let log = try fixture.reopened()
    var next: Int64 = 0
    var mayFollow = true
    while next < 1000 && mayFollow {
      mayFollow = !producerEnded.withLock { $0 }
      let read = try log.fetch(topic: "t", partition: 0, from: next, to: .max, maxBytes: 100_000)
      #expect(read.offsets == (next..<next + Int64(read.count)).map { $0 })
      next += Int64(read.count)
      try log.noteProgress(topic: "t", offsets: [0: next])
      if read.count == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
    await producer
    #expect(next > 0, "nothing was read while the producer ran")
    _ = try expectWholeBatches(log)
  }

  @Test func everyLengthOfTheWriteAheadLog() throws {
    let fixture = try LogFixture(EmbeddedLogOptions(isCompressed: false, syncsAppends: false))
    let writer = try fixture.writer()
    for batch in 0..<12 {
      _ = try writer.append(
        topic: "t", records: records(batch * 50..<batch * 50 + 50, bytes: 100),
        position: SourcePosition(source: "s", position: "\(batch + 1)"))
    }
    let segment = "t/0/00000000000000000000.sqlite"
    let (file, wal) = (readFile(fixture.directory.file(segment)), readFile(fixture.directory.file(segment + "-wal")))
    #expect(wal.count > 12 * 5000)
    var seen: Set<Int> = []
    for length in stride(from: 0, through: wal.count, by: 16_777) + [wal.count] {
      // What a crash leaves on the disk: the file, and a part of the log.
      let crashed = try LogFixture()
      _ = try crashed.writer().append(topic: "t", records: [], position: nil)
      writeFile(crashed.directory.file(segment), file)
      writeFile(crashed.directory.file(segment + "-wal"), Array(wal.prefix(length)))
      unlink(crashed.directory.file(segment + "-shm"))
      let log = try crashed.reopened()
      let batches = try expectWholeBatches(log)
      seen.insert(batches)
      #expect(
        try log.writer(clock: { 0 }).append(topic: "t", records: records(0..<1), position: nil) == Int64(batches * 50))
    }
    #expect(seen.count > 10)
    #expect(seen.contains(12))
  }

  @Test func aSealedSegmentWithoutASuccessorIsContinued() throws {
    let fixture = try LogFixture()
    _ = try fixture.writer().append(
      topic: "t", records: records(0..<50), position: SourcePosition(source: "s", position: "1"))
    // The crash came between the two.
    let segment = try Database(path: fixture.directory.file("t/0/00000000000000000000.sqlite"))
    try segment.execute("UPDATE segment SET sealed = 1")
    #expect(try fixture.writer().append(topic: "t", records: records(50..<100), position: nil) == 50)
    #expect(fixture.segments("t") == ["00000000000000000000.sqlite", "00000000000000000050.sqlite"])
    #expect(try fixture.writer().position(of: "s") == "1")
    #expect(try everyRecord(of: "t", 0, in: fixture.log).count == 100)
  }

  @Test func anEmptySegmentTakesRecordsEvenIfItIsSealed() throws {
    let fixture = try LogFixture()
    _ = try fixture.writer().append(topic: "t", records: [], position: SourcePosition(source: "s", position: "0"))
    try Database(path: fixture.directory.file("t/0/00000000000000000000.sqlite")).execute(
      "UPDATE segment SET sealed = 1")
    #expect(try fixture.writer().append(topic: "t", records: records(0..<2), position: nil) == 0)
    #expect(try fixture.writer().append(topic: "t", records: records(2..<3), position: nil) == 2)
    #expect(try everyRecord(of: "t", 0, in: fixture.log).offsets == [0, 1, 2])
  }

  @Test func aTemporaryFileOfACrashIsNoSegment() throws {
    let fixture = try LogFixture()
    _ = try fixture.writer().append(topic: "t", records: records(0..<5), position: nil)
    writeFile(fixture.directory.file("t/0/.wikiguard-tmp-1-1"), [1, 2, 3])
    #expect(try everyRecord(of: "t", 0, in: fixture.reopened()).count == 5)
    #expect(try fixture.writer().append(topic: "t", records: records(5..<6), position: nil) == 5)
  }

  @Test func aFullDiskAppendsNothingByHalf() throws {
    let directory = TemporaryDirectory()
    guard getuid() == 0, mount("tmpfs", directory.path, "tmpfs", 0, "size=2m") == 0 else {
      return print("skipped: a full disk under the event log: a tmpfs cannot be mounted here")
    }
    defer { umount2(directory.path, 2) }
    let options = EmbeddedLogOptions(segmentBytes: 300_000, isCompressed: false)
    writeFile(directory.file("ballast"), [UInt8](repeating: 1, count: 200_000))
    let log = try EmbeddedEventLog.create(directory: directory.path, id: LogFixture.id, options: options)
    let writer = try log.writer(clock: { 0 })
    var batch = 0
    let failure = #expect(throws: Failure.self) {
      while batch < 1000 {
        _ = try writer.append(
          topic: "t", records: records(batch * 50..<batch * 50 + 50, bytes: 400),
          position: SourcePosition(source: "s", position: "\(batch + 1)"))
        batch += 1
      }
    }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.isRetryable == false)
    #expect(failure?.description.contains("disk full") == true)
    #expect(batch > 5)
    // Even reading takes a little room: SQLite shares its index of the write-ahead log in a file.
    unlink(directory.file("ballast"))
    #expect(try expectWholeBatches(log) == batch)
    // Room again: the consumer is done with the oldest.
    try log.noteProgress(topic: "t", offsets: [0: Int64(batch * 50)])
    #expect(try !log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0)).dropped.isEmpty)
    #expect(
      try writer.append(topic: "t", records: records(batch * 50..<batch * 50 + 50), position: nil) == Int64(batch * 50))
  }
}
