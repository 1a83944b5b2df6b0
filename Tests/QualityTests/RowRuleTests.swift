import Columns
import Failures
import Patterns
import Quality
import Synchronization
import Testing

/// A rule, a column, and the rows that fail.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let name: String
  let rule: RowRule
  let type: ColumnType
  let column: Column
  let failing: [Int]

  init(_ name: String, _ rule: RowRule, _ type: ColumnType, _ column: Column, failing: [Int]) {
    (self.name, self.rule, self.type, self.column, self.failing) = (name, rule, type, column, failing)
  }

  var testDescription: String { name }
}

private func longs(_ values: Int64?...) -> Column {
  var column = PrimitiveColumn<Int64>()
  for value in values { column.append(value) }
  return .int64(column)
}

private func ints(_ values: Int32?...) -> Column {
  var column = PrimitiveColumn<Int32>()
  for value in values { column.append(value) }
  return .int32(column)
}

private func doubles(_ values: Double?...) -> Column {
  var column = PrimitiveColumn<Double>()
  for value in values { if let value { column.append(value) } else { column.appendNull(zero: 0) } }
  return .double(column)
}

private func texts(_ values: String?...) -> Column { .binary(BinaryColumn(values)) }

private func nested(_ depth: Int) -> String {
  String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}

/// The patterns above are right.
private func pattern(_ text: String) -> Pattern {
  do { return try Pattern(text) } catch { preconditionFailure("\(error)") }
}

private func bytes(_ values: [UInt8]...) -> Column {
  var column = BinaryColumn()
  for value in values { column.append(value[...]) }
  return .binary(column)
}

private let cases: [RuleCase] = [
  RuleCase("not_null", .notNull, .long, longs(1, nil, 0, .min), failing: [1]),
  RuleCase("not_null of a column without nulls", .notNull, .long, longs(1, 2), failing: []),
  RuleCase("not_null of an empty text", .notNull, .string, texts("", nil), failing: [1]),
  RuleCase(
    "not_null of a boolean", .notNull, .boolean, .bool(PrimitiveColumn([true, false], validity: [true, false])),
    failing: [1]),
  RuleCase("not_null of a list", .notNull, .list(.string), .list(ListColumn([[], nil])), failing: [1]),
  RuleCase("in", .oneOf(["a", "bc"]), .string, texts("a", "bc", "b", "", nil, "A"), failing: [2, 3, 5]),
  RuleCase(
    "in or digits", .oneOf(["a"], orDigits: true), .string, texts("a", "142", "1a", "", nil, "-1"), failing: [2, 3, 5]),
  RuleCase("in of whole numbers", .oneOf([1, -2]), .long, longs(1, -2, 2, nil), failing: [2]),
  RuleCase("in of small numbers", .oneOf([1]), .int, ints(1, 2, nil), failing: [1]),
  RuleCase("in of numbers", .oneOf([0.5, 2]), .double, doubles(0.5, 2, .nan, nil), failing: [2]),
  RuleCase("in of truths", .oneOf([.boolean(true)]), .boolean, .bool(PrimitiveColumn([true, false])), failing: [1]),
  RuleCase("not_in", .noneOf(["a"]), .string, texts("a", "b", nil), failing: [0]),
  RuleCase("not_in of numbers", .noneOf([7]), .long, longs(7, 8, nil), failing: [0]),
  RuleCase(
    "between", .between(-600, 3600), .long, longs(-601, -600, 0, 3600, 3601, nil, .min, .max), failing: [0, 4, 6, 7]),
  RuleCase("min", .between(0, nil), .int, ints(-1, 0, .max, nil), failing: [0]),
  RuleCase("max", .between(nil, 5), .long, longs(.min, 5, 6, nil), failing: [2]),
  RuleCase("fractional bounds of whole numbers", .between(0.5, 2.5), .long, longs(0, 1, 2, 3), failing: [0, 3]),
  RuleCase("bounds beyond 64 bits", .between(-1e300, 1e300), .long, longs(.min, .max), failing: []),
  RuleCase("an empty range", .between(3, 2), .long, longs(2, 3, nil), failing: [0, 1]),
  RuleCase(
    "a ratio", .between(0, 1), .double, doubles(0, 1, -0.1, 1.1, .nan, .infinity, nil, -0.0), failing: [2, 3, 4, 5]),
  RuleCase("single precision", .between(0, 1), .float, .float(PrimitiveColumn([0.5, 1.5])), failing: [1]),
  RuleCase(
    "text by bytes", .between("b", "d"), .string, texts("a", "b", "c", "d", "da", "é", nil), failing: [0, 4, 5]),
  RuleCase(
    "length in scalars", .length(minimum: 1, maximum: 3), .string, texts("", "abc", "äöü", "äöüß", "日本語", nil),
    failing: [0, 3]),
  RuleCase(
    "length in bytes", .length(minimum: nil, maximum: 3), .binary, bytes([], [1, 2, 3], [0xc3, 0xa4, 0xc3, 0xb6]),
    failing: [2]),
  RuleCase(
    "length of a list", .length(minimum: 1, maximum: nil), .list(.string), .list(ListColumn([["a"], [], nil])),
    failing: [1]),
  RuleCase(
    "matches", .matches(pattern("^[A-Z]")), .string, texts("A", "a", "", "ÄA", nil, "xA"), failing: [1, 2, 3, 5]),
  RuleCase("matches anywhere", .matches(pattern("b")), .string, texts("abc", "ac", nil), failing: [1]),
  RuleCase("matches by characters", .matches(pattern("^.$")), .string, texts("ü", "üü", "日"), failing: [1]),
  RuleCase("matches of bytes", .matches(pattern("a")), .binary, bytes([0xff, 0x61], [0xff]), failing: [1]),
  RuleCase(
    "is_json", .isJSON, .string,
    texts("{}", "[1, {\"a\": null}]", "5", "\"x\"", "null", "", " ", "{", "nul", "{}{}", nil, "01", "1e999", "NaN"),
    failing: [5, 6, 7, 8, 9, 11, 13]),
  RuleCase(
    "is_json of numbers of any length", .isJSON, .string,
    texts("123456789012345678901234567890", "[-18446744073709551616]", "[1.]", "1234567890123456789012345678x"),
    failing: [2, 3]),
  RuleCase(
    "is_json of ill-formed UTF-8 and lone surrogates", .isJSON, .binary,
    bytes([0x22, 0xff, 0x22], Array("\"\\ud800\"".utf8), Array("\"é\"".utf8)), failing: [0, 1]),
  RuleCase(
    "is_json is limited in depth", .isJSON, .string,
    texts(nested(1000), nested(1025)), failing: [1]),
  RuleCase(
    "freshness of a lag", .freshness(minimumSeconds: -600, maximumSeconds: 3600, clock: 0), .long,
    longs(-601, -600, 0, 3600, 3601, nil), failing: [0, 4]),
  RuleCase(
    "freshness of a lag with a fraction", .freshness(minimumSeconds: nil, maximumSeconds: 10, clock: 0), .double,
    doubles(10, 10.5, .nan, nil, -1e9), failing: [1, 2]),
  RuleCase(
    "freshness of a time", .freshness(minimumSeconds: -10, maximumSeconds: 60, clock: 100_000_000), .timestamptz,
    longs(40_000_000, 39_999_999, 100_000_000, 110_000_000, 110_000_001, nil, .min, .max), failing: [1, 4, 6, 7]),
  RuleCase(
    "freshness without an upper bound", .freshness(minimumSeconds: 0, maximumSeconds: nil, clock: 100), .timestamptz,
    longs(100, 101, .min), failing: [1]),
  RuleCase(
    "freshness at the ends of time", .freshness(minimumSeconds: .min, maximumSeconds: .max, clock: .min), .timestamptz,
    longs(.min, .max, 0), failing: []),
  RuleCase(
    "not_in_future of seconds", .notInFuture(toleranceSeconds: 600, clock: 1_000_001), .long,
    longs(600, 601, 602, nil, .max, .min), failing: [2, 4]),
  RuleCase(
    "not_in_future of a time", .notInFuture(toleranceSeconds: 1, clock: 500), .timestamptz,
    longs(500, 1_000_499, 1_000_500, nil), failing: [2]),
  RuleCase(
    "not_in_future of a date", .notInFuture(toleranceSeconds: 0, clock: 86_400_000_000), .date, ints(0, 1, -5, nil),
    failing: [1]),
  RuleCase(
    "not_in_future of a date within a day", .notInFuture(toleranceSeconds: 0, clock: 86_400_000_001), .date,
    ints(0, 1, 2), failing: [2]),
  RuleCase("not_null of NaN", .notNull, .double, doubles(.nan, nil), failing: [1]),
  RuleCase("not_in of NaN", .noneOf([1.5]), .double, doubles(.nan, 1.5), failing: [1]),
  RuleCase("utf8", .utf8, .string, bytes([0x61], [0xc3, 0xa4], [0xc3], [0xff], []), failing: [2, 3]),
  RuleCase("unique", .unique(), .string, texts("a", "b", "a", nil, nil, "a", ""), failing: [2, 5]),
  RuleCase("unique numbers", .unique(), .long, longs(1, 2, 1, nil, nil), failing: [2]),
]

@Test("Each rule fails the rows that it should", arguments: cases)
func ruleFails(_ example: RuleCase) throws {
  let batch = try ColumnBatch(schema: ColumnSchema([ColumnField("x", example.type)]), columns: [example.column])
  let verdicts = try RowChecks([RowCheck("x", example.rule)]).evaluate(batch)
  #expect(verdicts.failedRows == example.failing)
  #expect(
    verdicts.counts == [
      CheckCount(name: "x_\(example.rule.kind)", checked: batch.rowCount, failed: example.failing.count)
    ])
}

@Test("A number is held to the sum of other columns")
func atMostSum() throws {
  let schema = ColumnSchema([ColumnField("part", .long), ColumnField("a", .long), ColumnField("b", .int)])
  let batch = try ColumnBatch(
    schema: schema,
    columns: [longs(3, 4, nil, 1, 0), longs(1, 1, 0, nil, nil), ints(2, 2, 0, nil, 0)])
  let verdicts = try RowChecks([RowCheck("part", .atMost(sumOf: ["a", "b"]))]).evaluate(batch)
  #expect(verdicts.failedRows == [1, 3])
}

/// Two columns, and the rows that fail each comparison of the first with the second.
private let comparisons: [(Column, ColumnType, Column, ColumnType, [Comparison: [Int]])] = [
  (
    longs(1, 2, 3, nil, 5), .long, longs(2, 2, 2, 2, nil), .long,
    [
      .lessThan: [1, 2], .atMost: [2], .equalTo: [0, 2], .notEqualTo: [1], .atLeast: [0], .greaterThan: [0, 1],
    ]
  ),
  (ints(1, 2), .int, longs(1, 1), .long, [.equalTo: [1], .atMost: [1]]),
  (longs(.max, .max), .long, longs(.max - 1, .max), .long, [.equalTo: [0], .greaterThan: [1]]),
  (
    doubles(0.5, .nan, 1, .nan, nil), .double, longs(1, 1, 1, nil, 1), .long,
    [.lessThan: [1, 2], .atLeast: [0, 1], .equalTo: [0, 1], .notEqualTo: [2]]
  ),
  (doubles(.nan), .double, doubles(.nan), .double, [.equalTo: [0], .notEqualTo: [], .atMost: [0]]),
  (
    texts("a", "b", "é", "", nil), .string, texts("b", "a", "é", "", "x"), .string,
    [.lessThan: [1, 2, 3], .equalTo: [0, 1]]
  ),
  (bytes([1], [1, 0]), .binary, bytes([1, 0], [1]), .binary, [.lessThan: [1], .greaterThan: [0]]),
  (
    .bool(PrimitiveColumn([true, false])), .boolean, .bool(PrimitiveColumn([true, true])), .boolean,
    [.equalTo: [1], .lessThan: [0]]
  ),
  (longs(5, 6), .timestamptz, longs(6, 6), .timestamptz, [.lessThan: [1]]),
]

@Test("A value stands to another column's value of its row", arguments: comparisons.indices)
func compared(_ index: Int) throws {
  let (left, leftType, right, rightType, failing) = comparisons[index]
  let schema = ColumnSchema([ColumnField("left", leftType), ColumnField("right", rightType)])
  let batch = try ColumnBatch(schema: schema, columns: [left, right])
  for (comparison, rows) in failing {
    let check = RowCheck("left", .compares(comparison, to: "right"))
    #expect(try RowChecks([check]).evaluate(batch).failedRows == rows, "\(comparison)")
  }
}

@Test("A value occurs in another column of the batch, in any row")
func references() throws {
  let schema = ColumnSchema([
    ColumnField("parent", .long), ColumnField("id", .int), ColumnField("name", .string), ColumnField("names", .string),
    ColumnField("x", .double), ColumnField("xs", .double),
  ])
  let batch = try ColumnBatch(
    schema: schema,
    columns: [
      longs(2, 9, nil, 2), ints(1, 2, nil, 3), texts("b", "", "c", nil), texts("a", "b", nil, ""),
      doubles(1, .nan, -0.0, nil), doubles(0, .nan, 1, nil),
    ])
  func failing(_ column: String, _ other: String) throws -> [Int] {
    try RowChecks([RowCheck(column, .references(other))]).evaluate(batch).failedRows
  }
  #expect(try failing("parent", "id") == [1])
  #expect(try failing("id", "parent") == [0, 3])
  #expect(try failing("name", "names") == [2])
  #expect(try failing("x", "xs") == [1], "NaN is equal to none")
}

@Test("A match that is given up fails its row and says why")
func costlyPattern() throws {
  let schema = ColumnSchema([ColumnField("title", .string)])
  let long = String(repeating: "a", count: 60)
  let batch = try ColumnBatch(schema: schema, columns: [texts("aa", long + "!", "!")])
  let checks = try RowChecks([RowCheck("title", .matches(Pattern("^(a+)+$")), name: "letters")])
  let verdicts = try checks.evaluate(batch)
  #expect(verdicts.failures(1) == ["letters", "letters: the pattern takes too many steps on this text"])
  #expect(verdicts.failures(2) == ["letters"])
  #expect(
    verdicts.counts == [
      CheckCount(name: "letters", checked: 3, failed: 2, error: "the pattern takes too many steps on this text")
    ])
}

@Test("Patterns keep to the time that they have for a batch")
func patternBudget() throws {
  let schema = ColumnSchema([ColumnField("title", .string)])
  let batch = try ColumnBatch(schema: schema, columns: [.binary(BinaryColumn(Array(repeating: "a", count: 1000)))])
  // Each look at the clock takes a second.
  let clock = Mutex(0.0)
  let budget = CheckBudget(seconds: 5) {
    clock.withLock {
      $0 += 1
      return $0
    }
  }
  let checks = try RowChecks([RowCheck("title", .matches(Pattern("a")))], budget: budget)
  let failure = try #require(throws: Failure.self) { try checks.evaluate(batch) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.hasPrefix("check title_matches: ") && failure.description.contains("longer than 5.0 s"))
}

@Test("A key of several columns is one key")
func uniqueKey() throws {
  let schema = ColumnSchema([ColumnField("a", .string), ColumnField("b", .boolean), ColumnField("c", .double)])
  let batch = try ColumnBatch(
    schema: schema,
    columns: [
      texts("x", "x", "x", "y", "x"), .bool(PrimitiveColumn([true, false, true, true, true])),
      doubles(1, 1, 1, 1, nil),
    ])
  #expect(try RowChecks([RowCheck("a", .unique(with: ["b", "c"]))]).evaluate(batch).failedRows == [2])
}

private let unfit: [(RowRule, ColumnType)] = [
  (.between("a", nil), .long), (.between(0, 1), .boolean), (.between(0, 1), .list(.string)), (.oneOf(["a"]), .long),
  (.oneOf([0.5]), .int),
  (.oneOf(["a"]), .double), (.oneOf([1]), .boolean), (.oneOf([1]), .list(.string)),
  (.length(minimum: 1, maximum: nil), .long),
  (.utf8, .long), (.atMost(sumOf: ["x"]), .string), (.atMost(sumOf: ["missing"]), .long),
  (.unique(with: ["missing"]), .long), (.isJSON, .long), (.matches(pattern("a")), .long),
  (.freshness(minimumSeconds: 0, maximumSeconds: nil, clock: 0), .string),
  (.freshness(minimumSeconds: 0, maximumSeconds: nil, clock: 0), .date),
  (.notInFuture(toleranceSeconds: 0, clock: 0), .double), (.notInFuture(toleranceSeconds: 0, clock: 0), .string),
  (.references("missing"), .long), (.references("x"), .list(.string)), (.compares(.atMost, to: "missing"), .long),
  (.compares(.atMost, to: "x"), .list(.string)), (.compares(.atMost, to: "x"), .map(key: .string, value: .string)),
]

@Test("A rule that does not fit its column is a configuration error", arguments: unfit)
func unfitRule(_ rule: RowRule, _ type: ColumnType) throws {
  let schema = ColumnSchema([ColumnField("x", type)])
  let failure = try #require(throws: Failure.self) { try RowChecks([RowCheck("x", rule)]).validate(against: schema) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.contains("check x_\(rule.kind)"))
}

@Test(
  "Columns of different meaning are not compared",
  arguments: [
    (ColumnType.timestamptz, ColumnType.long), (.string, .long), (.date, .int), (.string, .binary), (.boolean, .int),
  ])
func differentMeaning(_ left: ColumnType, _ right: ColumnType) {
  let schema = ColumnSchema([ColumnField("x", left), ColumnField("y", right)])
  for rule in [RowRule.compares(.atMost, to: "y"), .references("y")] {
    #expect(throws: Failure.self) { try RowChecks([RowCheck("x", rule)]).validate(against: schema) }
  }
}
