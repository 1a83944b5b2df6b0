import Columns
import Failures
import Iceberg
import Testing

@Suite struct ExpressionTests {
  static let columns = ColumnSchema([
    ColumnField("i", .int), ColumnField("l", .long), ColumnField("f", .float), ColumnField("d", .double),
    ColumnField("s", .string), ColumnField("b", .boolean), ColumnField("day", .date), ColumnField("t", .timestamptz),
    ColumnField("list", .list(.string)),
  ])

  /// Rows: null; NaN and empty; negative; positive.
  static func batch() throws -> ColumnBatch {
    try ColumnBatch(
      schema: columns,
      columns: [
        .int32(primitive([nil, 0, -5, 5])), .int64(primitive([nil, 0, -5, 5])),
        .float(primitive([nil, .nan, -0.0, 1.5])), .double(primitive([nil, .nan, -0.0, 1.5])),
        .binary(BinaryColumn([nil, "", "é", "zz"])),
        .bool(PrimitiveColumn([false, true, false, true], validity: [false, true, true, true])),
        .int32(primitive([nil, 0, -5, 5])), .int64(primitive([nil, 0, -5, 5])),
        .list(ListColumn([nil, [], ["a"], ["b", "c"]])),
      ])
  }

  private static func primitive<Value: BitwiseCopyable & Sendable & Hashable & ExpressibleByIntegerLiteral>(
    _ values: [Value?]
  ) -> PrimitiveColumn<Value> {
    var column = PrimitiveColumn<Value>()
    for value in values { column.append(value) }
    return column
  }

  static let cases: [(Expression, [Int])] = [
    (.alwaysTrue, [0, 1, 2, 3]), (.alwaysFalse, []), (.isNull("i"), [0]), (.notNull("s"), [1, 2, 3]),
    (.equal("i", .int(5)), [3]), (.notEqual("i", .int(5)), [1, 2]), (.not(.equal("i", .int(5))), [1, 2]),
    (.not(.not(.less("i", .int(0)))), [2]), (.lessOrEqual("l", .int(0)), [1, 2]), (.greater("l", .long(-5)), [1, 3]),
    (.isIn("l", [.long(5), .long(-5), .long(7)]), [2, 3]), (.not(.isIn("l", [.long(5)])), [1, 2]), (.isIn("l", []), []),
    (.not(.isIn("l", [])), [1, 2, 3]),
    (.less("i", .long(1 << 40)), [1, 2, 3]), (.greater("i", .long(1 << 40)), []),
    (.notEqual("i", .long(1 << 40)), [1, 2, 3]),
    (.equal("i", .long(-1 << 40)), []), (.not(.less("i", .long(1 << 40))), []),
    (.isIn("i", [.long(1 << 40), .int(0)]), [1]),
    (.equal("d", .double(0.0)), [2]), (.greater("d", .double(1.0)), [1, 3]), (.equal("d", .double(.nan)), [1]),
    (.less("d", .double(.nan)), [2, 3]), (.not(.less("f", .float(1))), [1, 3]),
    (.isIn("d", [.double(.nan), .double(1.5)]), [1, 3]),
    (.equal("s", .text("")), [1]), (.greater("s", .text("z")), [2, 3]), (.greaterOrEqual("s", .text("zz")), [2, 3]),
    (.equal("b", .boolean(true)), [1, 3]), (.less("b", .boolean(true)), [2]), (.lessOrEqual("day", .date(0)), [1, 2]),
    (.greater("t", .timestamptz(-1)), [1, 3]), (.isNull("list"), [0]), (.notNull("list"), [1, 2, 3]),
    (.less("i", .int(0)) || .isNull("i"), [0, 2]), (.less("i", .int(1)) && .greater("i", .int(-1)), [1]),
    // Unknown AND false is false, NOT of unknown is unknown.
    (.not(.equal("i", .int(5)) && .equal("l", .long(9))), [1, 2, 3]),
    (.not(.equal("i", .int(5)) || .equal("l", .long(-5))), [1]), (.and([]), [0, 1, 2, 3]), (.or([]), []),
    (.startsWith("s", Array("z".utf8)), [3]), (.startsWith("s", []), [1, 2, 3]), (.startsWith("s", [0xc3]), [2]),
    (.not(.startsWith("s", Array("z".utf8))), [1, 2]), (.not(.startsWith("s", [])), []),
  ]

  @Test(arguments: cases.indices) func rows(position: Int) throws {
    let (expression, expected) = Self.cases[position]
    let schema = try Schema(columns: Self.columns)
    let batch = try Self.batch()
    let matching = try RowFilter(expression.bound(to: schema)).matchingRows(count: 4) { id in
      batch.columns[Int(id) - 1]
    }
    #expect(matching == expected, "\(expression)")
  }

  /// What no range may exclude: every single row that passes must pass as a range of its own, and as part of the hull of all rows.
  @Test(arguments: cases.indices) func rangesExcludeNoMatch(position: Int) throws {
    let (expression, expected) = Self.cases[position]
    let schema = try Schema(columns: Self.columns)
    let bound = try expression.bound(to: schema)
    let values: [[Literal?]] = [
      [nil, nil, nil, nil, nil, nil, nil, nil],
      [.int(0), .long(0), .float(.nan), .double(.nan), .text(""), .boolean(true), .date(0), .timestamptz(0)],
      [.int(-5), .long(-5), .float(-0.0), .double(-0.0), .text("é"), .boolean(false), .date(-5), .timestamptz(-5)],
      [.int(5), .long(5), .float(1.5), .double(1.5), .text("zz"), .boolean(true), .date(5), .timestamptz(5)],
    ]
    for row in expected {
      #expect(
        bound.mayMatch { id in id > 8 ? ValueRange() : ValueRange(constant: values[row][Int(id) - 1]) },
        "\(expression) \(row)")
    }
    if !expected.isEmpty { #expect(bound.mayMatch { _ in ValueRange() }) }
  }

  @Test func rangesExclude() throws {
    let schema = try Schema(columns: Self.columns)
    func mayMatch(_ expression: Expression, _ lower: Int32, _ upper: Int32, nulls: Bool = false) throws -> Bool {
      var range = ValueRange()
      (range.lower, range.upper, range.mayBeNull, range.mayBeNaN) = (.int(lower), .int(upper), nulls, false)
      return try expression.bound(to: schema).mayMatch { _ in range }
    }
    #expect(try !mayMatch(.equal("i", .int(11)), 0, 10))
    #expect(try !mayMatch(.less("i", .int(0)), 0, 10))
    #expect(try !mayMatch(.greater("i", .int(10)), 0, 10))
    #expect(try mayMatch(.greaterOrEqual("i", .int(10)), 0, 10))
    #expect(try !mayMatch(.isNull("i"), 0, 10))
    #expect(try !mayMatch(.notEqual("i", .int(3)), 3, 3))
    #expect(try !mayMatch(.isIn("i", [.int(-1), .int(11), .int(99)]), 0, 10))
    #expect(try mayMatch(.isIn("i", [.int(-1), .int(10), .int(99)]), 0, 10))
    #expect(try !mayMatch(.not(.isIn("i", [.int(3), .int(4)])), 3, 3))
    #expect(try mayMatch(.not(.isIn("i", [.int(3)])), 3, 4))
    #expect(try !mayMatch(.not(.less("i", .int(20))), 0, 10))
  }

  /// Bounds may be cut: what begins with a prefix lies between the prefix and whatever follows all of them.
  @Test(arguments: [
    ("a", "c", "b", true, true), ("a", "c", "d", false, true), ("b", "c", "a", false, true),
    ("ab", "abz", "ab", true, false),
    ("ab", "abz", "abzz", false, true), ("ab", "abz", "a", true, false), ("abc", "abd", "abcd", true, true),
    ("abd", "abe", "abc", false, true), ("", "", "a", false, true), ("", "", "", true, false),
  ])
  func rangesOfText(lower: String, upper: String, prefix: String, mayStart: Bool, mayStartElsewise: Bool) throws {
    let schema = try Schema(columns: Self.columns)
    var range = ValueRange()
    (range.lower, range.upper, range.mayBeNull, range.mayBeNaN) = (.text(lower), .text(upper), false, false)
    let expression = Expression.startsWith("s", Array(prefix.utf8))
    #expect(try expression.bound(to: schema).mayMatch { _ in range } == mayStart)
    #expect(try Expression.not(expression).bound(to: schema).mayMatch { _ in range } == mayStartElsewise)
    range.mayBeNumber = false
    #expect(try !expression.bound(to: schema).mayMatch { _ in range })
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let schema = try Schema(columns: Self.columns)
    for (expression, word) in [
      (Expression.equal("nope", .int(1)), "nope"), (.equal("s", .int(1)), "column s"),
      (.equal("list", .text("a")), "list"), (.startsWith("i", []), "column i"), (.startsWith("list", []), "list"),
      (.equal("l", .double(1)), "column l"), (.isIn("b", [.int(1)]), "column b"), (.isNull("nope"), "nope"),
    ] {
      let failure = #expect(throws: Failure.self) { try expression.bound(to: schema) }
      #expect(failure?.kind == .invalidArgument && failure?.message.contains(word) == true)
    }
  }
}
