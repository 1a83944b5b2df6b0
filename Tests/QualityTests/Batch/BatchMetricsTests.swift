import Columns
import Failures
import Quality
import Testing

/// Every metric on a few rows with nulls, whose values are worked out by hand.
struct BatchMetricsTests {
  static let schema = ColumnSchema([
    ColumnField("text", .string), ColumnField("kind", .string), ColumnField("bytes", .binary),
    ColumnField("small", .int),
    ColumnField("large", .long), ColumnField("real", .double), ColumnField("single", .float),
    ColumnField("flag", .boolean), ColumnField("list", .list(.string)),
  ])

  static func rows() throws -> ColumnBatch {
    var real = PrimitiveColumn<Double>([1.5, -0.0, .nan, 0, 2.5])
    real.appendNull(zero: 0)
    let valid = [true, true, false, true, true, true]
    return try ColumnBatch(
      schema: schema,
      columns: [
        .binary(BinaryColumn(["1", "Ärger", nil, "2.5", "1", "true"])),
        .binary(BinaryColumn(["edit", "edit", "new", "log", "edit", nil])),
        .binary(BinaryColumn(["a", "äö", nil, "", nil, "abc"])),
        .int32(PrimitiveColumn([1, 2, 0, 3, 4, 5], validity: valid)),
        .int64(PrimitiveColumn([Int64.max, Int64.max, 0, Int64.max, -7, 2], validity: valid)),
        .double(real), .float(PrimitiveColumn([1, 1, 1, 1, 1, 1])),
        .bool(PrimitiveColumn([true, false, true, true, true, false])),
        .list(ListColumn([["a"], nil, [], ["b"], ["c"], ["d"]])),
      ])
  }

  static let cases: [(BatchMetric, Double?)] = [
    (.size, 6),
    (.completeness("text"), 5.0 / 6), (.completeness("list"), 5.0 / 6), (.completeness("flag"), 1),
    // "1" twice, three other values, one null left out.
    (.uniqueness(["text"]), 3.0 / 5), (.distinctness(["text"]), 4.0 / 5), (.uniqueValueRatio(["text"]), 3.0 / 4),
    // A null beside a value counts: (1, edit) twice, the other four once each.
    (.uniqueness(["text", "kind"]), 4.0 / 6), (.distinctness(["text", "kind"]), 5.0 / 6),
    // NaN is one value, −0 and 0 are the same.
    (.distinctness(["real"]), 4.0 / 5), (.uniqueness(["real"]), 3.0 / 5), (.distinctness(["flag"]), 2.0 / 6),
    (.distinctness(["small"]), 1), (.uniqueness(["large"]), 2.0 / 5),
    // Shares 2/5 and three times 1/5.
    (.entropy("text"), 1.3321790402101223), (.entropy("single"), 0),
    (.minimum("small"), 1), (.maximum("small"), 5), (.mean("small"), 3), (.sum("small"), 15),
    (.standardDeviation("small"), 2.0.squareRoot()), (.minimum("large"), -7),
    // More than 64 bits hold.
    (.sum("large"), Double(Int128(Int64.max) * 3 - 5)),
    (.sum("real"), 4), (.mean("real"), 1), (.maximum("real"), 2.5), (.minimum("real"), 0),
    (.standardDeviation("single"), 0), (.sum("single"), 6),
    (.approximateQuantile("small", 0), 1), (.approximateQuantile("small", 0.5), 3),
    (.approximateQuantile("small", 0.6), 3), (.approximateQuantile("small", 0.61), 4),
    (.approximateQuantile("small", 1), 5), (.approximateQuantile("real", 0.5), 0),
    (.compliance(RowCheck("small", .between(2, nil))), 5.0 / 6),
    (.compliance(RowCheck("small", .between(2, nil), when: RowCheck.Condition("kind", in: ["edit"]))), 2.0 / 3),
    (.compliance(RowCheck(sql: "small > 1 AND NOT flag", name: "sane")), 2.0 / 6),
    (.compliance(RowCheck("text", .notNull, when: RowCheck.Condition("kind", in: ["move"]))), nil),
    (.correlation("small", "single"), nil), (.correlation("small", "small"), 1),
    (.dataType("text", .integral), 2.0 / 5), (.dataType("text", .fractional), 1.0 / 5),
    (.dataType("text", .numeric), 3.0 / 5), (.dataType("text", .boolean), 1.0 / 5),
    (.dataType("text", .string), 1.0 / 5),
    (.minimumLength("text"), 1), (.maximumLength("text"), 5), (.minimumLength("bytes"), 0),
    (.maximumLength("bytes"), 4),
  ]

  private static func check(_ metric: BatchMetric, when condition: RowCheck.Condition? = nil) -> BatchCheck {
    BatchCheck("mine", metric, .absolute(minimum: 0, maximum: nil), when: condition)
  }

  private static func value(
    _ metric: BatchMetric, of rows: ColumnBatch, when condition: RowCheck.Condition? = nil
  ) throws -> Double? {
    let check = check(metric, when: condition)
    var metrics = try BatchMetrics(BatchChecks([check]))
    try metrics.add(rows)
    return metrics.value(of: check)
  }

  @Test(arguments: cases)
  func isWhatItIs(_ metric: BatchMetric, _ wanted: Double?) throws {
    let value = try Self.value(metric, of: Self.rows())
    guard let wanted else { return #expect(value == nil, "\(metric)") }
    #expect(try abs(#require(value) - wanted) <= 1e-12 * max(1, abs(wanted)), "\(metric): \(value ?? 0)")
  }

  @Test(arguments: cases.map(\.0))
  func hasNoValueWithoutRows(_ metric: BatchMetric) throws {
    let value = try Self.value(metric, of: ColumnBatch(empty: Self.schema))
    #expect(value == (metric == .size ? 0 : nil))
  }

  @Test func conditionsSelectRows() throws {
    let edits = RowCheck.Condition("kind", in: ["edit", "move"])
    #expect(try Self.value(.size, of: Self.rows(), when: edits) == 3)
    #expect(try Self.value(.sum("small"), of: Self.rows(), when: edits) == 7)
    #expect(try Self.value(.uniqueness(["text"]), of: Self.rows(), when: edits) == 1.0 / 3)
    #expect(
      try Self.value(
        .compliance(RowCheck(sql: "length(text) = 1 AND large > 0", name: "sane")), of: Self.rows(), when: edits)
        == 1.0 / 3)
    let none = RowCheck.Condition("kind", in: ["move"])
    #expect(try Self.value(.size, of: Self.rows(), when: none) == 0)
    #expect(try Self.value(.completeness("text"), of: Self.rows(), when: none) == nil)
  }

  @Test func metricsOfOneStateAndOfSeveralConditionsStandBesideEachOther() throws {
    let checks = [
      BatchCheck("a", .minimum("small"), .absolute(minimum: 0, maximum: nil)),
      BatchCheck("b", .maximum("small"), .absolute(minimum: 0, maximum: nil)),
      BatchCheck(
        "c", .maximum("small"), .absolute(minimum: 0, maximum: nil), when: RowCheck.Condition("kind", in: ["log"])),
    ]
    var metrics = try BatchMetrics(BatchChecks(checks))
    try metrics.add(Self.rows())
    #expect(checks.map { metrics.value(of: $0) } == [1, 5, 3])
    #expect(checks.map { metrics.rowCount(of: $0) } == [6, 6, 1])
  }

  static let refused: [(BatchMetric, String)] = [
    (.mean("text"), "column text has no numbers"), (.sum("flag"), "column flag has no numbers"),
    (.approximateQuantile("text", 0.5), "column text has no numbers"),
    (.correlation("small", "list"), "batch check mine"), (.minimumLength("small"), "column small has no lengths"),
    (.minimumLength("list"), "column list has no lengths"), (.dataType("small", .integral), "column small is no text"),
    (.entropy("list"), "values of column list cannot be counted"), (.completeness("absent"), "no column absent"),
    (.compliance(RowCheck("absent", .notNull)), "no column absent"),
    (.compliance(RowCheck("text", .unique())), "judges rows one by one, which unique does not"),
    (.compliance(RowCheck("text", .references("kind"))), "judges rows one by one, which references does not"),
    (.compliance(RowCheck(sql: "smal > 1", name: "sane")), "smal"),
  ]

  @Test(arguments: refused)
  func refusesColumnsThatDoNotFit(_ metric: BatchMetric, _ words: String) throws {
    let checks = try BatchChecks([Self.check(metric)])
    #expect {
      try checks.validate(against: Self.schema)
    } throws: { error in
      (error as? Failure)?.kind == .configuration && "\(error)".contains(words)
    }
  }

  @Test func acceptsColumnsThatFit() throws {
    try BatchChecks(
      Self.cases.enumerated().map { BatchCheck("c\($0)", $1.0, .absolute(minimum: 0, maximum: nil)) }
    ).validate(against: Self.schema)
  }

  /// A mean far from zero: the textbook formula loses every digit of the deviation.
  @Test func deviationsDoNotCancel() throws {
    let schema = ColumnSchema([ColumnField("time", .timestamptz), ColumnField("real", .double)])
    let start: Int64 = 1_768_564_800_000_000
    var metrics = try BatchMetrics(BatchChecks([Self.check(.standardDeviation("time"))]))
    var reals = try BatchMetrics(BatchChecks([Self.check(.standardDeviation("real"))]))
    for part in 0..<100 {
      let times = (0..<10).map { start + Int64(part * 10 + $0) }
      let rows = try ColumnBatch(
        schema: schema,
        columns: [.int64(PrimitiveColumn(times)), .double(PrimitiveColumn(times.map { Double($0 - start) + 1e9 }))])
      try metrics.add(rows)
      try reals.add(rows)
    }
    let wanted = ((1000.0 * 1000 - 1) / 12).squareRoot()
    for metrics in [metrics, reals] {
      let value = try #require(metrics.value(of: metrics.checks.checks[0]))
      #expect(abs(value - wanted) < 1e-9 * wanted)
    }
  }
}
