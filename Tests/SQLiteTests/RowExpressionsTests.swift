import Columns
import Failures
import SQLite
import Testing

private let columns = [
  ExpressionColumn("n", .integer), ExpressionColumn("d", .real), ExpressionColumn("t", .text),
  ExpressionColumn("b", .integer), ExpressionColumn("raw", .blob), ExpressionColumn("small", .integer),
  ExpressionColumn("f", .real),
]

private let values: [Column] = [
  .int64(PrimitiveColumn([1, -5, 0, .max], validity: [true, true, false, true])),
  .double(PrimitiveColumn([0.5, .nan, -1, 2], validity: [true, true, true, false])),
  .binary(BinaryColumn(["a", "ü", nil, ""])),
  .bool(PrimitiveColumn([true, false, true, false])),
  .binary(BinaryColumn(offsets: [0, 1, 1, 3, 3], bytes: [0xff, 0x00, 0x61])),
  .int32(PrimitiveColumn([1, 2, 3, .min])),
  .float(PrimitiveColumn([0.5, 1, 2, 3])),
]

private func expressions(_ texts: String...) throws -> RowExpressions {
  let expressions = try RowExpressions(columns: columns)
  for text in texts { try expressions.add(text) }
  return expressions
}

private func failing(_ text: String, asked: [Bool]? = nil) throws -> [Int] {
  let answers = try expressions(text).evaluate(values, rowCount: 4, asked: asked)
  return (0..<4).filter { answers.failures[$0] != 0 }
}

private let verdicts: [(String, [Int])] = [
  ("n > 0", [1]), ("n IS NOT NULL", [2]), ("n", []), ("n - 1", [0]), ("d > 0", [2]), ("d IS NULL", [0, 2]),
  ("t = 'a'", [1, 3]), ("t <> ''", [3]), ("length(t) = 1", [3]), ("length(CAST(t AS BLOB)) <= 1", [1]),
  ("b", [1, 3]), ("NOT b", [0, 2]), ("b = 1 OR n > 0", [1]), ("typeof(raw) = 'blob'", []),
  ("length(raw) > 0", [1, 3]), ("hex(raw) <> 'FF'", [0]), ("small > 0", [3]), ("f >= 1", [0]),
  ("n IN (1, 9223372036854775807)", [1]), ("t LIKE 'A'", [1, 3]), ("t GLOB 'A'", [0, 1, 3]),
  ("CASE WHEN b THEN n > 0 ELSE n < 0 END", [3]), ("coalesce(n, 7) > 0", [1]), ("t", [0, 1, 3]),
  ("max(n, small) > 1", [0]), ("t COLLATE NOCASE = 'A'", [1, 3]), ("1 -- always", []), ("batch.n > 0", [1]),
  ("\"n\" > 0", [1]), ("/* why */ n > 0", [1]), ("json_extract('{\"a\": 3}', '$.a') = small", [0, 1, 3]),
  ("t || n > ''", []), ("n NOT BETWEEN 0 AND 5", [0]),
]

@Test("An expression is true or NULL for the rows that pass", arguments: verdicts)
func verdict(_ text: String, _ rows: [Int]) throws {
  #expect(try failing(text) == rows)
}

@Test("Several expressions are one statement, each with its bit")
func several() throws {
  let answers = try expressions("n > 0", "b", "t IS NOT NULL", "d > 0").evaluate(values, rowCount: 4)
  #expect(answers.failures == [0b0000, 0b0011, 0b1100, 0b0010])
  #expect(answers.faults.isEmpty)
}

@Test("Rows that are not asked are not read")
func asked() throws {
  let expressions = try expressions("n > 100", "abs(n) > 0")
  let smallest = Column.int64(PrimitiveColumn([5, .min, 5, 5]))
  let answers = try expressions.evaluate(
    [smallest] + values.dropFirst(), rowCount: 4, asked: [true, false, false, true])
  #expect(answers.failures == [1, 0, 0, 1] && answers.faults.isEmpty)
  #expect(
    try expressions.evaluate(values, rowCount: 4, asked: [false, false, false, false]).failures == [0, 0, 0, 0])
}

@Test("An expression that cannot be evaluated for a row fails that row, with SQLite's words")
func faults() throws {
  let expressions = try expressions("n <> 1", "abs(n) > 0", "json_extract(t, '$') IS NOT 7", "n > -10")
  let numbers = Column.int64(PrimitiveColumn([1, .min, 3, .min, 4]))
  let texts = Column.binary(BinaryColumn(["7", "{", "[1", "7", "null"]))
  let rest = (0..<5).map { _ in Column.int64(PrimitiveColumn([0, 0, 0, 0, 0])) }
  let answers = try expressions.evaluate([numbers, rest[0], texts] + rest.dropFirst(), rowCount: 5)
  #expect(answers.failures == [0b0101, 0b1110, 0b0100, 0b1110, 0])
  #expect(
    answers.faults == [
      RowAnswers.Fault(row: 1, expression: 1, message: "integer overflow"),
      RowAnswers.Fault(row: 1, expression: 2, message: "malformed JSON"),
      RowAnswers.Fault(row: 2, expression: 2, message: "malformed JSON"),
      RowAnswers.Fault(row: 3, expression: 1, message: "integer overflow"),
    ])
}

@Test("The same expressions judge one batch after the other, also empty ones and ones of nulls and empty texts")
func batches() throws {
  let expressions = try expressions("t <> 'x'", "n > 0")
  let empty = columns.map { _ in Column.int64(PrimitiveColumn()) }
  #expect(try expressions.evaluate(empty, rowCount: 0).failures.isEmpty)
  for _ in 0..<3 { #expect(try expressions.evaluate(values, rowCount: 4).failures == [0, 2, 0, 0]) }
  var blank = values
  blank[2] = .binary(BinaryColumn(["", "", "", ""]))
  #expect(try expressions.evaluate(blank, rowCount: 4).failures == [0, 2, 0, 0])
  #expect(throws: Failure.self) { try expressions.evaluate(values, rowCount: 3) }
  #expect(throws: Failure.self) { try expressions.evaluate(Array(values.dropLast()), rowCount: 4) }
}

@Test("The columns that are read are known")
func columnsRead() throws {
  #expect(try expressions("N > 0 AND length(t)", "1").columnsRead == ["n", "t"])
}

@Test("Sixty-four expressions, and no more")
func limit() throws {
  let expressions = try RowExpressions(columns: columns)
  for number in 0..<64 { try expressions.add("small <> \(number)") }
  #expect(try expressions.evaluate(values, rowCount: 4).failures == [2, 4, 8, 0])
  #expect(throws: Failure.self) { try expressions.add("1") }
}

private let wrong: [(String, String)] = [
  ("bytes_chnged < 5", "no such column: bytes_chnged at position 1"),
  ("small > 0 AND smal < 5", "no such column: smal (did you mean \"small\"?) at position 15: \"smal < 5\""),
  ("t = \"text\"", "no such column: text at position 5"),
  ("n >", "not one whole SQL expression"), ("(n > 0", "not one whole SQL expression"),
  ("", "not one whole SQL expression"), ("n > 0)", "not one whole SQL expression"),
  ("ü > 0", "no such column: ü at position 1"), ("t = 'ü' n", "near \"n\": syntax error at position 9"),
  ("lenth(t) > 0", "no such function: lenth at position 1"),
  ("length(t, n)", "wrong number of arguments to function length()"),
  ("1, 2", "row value misused"), ("n > 0;", "near \";\": syntax error at position 6"),
  ("DISTINCT n", "syntax error"), ("*", "syntax error"), ("n AS x", "syntax error"), ("1) OR (0", "syntax error"),
  ("1 /* open", "not one whole SQL expression"), ("(1 /* open", "not one whole SQL expression"),
  ("'open", "does not end"),
  ("1) FROM batch /*", "syntax error"), ("1 FROM batch --", "near \"FROM\": syntax error at position 3"),
  ("count(*) > 0", "function count is not allowed"), ("max(n) > 0", "an aggregate"), ("sum(n) > 0", "not allowed"),
  ("n > ?", "variable"), ("n > :clock", "variable"),
]

@Test("What is no expression over the columns is refused with its position", arguments: wrong)
func wrong(_ text: String, _ words: String) throws {
  let failure = try #require(throws: Failure.self) { try expressions(text) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.contains(words), "\(failure)")
}

private let hostile: [String] = [
  "(WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r) > 0",
  "(SELECT 1)", "EXISTS (SELECT 1 FROM batch)", "n IN (SELECT small FROM batch)", "n IN batch", "(VALUES (1))",
  "n IN (VALUES (1), (2))", "(SELECT count(*) FROM batch a, batch b, batch c)", "n IN (SELECT 1 UNION SELECT 2)",
  "1 FROM batch UNION SELECT 1", "1 FROM batch, batch b WHERE 1 OR (1", "max(n) OVER ()", "row_number() OVER () > 0",
  "(SELECT sql FROM sqlite_schema)", "EXISTS (SELECT * FROM pragma_database_list)", "n IN pragma_database_list",
  "(SELECT value FROM json_each('[1]'))", "(SELECT value FROM generate_series(1, 1000000000))",
  "load_extension('/tmp/x.so')", "random() > 0", "randomblob(1000000000) IS NULL", "zeroblob(1000000000) IS NULL",
  "date('now') > ''", "strftime('%s') > 0", "CURRENT_TIMESTAMP > ''", "julianday() > 0", "sqlite_version() > ''",
  "changes() = 0", "last_insert_rowid() = 0", "total_changes() = 0", "rowid > 0", "_rowid_ > 0", "oid > 0",
  "sqlite_log(1, 'x')", "sqlite_compileoption_used('x')", "readfile('/etc/passwd') IS NULL", "writefile('x', t)",
  "edit(t)", "RAISE(ABORT, 'x')", "printf('%.*c', 1000000000, 'x') > ''", "format('%d', n) > ''",
  "t MATCH 'x'", "t REGEXP 'x'", "fts3_tokenizer('x')", "soundex(t) = ''",
  "group_concat(t)", "n = 1; ATTACH 'x' AS y", "ATTACH 'x' AS y", "PRAGMA writable_schema = 1", "DELETE FROM batch",
  "INSERT INTO batch VALUES (1)", "DROP TABLE batch", "VACUUM INTO 'x'", "CREATE TABLE y (z)",
]

@Test("An expression does nothing but look at its row", arguments: hostile)
func hostile(_ text: String) throws {
  let failure = try #require(throws: Failure.self) { try expressions(text) }
  #expect(failure.kind == .configuration)
}

private let huge: [String] = [
  String(repeating: "(", count: 4000) + "1" + String(repeating: ")", count: 4000),
  Array(repeating: "n", count: 2000).joined(separator: "+"), String(repeating: "NOT ", count: 2000) + "1",
  "n IN (" + Array(repeating: "n+1", count: 1900).joined(separator: ",") + ")",
  String(repeating: " ", count: RowExpressions.maximumBytes) + "1",
  "json_array(" + Array(repeating: "1", count: 200).joined(separator: ",") + ")",
]

@Test("Size and depth are limited", arguments: huge.indices)
func huge(_ index: Int) throws {
  // A long list of IN is legal; the others are refused.
  if index == 3 {
    #expect(try failing(huge[index]).count == 3)
  } else {
    #expect(throws: Failure.self) { try expressions(huge[index]) }
  }
}

private let greedy: [String] = [
  "length(replace(t, 'x', t)) > 0", "length(hex(t)) > 0", "length(t || t) > 0", "length(quote(t) || hex(t)) > 0",
  "length(replace(replace(t, 'x', 'xxxxxxxx'), 'x', 'xxxxxxxx')) > 0", "json_array(t, t) IS NOT NULL",
]

@Test("Texts beyond the limit fail the row", arguments: greedy)
func greedy(_ text: String) throws {
  var long = values
  long[2] = .binary(
    BinaryColumn([String(repeating: "x", count: 40_000), "x", String(repeating: "x", count: 70_000), ""]))
  let answers = try expressions(text).evaluate(long, rowCount: 4)
  #expect(answers.faults.map(\.row) == [0, 2])
  #expect(answers.faults.allSatisfy { $0.message == "string or blob too big" })
}

@Test("The deadline is kept, and the slow expression is named", .timeLimit(.minutes(1)))
func deadline() throws {
  let expressions = try expressions("n IS NOT 3", "t || t IS NOT 'b'")
  try expressions.add("instr(t || t || t || t || t, t || t || 'b') IS NOT -1")
  try expressions.add("small IS NOT 3")
  let count = 1000
  let numbers = Column.int64(PrimitiveColumn((0..<Int64(count)).map { $0 + 5 }))
  let texts = Column.binary(BinaryColumn(Array(repeating: String(repeating: "a", count: 10_000), count: count)))
  let batch = columns.map { $0.affinity == .text ? texts : numbers }
  let start = ContinuousClock.now
  let clock = { (ContinuousClock.now - start) / .seconds(1) }
  let overdue = try #require(throws: ExpressionsOverdue.self) {
    try expressions.evaluate(batch, rowCount: count, deadline: ExpressionDeadline(now: clock, end: 0.2))
  }
  #expect(overdue.expression == 2)
  #expect(clock() < 20)
  #expect(try expressions.evaluate(values, rowCount: 4, asked: [false, true, false, false]).failures[1] == 0)
}
