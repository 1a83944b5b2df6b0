import Fixtures
import Dispatch
import SQLite
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
  let directory = TemporaryDirectory()

  @Test func threadsShareOneDatabase() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (v)")
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      for _ in 0..<50 {
        do { try database.execute("INSERT INTO t VALUES (?)", [.integer(Int64(number))]) } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try database.with { try $0.first("SELECT count(*) FROM t") { $0.int64(0) } } == 400)
  }

  @Test func writersOfOneFileWaitForEachOther() throws {
    let path = directory.file("w.sqlite")
    try Database(path: path).execute("CREATE TABLE t (v INTEGER)")
    try Database(path: path).execute("INSERT INTO t VALUES (0)")
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      do {
        let own = try Database(path: path, options: OpenOptions(synchronous: .normal))
        for _ in 0..<25 {
          try own.transaction { connection in
            let value = try connection.first("SELECT v FROM t") { $0.int64(0) } ?? 0
            try connection.execute("UPDATE t SET v = ?", [.integer(value + 1)])
          }
        }
      } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try Database(path: path).with { try $0.first("SELECT v FROM t") { $0.int64(0) } } == 100)
  }

  @Test func manyOpenANewFileAtOnce() {
    let failures = Mutex<[String]>([])
    for file in 0..<30 {
      let path = directory.file("new-\(file).sqlite")
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        do {
          try Database(path: path).execute("CREATE TABLE IF NOT EXISTS t (v)")
        } catch { failures.withLock { $0.append("\(error)") } }
      }
    }
    #expect(failures.withLock { $0 } == [])
  }

  @Test func aReaderKeepsItsViewWhileAWriterCommits() throws {
    let path = directory.file("s.sqlite")
    let writer = try Database(path: path)
    try writer.execute("CREATE TABLE t (v)")
    let reader = try Database(path: path, options: .reader)
    try reader.transaction(.deferred) { connection in
      let count = { try connection.first("SELECT count(*) FROM t") { $0.int64(0) } }
      #expect(try count() == 0)
      try writer.execute("INSERT INTO t VALUES (1)")
      #expect(try count() == 0)
    }
    #expect(try reader.with { try $0.first("SELECT count(*) FROM t") { $0.int64(0) } } == 1)
  }

  @Test func aCheckpointMakesTheFileComplete() throws {
    let path = directory.file("c.sqlite")
    let database = try Database(path: path)
    try database.execute("CREATE TABLE t (v)")
    #expect(try database.checkpoint())
    #expect(readFile(path + "-wal").isEmpty)
    #expect(readFile(path).count > 4096)
  }
}
