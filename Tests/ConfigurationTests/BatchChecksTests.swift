import Configuration
import Failures
import Quality
import Testing

/// `checks.batch`: what an entry means, and which are refused.
struct BatchChecksTests {
  private func checks(_ yaml: String) throws -> ChecksConfiguration {
    try load(["silver.yaml": "checks: {batch: {\(yaml)}}\n"]).silver.checks
  }

  static let metrics: [(String, BatchMetric)] = [
    ("metric: size", .size),
    ("metric: completeness, column: c", .completeness("c")),
    ("metric: uniqueness, column: c", .uniqueness(["c"])),
    ("metric: uniqueness, columns: [c, d]", .uniqueness(["c", "d"])),
    ("metric: distinctness, columns: [c, d]", .distinctness(["c", "d"])),
    ("metric: unique_value_ratio, column: c", .uniqueValueRatio(["c"])),
    ("metric: entropy, column: c", .entropy("c")),
    ("metric: min, column: c", .minimum("c")), ("metric: max, column: c", .maximum("c")),
    ("metric: mean, column: c", .mean("c")), ("metric: standard_deviation, column: c", .standardDeviation("c")),
    ("metric: sum, column: c", .sum("c")),
    ("metric: approx_quantile, column: c, quantile: 0.95", .approximateQuantile("c", 0.95)),
    ("metric: correlation, columns: [c, d]", .correlation("c", "d")),
    ("metric: data_type, column: c, type: numeric", .dataType("c", .numeric)),
    ("metric: min_length, column: c", .minimumLength("c")), ("metric: max_length, column: c", .maximumLength("c")),
    (
      "metric: compliance, rule: {check: between, column: c, min: 0}",
      .compliance(RowCheck("c", .between(0, nil), name: "mine"))
    ),
    (
      "metric: compliance, rule: {check: sql, expression: c > 0}", .compliance(RowCheck(sql: "c > 0", name: "mine"))
    ),
    (
      "metric: compliance, rule: {check: not_in_future, column: c, tolerance: 10 s}",
      .compliance(RowCheck("c", .notInFuture(toleranceSeconds: 10, clock: 100_000_000), name: "mine"))
    ),
  ]

  @Test(arguments: metrics)
  func decodesMetrics(_ yaml: String, _ metric: BatchMetric) throws {
    let check = try #require(try checks("mine: {\(yaml), min: 0.5}").batch.last).batchCheck(clock: 100_000_000)
    #expect(check == BatchCheck("mine", metric, .absolute(minimum: 0.5, maximum: nil)))
    #expect(metric.description.hasPrefix(metric.kind))
  }

  static let thresholds: [(String, BatchThreshold)] = [
    ("min: 1", .absolute(minimum: 1, maximum: nil)), ("max: -0.5", .absolute(minimum: nil, maximum: -0.5)),
    ("min: 1, max: 1", .absolute(minimum: 1, maximum: 1)), ("equals: 3", .absolute(minimum: 3, maximum: 3)),
    (
      "history: {compare: relative_change, max: 0.5}",
      .history(HistoryRule(.relativeChange, maximum: 0.5, minimumPoints: 10, last: 100))
    ),
    (
      "history: {compare: robust_z_score, max: 4, min_points: 30, last: 30}",
      .history(HistoryRule(.robustZScore, maximum: 4, minimumPoints: 30, last: 30))
    ),
    (
      "history: {compare: same_hour_of_week, max: 1, min_points: 200}",
      .history(HistoryRule(.sameHourOfWeek, maximum: 1, minimumPoints: 200, last: 200))
    ),
  ]

  @Test(arguments: thresholds)
  func decodesThresholds(_ yaml: String, _ threshold: BatchThreshold) throws {
    #expect(try checks("mine: {metric: size, \(yaml)}").batch.last?.threshold == threshold)
  }

  @Test func conditionModeAndTables() throws {
    let all = try checks(
      "mine: {metric: size, min: 1, when: {column: k, in: [x]}, tables: [t, u], mode: suspend, waivable: off}")
    let mine = all.batch.suffix(2)
    #expect(mine.map(\.name) == ["mine_t", "mine_u"] && mine.map(\.table) == ["t", "u"])
    #expect(
      mine.allSatisfy { $0.mode == .suspend && !$0.isWaivable && $0.condition == RowCheck.Condition("k", in: ["x"]) })
    #expect(try all.batchChecks(table: "u", columns: [String](), clock: 0).checks.map(\.name) == ["mine_u"])
    let one = try checks("mine: {metric: size, min: 1, tables: [t]}").batch.last
    #expect(one?.name == "mine" && one?.table == "t" && one?.mode == .quarantine && one?.isWaivable == true)
    // Without tables it belongs where its columns are, the condition's among them.
    let loose = try checks("mine: {metric: mean, column: c, min: 1, when: {column: k, in: [x]}}")
    #expect(try loose.batchChecks(table: "t", columns: ["c", "k"], clock: 0).checks.count == 1)
    #expect(try loose.batchChecks(table: "t", columns: ["c"], clock: 0).isEmpty)
  }

  @Test func offLeavesNoneOrOneOut() throws {
    #expect(try load(["silver.yaml": "checks: {batch: off}\n"]).silver.checks.batch.isEmpty)
    #expect(try checks("meta_id_unique: off").batch.isEmpty)
    #expect(try load().silver.checks.batch.map(\.name) == ["meta_id_unique"])
    #expect(try load().bronze.checks.batch.isEmpty && load().gold.checks.batch.isEmpty)
    let bronze = try load(["bronze.yaml": "checks: {batch: {mine: {metric: size, min: 1}}}\n"]).bronze.checks
    #expect(bronze.batch.map(\.name) == ["mine"])
  }

  static let refused: [(String, String)] = [
    ("metric: siz, min: 1", "did you mean \"size\"?"), ("metric: size", "needs one of min and max, equals, or history"),
    ("metric: size, min: 1, equals: 1", "needs one of min and max, equals, or history"),
    ("metric: size, max: 1, history: {compare: relative_change, max: 1}", "needs one of"),
    ("metric: size, min: 2, max: 1", "\"max\" is less than min"),
    ("metric: size, column: c, min: 1", "unknown key \"column\""),
    ("metric: mean, min: 1", "column\" has no value"), ("metric: uniqueness, min: 1", "needs either column or columns"),
    ("metric: correlation, column: c, min: 1", "must name two columns"),
    ("metric: approx_quantile, column: c, quantile: 2, min: 1", "a number from 0.0 to 1.0"),
    ("metric: data_type, column: c, type: text, min: 1", "not one of fractional, integral"),
    ("metric: mean, column: 'c d', min: 1", "not a name of letters"),
    ("metric: uniqueness, columns: ['c d'], min: 1", "not a name of letters"),
    ("metric: size, min: 1, mode: off", "not one of quarantine, suspend, log"),
    ("metric: size, history: {compare: z, max: 1}", "not one of relative_change"),
    ("metric: size, history: {compare: relative_change, max: -1}", "a number from 0.0"),
    (
      "metric: size, history: {compare: relative_change, max: 1, min_points: 9, last: 8}",
      "fewer than the 9 of min_points"
    ),
    ("metric: compliance, min: 1, rule: {check: not_null, columns: [a, b]}", "must be one check"),
  ]

  @Test(arguments: refused)
  func refuses(_ yaml: String, _ words: String) {
    let said = message(["silver.yaml": "checks: {batch: {mine: {\(yaml)}}}\n"])
    #expect(said.contains(words), "\(said)")
    #expect(said.contains("silver.yaml:1"), "\(said)")
  }

  static let names: [(String, String)] = [
    ("freshness: {metric: size, min: 1}", "a row check and a batch check called \"freshness\""),
    (
      "a: {metric: size, min: 1, tables: [t, u]}, a_t: {metric: size, min: 1, tables: [t]}", "two checks called \"a_t\""
    ),
    ("a-b: {metric: size, min: 1}", "must be named by letters"),
  ]

  @Test(arguments: names)
  func refusesNames(_ yaml: String, _ words: String) {
    let said = message(["silver.yaml": "checks: {batch: {\(yaml)}}\n"])
    #expect(said.contains(words), "\(said)")
  }

  @Test func waivers() throws {
    let known = try load(["silver.yaml": "checks: {batch: {firm: {metric: size, min: 1, waivable: off}}}\n"]).checks
    try ChecksConfiguration.validate(waivers: ["meta_id_unique", "freshness"], known: known)
    for name in ["firm", "meta_id_not_null"] {
      #expect {
        try ChecksConfiguration.validate(waivers: [name], known: known)
      } throws: {
        ($0 as? Failure)?.kind == .invalidArgument && "\($0)" == "check \"\(name)\" cannot be waived"
      }
    }
  }
}
