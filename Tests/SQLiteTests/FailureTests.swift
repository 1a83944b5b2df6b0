import Fixtures
import Failures
import SQLite
import Testing

@Suite struct FailureTests {
  let directory = TemporaryDirectory()

  func failure<Result>(_ body: () throws -> Result) -> Failure? {
    #expect(throws: Failure.self) { _ = try body() }
  }

  @Test func aMissingFileIsNotFoundAndNotCreated() {
    let path = directory.file("absent.sqlite")
    for access in [OpenOptions.Access.readOnly, .readWrite] {
      let failure = failure { try Database(path: path, options: OpenOptions(access: access)) }
      #expect(failure?.kind == .notFound)
      #expect(failure?.description.contains(path) == true)
    }
    #expect(readFile(path).isEmpty)
  }

  @Test func aDirectoryCannotBeOpened() {
    #expect(failure { try Database(path: directory.path) }?.kind == .unavailable)
  }

  @Test func aFileThatIsNoDatabaseIsMalformed() throws {
    let path = directory.file("noise.sqlite")
    writeFile(path, (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let failure = failure { try Database(path: path).execute("SELECT * FROM t") }
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains(path) == true)
  }

  @Test func aTruncatedFileIsMalformed() throws {
    let path = directory.file("cut.sqlite")
    let database = try Database(path: path)
    try database.execute("CREATE TABLE t (v)")
    try database.execute("INSERT INTO t VALUES (zeroblob(100000))")
    database.close()
    writeFile(path, Array(readFile(path).prefix(9000)))
    let failure = failure {
      try Database(path: path, options: .reader).with { try $0.rows("SELECT v FROM t") { $0.blob(0) } }
    }
    #expect(failure?.kind == .malformedInput)
  }

  @Test func aViolatedConstraintIsAConflictWithItsCode() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (k INTEGER PRIMARY KEY)")
    try database.execute("INSERT INTO t VALUES (1)")
    let failure = failure { try database.execute("INSERT INTO t VALUES (1)") }
    #expect(failure?.kind == .conflict)
    let code = (failure?.underlying as? SQLiteError)?.code
    #expect(code?.primary == .constraint)
    #expect(code != .constraint, "the extended code survives")
  }

  @Test func wrongSQLIsTheCallersMistake() throws {
    let database = try Database(path: ":memory:")
    #expect(failure { try database.execute("SELEKT 1") }?.kind == .invalidArgument)
    #expect(failure { try database.execute("SELECT * FROM absent") }?.kind == .invalidArgument)
  }

  @Test func writingThroughAReaderIsRefused() throws {
    let path = directory.file("r.sqlite")
    let writer = try Database(path: path)
    try writer.execute("CREATE TABLE t (v)")
    let reader = try Database(path: path, options: .reader)
    let failure = failure { try reader.execute("INSERT INTO t VALUES (1)") }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.isRetryable == false)
  }

  @Test func aFullDatabaseSaysDiskFullAndKeepsWhatWasCommitted() throws {
    let database = try Database(path: directory.file("full.sqlite"))
    try database.execute("CREATE TABLE t (v)")
    try database.execute("INSERT INTO t VALUES (1)")
    try database.execute("PRAGMA max_page_count = 4")
    let failure = failure {
      try database.transaction { connection in
        for _ in 0..<100 { try connection.execute("INSERT INTO t VALUES (zeroblob(4000))") }
      }
    }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.isRetryable == false)
    #expect(failure?.description.contains("disk full") == true)
    #expect(try database.with { try $0.first("SELECT count(*) FROM t") { $0.int64(0) } } == 1)
  }

  @Test func aLockHeldByAnotherIsBusy() throws {
    let path = directory.file("busy.sqlite")
    let one = try Database(path: path)
    try one.execute("CREATE TABLE t (v)")
    let other = try Database(path: path, options: OpenOptions(busyTimeoutMilliseconds: 20))
    try one.transaction { connection in
      try connection.execute("INSERT INTO t VALUES (1)")
      let failure = failure { try other.execute("INSERT INTO t VALUES (2)") }
      #expect(failure?.kind == .busy)
      #expect(failure?.isRetryable == true)
    }
    try other.execute("INSERT INTO t VALUES (2)")
  }

  @Test func aCodeWithoutANameSurvives() {
    let code = ResultCode(rawValue: 0x7f05)
    #expect(code.primary == .busy)
    #expect(code != .busy)
    #expect("\(SQLiteError(code: code, sql: nil))" == "SQLite code 32517")
  }
}
