import Fixtures
import EventLog
import Columns
import Glibc
import Hashing
import Testing

/// Speed, printed and not judged: `WIKIGUARD_BENCHMARK=1 swift test -c release --filter ThroughputTests`.
@Suite(.enabled(if: getenv("WIKIGUARD_BENCHMARK") != nil), .serialized) struct ThroughputTests {
  static let count = 1_000_000
  static let batch = 5_000

  /// Events of about 1.2 KB that compress as real ones do.
  static func events() -> [LogRecord] {
    var random = Xoshiro256StarStar(seed: 1)
    return (0..<batch).map { _ in
      let id = UUID(using: &random).description
      let user = random.next(below: 5000)
      let text = """
        {"$schema":"/mediawiki/recentchange/1.0.0","meta":{"uri":"https://en.wikipedia.org/wiki/Title_\(random.next(below: 90000))",\
        "request_id":"\(UUID(using: &random))","id":"\(id)","dt":"2026-11-24T12:\(random.next(below: 60)):00Z",\
        "domain":"en.wikipedia.org","stream":"mediawiki.recentchange","topic":"eqiad.mediawiki.recentchange","partition":0,\
        "offset":\(random.next(below: 1 << 40))},"id":\(random.next(below: 1 << 31)),"type":"edit","namespace":0,\
        "title":"Title \(random.next(below: 90000))","comment":"/* Section \(random.next(below: 50)) */ \(words(&random))",\
        "timestamp":17\(random.next(below: 100_000_000)),"user":"User \(user)","bot":false,"minor":true,"patrolled":true,\
        "length":{"old":\(random.next(below: 100_000)),"new":\(random.next(below: 100_000))},\
        "revision":{"old":\(random.next(below: 1 << 31)),"new":\(random.next(below: 1 << 31))},\
        "server_url":"https://en.wikipedia.org","server_name":"en.wikipedia.org","server_script_path":"/w","wiki":"enwiki",\
        "parsedcomment":"<span class=\\"autocomment\\">\(words(&random))</span> \(words(&random))"}
        """
      return LogRecord(key: Array(id.utf8), value: Array(text.utf8))
    }
  }

  static func words(_ random: inout Xoshiro256StarStar) -> String {
    (0..<8).map { _ in String(random.next(below: 40_000), radix: 36) }.joined(separator: " ")
  }

  static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  @Test(arguments: [true, false]) func appendsAndReads(isCompressed: Bool) throws {
    let directory = TemporaryDirectory()
    let log = try EmbeddedEventLog.create(
      directory: directory.path, id: "benchmark", options: EmbeddedLogOptions(isCompressed: isCompressed))
    let events = Self.events()
    let bytes = events.reduce(0) { $0 + $1.value.count } / events.count
    let writer = try log.writer(clock: { 0 })
    var start = Self.seconds()
    for _ in 0..<Self.count / Self.batch { _ = try writer.append(topic: "t", records: events, position: nil) }
    let appended = Self.seconds() - start
    writer.close()

    start = Self.seconds()
    var next: Int64 = 0
    var total = 0
    while next < Int64(Self.count) {
      let read = try log.fetch(topic: "t", partition: 0, from: next, to: Int64(Self.count), maxBytes: 8 << 20)
      guard let last = read.offsets.last else { break }
      total += read.values.bytes.count
      next = last + 1
    }
    let fetched = Self.seconds() - start
    #expect(next == Int64(Self.count))
    print(
      "\(Self.count) events of \(bytes) bytes, \(isCompressed ? "compressed" : "plain"):",
      "append \(Int(Double(Self.count) / appended)) a second,", "read \(Int(Double(Self.count) / fetched)) a second")
  }

  @Test func smallAppends() throws {
    let directory = TemporaryDirectory()
    let log = try EmbeddedEventLog.create(directory: directory.path, id: "benchmark")
    let writer = try log.writer(clock: { 0 })
    let events = Array(Self.events().prefix(46))
    let start = Self.seconds()
    for number in 0..<200 {
      _ = try writer.append(
        topic: "t", records: events, position: SourcePosition(source: "stream", position: "\(number)"))
    }
    print("46 events and a position: \((Self.seconds() - start) * 1000 / 200) ms an append")
  }
}
