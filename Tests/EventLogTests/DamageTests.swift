import Fixtures
import EventLog
import Failures
import Hashing
import SQLite
import Testing

@Suite struct DamageTests {
  /// A log of one closed segment, and the segment's bytes.
  struct Whole {
    let fixture: LogFixture
    let records: LogRecords
    let bytes: [UInt8]

    let path: String

    init(isCompressed: Bool) throws {
      let fixture = try LogFixture(
        EmbeddedLogOptions(blockBytes: 3000, isCompressed: isCompressed, syncsAppends: false))
      let writer = try fixture.writer()
      for batch in 0..<8 {
        _ = try writer.append(
          topic: "t", records: EventLogTests.records(batch * 20..<batch * 20 + 20, bytes: 200),
          position: SourcePosition(source: "s", position: "\(batch)"))
      }
      writer.close()
      self.fixture = fixture
      path = fixture.directory.file("t/0/00000000000000000000.sqlite")
      records = try everyRecord(of: "t", 0, in: fixture.reopened())
      bytes = readFile(path)
    }

    /// Reads the log with other bytes in the segment's place, as a new process does.
    func read(_ bytes: [UInt8]) throws -> LogRecords {
      writeFile(path, bytes)
      return try everyRecord(of: "t", 0, in: fixture.reopened())
    }
  }

  /// Either nothing that counts was hit, or the failure names the segment; never other records, never a trap.
  func expectWholeOrNamed(_ whole: Whole, _ bytes: [UInt8], _ what: String) -> Bool {
    do {
      let read = try whole.read(bytes)
      #expect(read == whole.records, "\(what)")
      return false
    } catch {
      let failure = error as? Failure
      // A flipped version is one of a newer release.
      #expect(failure?.kind == .malformedInput || failure?.kind == .unsupported, "\(what): \(error)")
      #expect(failure?.description.contains("t/0/00000000000000000000.sqlite") == true, "\(what): \(error)")
      return true
    }
  }

  @Test(arguments: [false, true]) func flippedBytes(isCompressed: Bool) throws {
    let whole = try Whole(isCompressed: isCompressed)
    #expect(whole.records.count == 160)
    var random = Xoshiro256StarStar(seed: 11)
    var found = 0
    for round in 0..<300 {
      var bytes = whole.bytes
      let position = round < 100 ? round : random.next(below: bytes.count)
      bytes[position] ^= UInt8(1 + random.next(below: 255))
      if expectWholeOrNamed(whole, bytes, "byte \(position)") { found += 1 }
    }
    #expect(found > 30)
  }

  @Test func truncatedFiles() throws {
    let whole = try Whole(isCompressed: false)
    for length in stride(from: 0, to: whole.bytes.count, by: 3001) {
      #expect(expectWholeOrNamed(whole, Array(whole.bytes.prefix(length)), "cut to \(length)"), "cut to \(length)")
    }
  }

  @Test func noiseInPlaceOfASegment() throws {
    let whole = try Whole(isCompressed: true)
    var random = Xoshiro256StarStar(seed: 12)
    for size in [10, 100, 512, 5000, 70_000] {
      let noise = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(expectWholeOrNamed(whole, noise, "noise of \(size)"))
      #expect(expectWholeOrNamed(whole, Array(whole.bytes.prefix(100)) + noise, "noise of \(size) behind the header"))
    }
  }

  @Test(arguments: [
    "DELETE FROM blocks WHERE last_offset = 29", "UPDATE blocks SET body = zeroblob(9) WHERE last_offset = 29",
    "UPDATE blocks SET last_offset = 1000 WHERE last_offset = 159",
    "UPDATE blocks SET last_offset = 9223372036854775807 WHERE last_offset = 159",
    "UPDATE blocks SET time = time + 1 WHERE last_offset = 29", "UPDATE blocks SET count = -1",
    "UPDATE blocks SET count = 9223372036854775807", "UPDATE blocks SET size = 1 << 40", "UPDATE blocks SET codec = 7",
    "UPDATE blocks SET last_offset = last_offset - 1000",
    "DELETE FROM blocks WHERE last_offset = 159", "DELETE FROM blocks", "UPDATE segment SET end_offset = 140",
    "UPDATE segment SET end_offset = -9223372036854775808", "UPDATE segment SET log_id = 'another'",
    "UPDATE segment SET first_offset = 5", "DELETE FROM segment", "DROP TABLE blocks", "PRAGMA application_id = 1",
  ])
  func rowsThatDoNotFit(sql: String) throws {
    let whole = try Whole(isCompressed: true)
    let database = try Database(path: whole.path)
    // Blocks of 13 and 7 records: see that the tests hit what they mean to.
    let ends = try database.with { try $0.rows("SELECT last_offset FROM blocks ORDER BY 1") { $0.int64(0) } }
    #expect(ends.last == 159)
    let sql = sql.replacing29(by: ends[3])
    try database.execute(sql)
    database.close()
    #expect(expectWholeOrNamed(whole, readFile(whole.path), sql))
  }

  @Test func bodiesWithTheRightChecksumAreCheckedAllTheSame() throws {
    // Random bodies behind a valid checksum: only the block's own checks are left.
    let whole = try Whole(isCompressed: false)
    var random = Xoshiro256StarStar(seed: 13)
    for _ in 0..<200 {
      let size = random.next(below: 64)
      var body = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      if body.count >= 8 { body.replaceSubrange(0..<8, with: [20, 0, 0, 0, 0, 0, 0, 0]) }
      #expect(!RecordBodyProbe.isValid(body, count: 20))
    }
    for flags in [0, 1] as [UInt8] {
      #expect(RecordBodyProbe.isValid([0, 0, 0, 0, flags, 0, 0, 0], count: 0))
    }
    #expect(whole.records.count == 160)
  }

  @Test func aDamagedPositionIsNotResumedFrom() throws {
    let whole = try Whole(isCompressed: false)
    let database = try Database(path: whole.path)
    try database.execute("UPDATE positions SET position = '9'")
    database.close()
    let log = try whole.fixture.reopened()
    let failure = #expect(throws: Failure.self) { try log.writer(clock: { 0 }).position(of: "s") }
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains(whole.path) == true)
    #expect(try log.writer(clock: { 0 }).position(of: "other") == nil)
  }

  @Test func trimPassesOverADamagedSegmentAndSaysSo() throws {
    let fixture = try LogFixture(LogFixture.small(bytes: 1))
    let writer = try fixture.writer()
    for batch in 0..<4 {
      _ = try writer.append(topic: "t", records: records(batch * 10..<batch * 10 + 10, bytes: 3000), position: nil)
    }
    writer.close()
    try fixture.log.noteProgress(topic: "t", offsets: [0: 40])
    writeFile(fixture.directory.file("t/0/00000000000000000000.sqlite"), [UInt8](repeating: 1, count: 5000))
    let log = try fixture.reopened()
    let report = try log.trim(now: .max, retention: RetentionPolicy(maxAgeMilliseconds: 1))
    #expect(report.damaged.count == 1)
    #expect(report.damaged.first?.contains("00000000000000000000.sqlite") == true)
    #expect(try log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0)).dropped.first?.first == 0)
  }
}

extension String {
  fileprivate func replacing29(by offset: Int64) -> String {
    split(separator: " ").map { $0 == "29" ? "\(offset)" : String($0) }.joined(separator: " ")
  }
}
