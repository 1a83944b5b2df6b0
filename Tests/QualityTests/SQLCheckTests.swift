import Columns
import Failures
import Quality
import Testing

private let schema = ColumnSchema([
  ColumnField("event_type", .string), ColumnField("bytes_changed", .int), ColumnField("is_bot", .boolean),
  ColumnField("event_time", .timestamptz), ColumnField("event_date", .date), ColumnField("tags", .list(.string)),
  ColumnField("raw", .binary), ColumnField("ratio", .double), ColumnField("price", .decimal(precision: 9, scale: 2)),
  ColumnField("levels", .list(.list(.double))),
])

private func batch() throws -> ColumnBatch {
  let levels = ListColumn(
    offsets: [0, 1, 1, 2],
    elements: .list(ListColumn(offsets: [0, 2, 2], elements: .double(PrimitiveColumn([0.5, .nan])))))
  return try ColumnBatch(
    schema: schema,
    columns: [
      .binary(BinaryColumn(["edit", "log", nil])),
      .int32(PrimitiveColumn([2_000_000, 5, 0], validity: [true, true, false])),
      .bool(PrimitiveColumn([true, false, false], validity: [true, true, false])),
      .int64(PrimitiveColumn([1_700_000_000_000_000, 0, -1])), .int32(PrimitiveColumn([19_675, 0, -1])),
      .list(ListColumn([["a", "\"b\""], [], nil])),
      .binary(BinaryColumn(offsets: [0, 2, 2, 3], bytes: [0xff, 0xfe, 0x41])),
      .double(PrimitiveColumn([0.5, .nan, 2])), .int128(PrimitiveColumn([1, 2, 3])), .list(levels),
    ])
}

private let cases: [(String, [Int])] = [
  ("bytes_changed < 1000000 OR is_bot", []), ("bytes_changed < 1000000", [0]), ("is_bot", [1]),
  ("event_type IN ('edit', 'new')", [1]), ("event_type IS NOT NULL", [2]),
  ("event_time / 1000000 = 1700000000 OR event_time <= 0", []), ("event_date = event_time / 86400000000", [2]),
  ("json_array_length(tags) > 0", [1]), ("tags->>1 = '\"b\"'", []), ("tags IS NOT NULL", [2]),
  ("typeof(raw) = 'blob' AND length(raw) > 0", [1]), ("raw = x'FFFE'", [1, 2]), ("ratio < 1", [2]),
  ("ratio IS NOT NULL", [1]), ("levels <> '[[0.5,null]]'", [0]), ("typeof(tags) IN ('text', 'null')", []),
]

@Test("SQL sees each type as documented", arguments: cases)
func sqlCheck(_ expression: String, _ failing: [Int]) throws {
  let verdicts = try RowChecks([RowCheck(sql: expression, name: "mine")]).evaluate(batch())
  #expect(verdicts.failedRows == failing)
  #expect(verdicts.counts == [CheckCount(name: "mine", checked: 3, failed: failing.count)])
}

@Test("SQL checks stand among others: order, conditions, waivers, rows left out, modes")
func amongOthers() throws {
  let checks = try RowChecks([
    RowCheck(sql: "bytes_changed < 10", name: "small"),
    RowCheck("event_type", .notNull),
    RowCheck(sql: "0", name: "never_edit", when: RowCheck.Condition("event_type", in: ["edit"])),
    RowCheck(sql: "is_bot", name: "bot", mode: .log),
  ])
  let verdicts = try checks.evaluate(batch())
  #expect(verdicts.failures(0) == ["small", "never_edit"])
  #expect(verdicts.failures(1).isEmpty, "the log's check lets it pass")
  #expect(verdicts.failures(2) == ["event_type_not_null"])
  #expect(verdicts.counts.map(\.checked) == [3, 3, 1, 3])
  #expect(verdicts.counts.map(\.failed) == [1, 1, 1, 1])
  let waived = try checks.evaluate(
    batch(), skipping: [false, true, false],
    waivers: RowChecks.Waivers(everywhere: checks.mask(waiving: ["small"]), byRow: [0b100, 0, 0]))
  #expect(waived.failedRows == [2])
  #expect(waived.counts.map(\.checked) == [0, 2, 0, 2])
}

@Test("A row that an expression cannot judge fails with SQLite's words; the others are judged")
func faults() throws {
  let values = try ColumnBatch(
    schema: ColumnSchema([ColumnField("n", .long), ColumnField("t", .string)]),
    columns: [
      .int64(PrimitiveColumn([.min, 1, .min])), .binary(BinaryColumn(["{}", "{", "nope"])),
    ])
  let checks = try RowChecks([
    RowCheck(sql: "abs(n) > 0", name: "size"), RowCheck(sql: "json_extract(t, '$.a') IS NULL", name: "no_a"),
    RowCheck("t", .notNull),
  ])
  let verdicts = try checks.evaluate(values)
  #expect(verdicts.failures(0) == ["size", "size: integer overflow"])
  #expect(verdicts.failures(1) == ["no_a", "no_a: malformed JSON"])
  #expect(verdicts.failures(2) == ["size", "no_a", "size: integer overflow", "no_a: malformed JSON"])
  #expect(verdicts.counts.map(\.error) == ["integer overflow", "malformed JSON", nil])
  let elsewhere = try checks.evaluate(values, waivers: RowChecks.Waivers(byRow: [0b1, 0, 0b11]))
  #expect(elsewhere.failures(0).isEmpty && elsewhere.failures(2).isEmpty)
}

private let wrong: [(String, String)] = [
  ("bytes_chnged > 0", "no such column: bytes_chnged (did you mean \"bytes_changed\"?) at position 1"),
  ("bytes_changed >", "not one whole SQL expression"), ("price > 0", "no such column: price"),
  ("event_time < now()", "no such function: now"), ("event_time < date('now')", "function date is not allowed"),
  ("(SELECT 1)", "subqueries are not possible"),
]

@Test("Wrong SQL is found without rows, by the name of its check", arguments: wrong)
func wrongSQL(_ expression: String, _ words: String) throws {
  let checks = try RowChecks([RowCheck(sql: "1", name: "right"), RowCheck(sql: expression, name: "wrong")])
  let failure = try #require(throws: Failure.self) { try checks.validate(against: schema) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.hasPrefix("check wrong: ") && failure.description.contains(words), "\(failure)")
}

@Test("Many threads judge with the same checks")
func threads() async throws {
  let checks = try RowChecks([RowCheck(sql: "bytes_changed < 10", name: "small")])
  let values = try batch()
  try await withThrowingTaskGroup(of: [Int].self) { group in
    for _ in 0..<50 { group.addTask { try checks.evaluate(values).failedRows } }
    for try await rows in group { #expect(rows == [0]) }
  }
}

@Test("The same checks judge batches of other columns")
func otherColumns() throws {
  let checks = try RowChecks([RowCheck(sql: "n > 1", name: "more")])
  for type in [ColumnType.long, .double, .int, .string] {
    let column = ColumnBatch(empty: ColumnSchema([ColumnField("n", type)]))
    #expect(try checks.evaluate(column).failedRows.isEmpty)
  }
  let numbers = try ColumnBatch(
    schema: ColumnSchema([ColumnField("n", .double)]), columns: [.double(PrimitiveColumn([1, 1.5]))])
  #expect(try checks.evaluate(numbers).failedRows == [0])
}

@Test("SQL keeps to the time that it has for a batch, and the slow check is named")
func budget() throws {
  let count = 2000
  let values = try ColumnBatch(
    schema: ColumnSchema([ColumnField("t", .string)]),
    columns: [.binary(BinaryColumn(Array(repeating: String(repeating: "a", count: 10_000), count: count)))])
  let start = ContinuousClock.now
  let clock = { @Sendable () -> Double in (ContinuousClock.now - start) / .seconds(1) }
  let checks = try RowChecks(
    [
      RowCheck(sql: "t IS NOT NULL", name: "quick"),
      RowCheck(sql: "instr(t || t || t || t || t, t || t || 'b') = 0", name: "slow"),
    ], budget: CheckBudget(seconds: 0.2, now: clock))
  let failure = try #require(throws: Failure.self) { try checks.evaluate(values) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.hasPrefix("check slow: ") && failure.description.contains("longer than 0.2 s"))
  #expect(clock() < 20)
  // What is spent, is: the next part of the batch has nothing left.
  #expect(throws: Failure.self) { try checks.evaluate(values.gathering(Array(0..<100))) }
}
