import Fixtures
import Dispatch
import EventLog
import Failures
import Glibc
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
  /// Runs bodies at once, each on a thread of its own; what they throw.
  func atOnce(_ bodies: [@Sendable () throws -> Void]) -> [String] {
    let errors = Thrown()
    let group = DispatchGroup()
    for (index, body) in bodies.enumerated() {
      DispatchQueue(label: "body \(index)").async(group: group) {
        do { try body() } catch { errors.lines.withLock { $0.append("\(error)") } }
      }
    }
    group.wait()
    return errors.lines.withLock { $0 }
  }

  @Test func aProducerAConsumerAndATrimmer() throws {
    let fixture = try LogFixture(LogFixture.small(bytes: 60_000))
    let total = 2000
    let isDone = Atomic<Bool>(false)
    let shared = Shared(isDone)
    let errors = atOnce([
      {
        let writer = try fixture.reopened(LogFixture.small(bytes: 60_000)).writer(clock: { 0 })
        for batch in 0..<total / 20 {
          _ = try writer.append(topic: "t", records: records(batch * 20..<batch * 20 + 20, bytes: 500), position: nil)
        }
      },
      {
        defer { shared.flag.store(true, ordering: .sequentiallyConsistent) }
        let log = try fixture.reopened()
        var next = 0
        let stop = time(nil) + 60
        while next < total && time(nil) < stop {
          let read = try log.fetch(topic: "t", partition: 0, from: Int64(next), to: .max, maxBytes: 20_000)
          for row in 0..<read.count {
            #expect(read.offsets[row] == Int64(next) && number(read, row) == next)
            next += 1
          }
          try log.noteProgress(topic: "t", offsets: [0: Int64(next)])
          if read.count == 0 { usleep(500) }
        }
        #expect(next == total)
      },
      {
        let log = try fixture.reopened()
        while !shared.flag.load(ordering: .sequentiallyConsistent) {
          _ = try log.trim(now: 0, retention: RetentionPolicy(maxBytes: 0))
          usleep(20_000)
        }
      },
    ])
    #expect(errors == [])
    #expect(try fixture.log.partitions(of: "t").first?.end == Int64(total))
  }

  @Test func severalProducersShareATopic() throws {
    let fixture = try LogFixture()
    let producers = 4
    let bodies = (0..<producers).map { producer -> @Sendable () throws -> Void in
      {
        let writer = try fixture.reopened(LogFixture.small(bytes: 40_000)).writer(clock: { 0 })
        for batch in 0..<25 {
          let start = producer * 1000 + batch * 4
          _ = try writer.append(
            topic: "t", records: records(start..<start + 4, bytes: 500),
            position: SourcePosition(source: "\(producer)", position: "\(batch)"))
        }
      }
    }
    #expect(atOnce(bodies) == [])
    let read = try everyRecord(of: "t", 0, in: fixture.reopened())
    #expect(read.offsets == Array(0..<400))
    let numbers = (0..<read.count).compactMap { number(read, $0) }
    #expect(numbers.count == 400)
    for producer in 0..<producers {
      // Each one's order is kept, and its batches are not torn.
      #expect(numbers.filter { $0 / 1000 == producer } == Array(producer * 1000..<producer * 1000 + 100))
      #expect(try fixture.writer().position(of: "\(producer)") == "24")
    }
    #expect(stride(from: 0, to: 400, by: 4).allSatisfy { numbers[$0 + 3] == numbers[$0] + 3 })
    #expect(fixture.segments("t").count > 2)
  }

  @Test func manyCreateOneLog() throws {
    let directory = TemporaryDirectory()
    let ids = Mutex<Set<String>>([])
    let bodies = (0..<8).map { number -> @Sendable () throws -> Void in
      {
        let log = try EmbeddedEventLog.create(directory: directory.path, id: "log \(number)")
        _ = try log.writer(clock: { 0 }).append(topic: "t", records: records(number..<number + 1), position: nil)
        let id = try log.logID()
        ids.withLock { _ = $0.insert(id) }
      }
    }
    #expect(atOnce(bodies) == [])
    #expect(ids.withLock { $0.count } == 1)
    let log = try EmbeddedEventLog.open(directory: directory.path)
    #expect(try log.partitions(of: "t").first?.end == 8)
  }
}

private final class Shared: Sendable {
  let flag: Atomic<Bool>
  init(_ flag: consuming Atomic<Bool>) { self.flag = flag }
}

private final class Thrown: Sendable {
  let lines = Mutex<[String]>([])
}
