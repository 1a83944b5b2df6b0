import Columns
import SQLite
import Testing

private let columns = [
  ExpressionColumn("n", .integer), ExpressionColumn("s", .integer), ExpressionColumn("b", .integer),
  ExpressionColumn("d", .real), ExpressionColumn("t", .text), ExpressionColumn("j", .text),
  ExpressionColumn("x", .blob),
]

private struct Row {
  let n: Int64?
  let s: Int32?
  let b: Bool?
  let d: Double?
  let t: String?
  let j: String?
  let x: [UInt8]?

  init(_ random: inout SeededRandom) {
    func pick<Value>(_ values: [Value]) -> Value { values[random.below(values.count)] }
    n = pick([nil, 0, 1, -1, 7, 3600, .max, .min, 1_700_000_000_000_000])
    s = pick([nil, 0, 1, 2, -3, .max, .min])
    b = pick([nil, true, false])
    d = pick([nil, 0, -0.0, 0.5, -7.25, 1e300, .infinity, .nan, 3600])
    t = pick([nil, "", "a", "A", "ab", "ü", "日本", "1", "0.5x", "it's", " ", "null"])
    j = pick([nil, "{\"a\": 1}", "[1, 2, 3]", "{\"a\": [\"x\"]}", "null", "\"s\"", "{", "not json", "[]", "7"])
    x = pick([nil, [], [0], [0xff, 0x00], Array("a".utf8)])
  }

  /// As the values of an INSERT. SQLite has no NaN: it is NULL.
  var sql: String {
    func quoted(_ text: String?) -> String {
      text.map { "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'" }
        ?? "NULL"
    }
    let real = d.map { $0.isNaN ? "NULL" : $0 == .infinity ? "9e999" : "\($0)" } ?? "NULL"
    let hexadecimal = x.map { bytes in
      "x'" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'"
    }
    let values = [
      n.map { "\($0)" } ?? "NULL", s.map { "\($0)" } ?? "NULL", b.map { $0 ? "1" : "0" } ?? "NULL", real, quoted(t),
      quoted(j), hexadecimal ?? "NULL",
    ]
    return "(" + values.joined(separator: ", ") + ")"
  }
}

private func batch(_ rows: [Row]) -> [Column] {
  var (n, s, b) = (PrimitiveColumn<Int64>(), PrimitiveColumn<Int32>(), PrimitiveColumn<Bool>())
  var (d, x) = (PrimitiveColumn<Double>(), BinaryColumn())
  for row in rows {
    if let value = row.n { n.append(value) } else { n.appendNull(zero: 0) }
    if let value = row.s { s.append(value) } else { s.appendNull(zero: 0) }
    if let value = row.b { b.append(value) } else { b.appendNull(zero: false) }
    if let value = row.d { d.append(value) } else { d.appendNull(zero: 0) }
    if let value = row.x { x.append(value[...]) } else { x.appendNull() }
  }
  return [
    .int64(n), .int32(s), .bool(b), .double(d), .binary(BinaryColumn(rows.map(\.t))),
    .binary(BinaryColumn(rows.map(\.j))),
    .binary(x),
  ]
}

/// The statements that make the rows and judge each by each expression. A verdict is a line of its own, so that an expression that cannot
/// be evaluated for a row has none.
private func script(_ rows: [Row], _ expressions: [String]) -> String {
  var lines = [
    "CREATE TABLE batch (n INTEGER, s INTEGER, b INTEGER, d REAL, t TEXT, j TEXT, x BLOB);",
    "INSERT INTO batch VALUES \(rows.map(\.sql).joined(separator: ", "));",
  ]
  for (index, expression) in expressions.enumerated() {
    for row in rows.indices {
      lines.append(
        "SELECT '\(index) \(row) ' || CASE WHEN (\(expression)) IS NULL THEN 1 WHEN (\(expression)) THEN 1 ELSE 0 END "
          + "FROM batch WHERE rowid = \(row + 1);")
    }
  }
  lines.append("SELECT 'end';")
  return lines.joined(separator: "\n") + "\n"
}

@Test("Random expressions say of random rows what the sqlite3 shell says", arguments: [UInt64(1), 2, 3, 4])
func shellAgrees(_ seed: UInt64) throws {
  var generator = ExpressionGenerator(random: SeededRandom(seed: seed))
  let rows = (0..<30).map { _ in Row(&generator.random) }
  let expressions = (0..<120).map { _ in generator.expression() }
  guard let lines = SQLiteShell.run(script(rows, expressions), for: "random SQL expressions") else { return }
  var expected: [Int: Bool] = [:]
  for line in lines {
    let fields = line.split(separator: " ").compactMap { Int($0) }
    expected[fields[0] * rows.count + fields[1]] = fields[2] == 1
  }
  #expect(Set(expected.values).count == 2 && expected.count > expressions.count * rows.count / 2)
  let values = batch(rows)
  for start in stride(from: 0, to: expressions.count, by: 40) {
    let some = Array(expressions[start..<min(start + 40, expressions.count)])
    let judge = try RowExpressions(columns: columns)
    for expression in some { try judge.add(expression) }
    let answers = try judge.evaluate(values, rowCount: rows.count)
    let faults = Set(answers.faults.map { ($0.expression + start) * rows.count + $0.row })
    for (index, expression) in some.enumerated() {
      for row in rows.indices {
        let key = (start + index) * rows.count + row
        let passes = answers.failures[row] & 1 << UInt64(index) == 0
        #expect(faults.contains(key) == (expected[key] == nil), "\(expression) of \(rows[row].sql)")
        #expect(passes == expected[key] ?? false, "\(expression) of \(rows[row].sql)")
      }
    }
  }
}
