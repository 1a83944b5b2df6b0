import Columns
import Failures
import Quality
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
  (.unique(with: ["missing"]), .long),
]

@Test("A rule that does not fit its column is a configuration error", arguments: unfit)
func unfitRule(_ rule: RowRule, _ type: ColumnType) throws {
  let schema = ColumnSchema([ColumnField("x", type)])
  let failure = try #require(throws: Failure.self) { try RowChecks([RowCheck("x", rule)]).validate(against: schema) }
  #expect(failure.kind == .configuration)
  #expect(failure.description.contains("check x_\(rule.kind)"))
}
