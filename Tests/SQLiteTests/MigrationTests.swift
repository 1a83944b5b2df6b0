import Fixtures
import Dispatch
import Failures
import SQLite
import Synchronization
import Testing

@Suite struct MigrationTests {
  let directory = TemporaryDirectory()
  let first = Migrations(applicationID: 77, steps: ["CREATE TABLE a (v); INSERT INTO a VALUES (1)"])
  let second = Migrations(
    applicationID: 77, steps: ["CREATE TABLE a (v); INSERT INTO a VALUES (1)", "ALTER TABLE a ADD COLUMN w DEFAULT 5"])

  @Test func stepsRunOnceAndInOrder() throws {
    let path = directory.file("m.sqlite")
    let database = try Database(path: path)
    #expect(try database.version(in: first) == 0)
    try database.migrate(first)
    try database.migrate(first)
    #expect(try database.version(in: first) == 1)
    try Database(path: path).migrate(second)
    let rows = try database.with { try $0.rows("SELECT v, w FROM a") { [$0.int64(0), $0.int64(1)] } }
    #expect(rows == [[1, 5]])
  }

  @Test func aNewerFileIsRefused() throws {
    let database = try Database(path: directory.file("n.sqlite"))
    try database.migrate(second)
    let failure = #expect(throws: Failure.self) { try database.migrate(first) }
    #expect(failure?.kind == .unsupported)
  }

  @Test func anotherProgramsFileIsRefused() throws {
    let database = try Database(path: directory.file("o.sqlite"))
    try database.execute("CREATE TABLE theirs (v)")
    let failure = #expect(throws: Failure.self) { try database.migrate(first) }
    #expect(failure?.kind == .malformedInput)
  }

  @Test func aFailingStepChangesNothing() throws {
    let database = try Database(path: directory.file("f.sqlite"))
    let broken = Migrations(applicationID: 77, steps: ["CREATE TABLE a (v)", "CREATE TABLE a (v)"])
    #expect(throws: Failure.self) { try database.migrate(broken) }
    #expect(try database.version(in: broken) == 0)
    try database.migrate(first)
  }

  @Test func manyOpenAndMigrateAtOnce() throws {
    let path = directory.file("race.sqlite")
    let migrations = first
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      do { try Database(path: path).migrate(migrations) } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try Database(path: path).with { try $0.first("SELECT count(*) FROM a") { $0.int64(0) } } == 1)
  }
}
