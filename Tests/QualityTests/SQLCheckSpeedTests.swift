import Columns
import Glibc
import Patterns
import Quality
import Testing

/// Speed, printed and not judged: `WIKIGUARD_BENCHMARK=1 swift test -c release --filter SQLCheckSpeedTests`.
@Suite(.enabled(if: getenv("WIKIGUARD_BENCHMARK") != nil), .serialized) struct SQLCheckSpeedTests {
  static let count = 200_000
  static let schema = ColumnSchema([
    ColumnField("event_type", .string), ColumnField("title", .string), ColumnField("comment", .string),
    ColumnField("bytes_changed", .int), ColumnField("is_bot", .boolean), ColumnField("event_time", .timestamptz),
    ColumnField("ingestion_timestamp", .timestamptz), ColumnField("revision_new", .long),
  ])

  static func batch() throws -> ColumnBatch {
    let rows = 0..<count
    return try ColumnBatch(
      schema: schema,
      columns: [
        .binary(BinaryColumn(rows.map { $0 % 3 == 0 ? "categorize" : "edit" })),
        .binary(BinaryColumn(rows.map { "Title of page \($0)" })),
        .binary(
          BinaryColumn(rows.map { $0 % 5 == 0 ? nil : "/* Section \($0 % 50) */ some words about the change \($0)" })),
        .int32(PrimitiveColumn(rows.map { Int32($0 % 4000) - 2000 }, validity: rows.map { $0 % 3 != 0 })),
        .bool(PrimitiveColumn(rows.map { $0 % 4 == 0 })),
        .int64(PrimitiveColumn(rows.map { 1_700_000_000_000_000 + Int64($0) * 1000 })),
        .int64(PrimitiveColumn(rows.map { 1_700_000_003_000_000 + Int64($0) * 1000 })),
        .int64(PrimitiveColumn(rows.map { Int64($0) })),
      ])
  }

  static let expressions = [
    "bytes_changed < 1000000 OR is_bot", "event_time <= ingestion_timestamp + 600000000", "revision_new >= 0",
    "event_type IN ('edit', 'new', 'log', 'categorize')", "length(title) <= 255",
    "comment IS NULL OR comment NOT LIKE '%viagra%'",
  ]

  static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// The best of five, in nanoseconds a row.
  static func measure(_ checks: RowChecks, _ batch: ColumnBatch) throws -> Int {
    var best = Double.infinity
    for _ in 0..<5 {
      let start = seconds()
      #expect(try checks.evaluate(batch).failedRows.isEmpty)
      best = min(best, seconds() - start)
    }
    return Int(best / Double(count) * 1e9)
  }

  static func budget() -> CheckBudget { CheckBudget(seconds: 1000, now: { seconds() }) }

  @Test(arguments: expressions) func oneExpression(_ expression: String) throws {
    let checks = try RowChecks([RowCheck(sql: expression, name: "mine")], budget: Self.budget())
    print("\(try Self.measure(checks, Self.batch())) ns a row: \(expression)")
  }

  @Test func sixExpressions() throws {
    let checks = Self.expressions.enumerated().map { RowCheck(sql: $1, name: "mine\($0)") }
    let nanoseconds = try Self.measure(RowChecks(checks, budget: Self.budget()), Self.batch())
    print("\(nanoseconds) ns a row: all six in one statement")
  }

  @Test func others() throws {
    for check in [
      RowCheck("title", .matches(try Pattern("^[^|<>]+$"))), RowCheck("comment", .notNull, mode: .log),
      RowCheck("event_time", .compares(.atMost, to: "ingestion_timestamp")),
      RowCheck("title", .length(minimum: 1, maximum: 255)),
    ] {
      print("\(try Self.measure(RowChecks([check], budget: Self.budget()), Self.batch())) ns a row: \(check.name)")
    }
  }
}
