import Fixtures
import Failures
import SQLite
import Testing

@Suite struct DatabaseTests {
  let directory = TemporaryDirectory()

  func failure<Result>(_ body: () throws -> Result) -> Failure? {
    #expect(throws: Failure.self) { _ = try body() }
  }

  @Test func valuesOfEveryTypeComeBackAsTheyWere() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (v)")
    let values: [SQLiteValue] = [
      .null, .integer(.min), .integer(.max), .real(-0.5), .real(.infinity), .text(""), .text("a\u{0}b — 漢字 🦆"),
      .blob([]),
      .blob([0, 255, 7]),
    ]
    try database.transaction { connection in
      for value in values { try connection.execute("INSERT INTO t VALUES (?)", [value]) }
    }
    let read = try database.with { try $0.rows("SELECT v FROM t ORDER BY rowid") { $0.value(0) } }
    #expect(read == values)
  }

  @Test func statementsBindAndReadTypedValues() throws {
    let database = try Database(path: ":memory:")
    try database.with { connection in
      let statement = try connection.statement("SELECT ?1, ?2, ?3, ?4, ?5 AS named")
      #expect(statement.parameterCount == 5)
      #expect(statement.columnCount == 5)
      #expect(statement.columnName(4) == "named")
      try statement.bind(int64: 7, to: 1)
      try statement.bind(double: 2.5, to: 2)
      try statement.bind(text: "text", to: 3)
      try [UInt8]([1, 2]).withUnsafeBytes { try statement.bind(blob: $0, to: 4) }
      #expect(try statement.step())
      #expect(statement.int64(0) == 7)
      #expect(statement.double(1) == 2.5)
      #expect(statement.text(2) == "text")
      #expect(statement.blob(3) == [1, 2])
      #expect(statement.isNull(4))
      #expect(statement.text(4) == nil)
      #expect(statement.blob(4) == nil)
      #expect(try !statement.step())
    }
  }

  @Test func columnsAndParametersOutOfRangeDoNotTrap() throws {
    let database = try Database(path: ":memory:")
    try database.with { connection in
      let statement = try connection.statement("SELECT 1")
      #expect(try statement.step())
      for column in [-1, 1, .max, .min] {
        #expect(statement.int64(column) == 0)
        #expect(statement.text(column) == nil)
        #expect(statement.columnName(column) == "")
      }
      for parameter in [0, -1, 1, .max] {
        #expect(throws: Failure.self) { try statement.bind(int64: 1, to: parameter) }
      }
    }
  }

  @Test func aThrowingTransactionLeavesNothing() throws {
    struct Stop: Error {}
    let database = try Database(path: directory.file("a.sqlite"))
    try database.execute("CREATE TABLE t (v)")
    #expect(throws: Stop.self) {
      try database.transaction { connection in
        try connection.execute("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try database.with { try $0.first("SELECT count(*) FROM t") { $0.int64(0) } } == 0)
    #expect(try database.with { $0.isInTransaction } == false)
  }

  @Test func executeCountsChangedRows() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (v)")
    #expect(try database.execute("INSERT INTO t VALUES (1), (2), (3)") == 3)
    #expect(try database.execute("UPDATE t SET v = 9 WHERE v > ?", [1]) == 2)
    #expect(try database.execute("UPDATE t SET v = 9 WHERE v > ?", [100]) == 0)
    #expect(try database.execute("SELECT * FROM t") == 0)
  }

  @Test func aStatementInUseIsNotHandedOutTwice() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (v)")
    try database.execute("INSERT INTO t VALUES (1), (2)")
    let pairs = try database.with { connection in
      try connection.rows("SELECT v FROM t ORDER BY v") { outer in
        let first = outer.int64(0)
        return try connection.rows("SELECT v FROM t ORDER BY v") { [first, $0.int64(0)] }
      }
    }
    #expect(pairs == [[[1, 1], [1, 2]], [[2, 1], [2, 2]]])
  }

  @Test func manyStatementsAreCachedWithoutLimitOnUse() throws {
    let database = try Database(path: ":memory:")
    try database.with { connection in
      for number in 0..<300 {
        let answer = try connection.first("SELECT \(number)") { $0.int64(0) }
        #expect(answer == Int64(number))
      }
    }
  }

  @Test(arguments: ["", "  ", "SELECT 1; SELECT 2", "-- nothing"])
  func exactlyOneStatementIsPrepared(sql: String) throws {
    let database = try Database(path: ":memory:")
    #expect(failure { try database.execute(sql) }?.kind == .invalidArgument)
  }

  @Test func aTrailingSemicolonIsFine() throws {
    let database = try Database(path: ":memory:")
    #expect(try database.with { try $0.first("SELECT 1;\n ") { $0.int64(0) } } == 1)
  }

  @Test func theNumberOfValuesIsChecked() throws {
    let database = try Database(path: ":memory:")
    #expect(failure { try database.execute("SELECT ?, ?", [1]) }?.kind == .invalidArgument)
  }

  @Test func aClosedDatabaseSaysSo() throws {
    let database = try Database(path: ":memory:")
    database.close()
    #expect(failure { try database.execute("SELECT 1") }?.kind == .internalError)
  }
}
