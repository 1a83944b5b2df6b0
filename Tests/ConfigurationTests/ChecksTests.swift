import Columns
import Configuration
import Failures
import Patterns
import Quality
import Testing

@Suite struct ChecksTests {
  private static func pattern(_ text: String, ignoringCase: Bool = false) -> Pattern {
    do { return try Pattern(text, ignoringCase: ignoringCase) } catch { preconditionFailure("\(error)") }
  }

  private func checks(_ yaml: String) throws -> ChecksConfiguration {
    try load(["gold.yaml": "checks: {rows: {\(yaml)}}\n"]).gold.checks
  }

  static let rules: [(String, RowCheckConfiguration.Rule)] = [
    ("{check: not_null, column: c}", .fixed(.notNull)),
    ("{check: in, column: c, values: [a, 1, 0.5, true, '2']}", .fixed(.oneOf(["a", 1, 0.5, .boolean(true), "2"]))),
    ("{check: in, column: c, values: [a], or_digits: on}", .fixed(.oneOf(["a"], orDigits: true))),
    ("{check: not_in, column: c, values: [a]}", .fixed(.noneOf(["a"]))),
    ("{check: between, column: c, min: -1}", .fixed(.between(-1, nil))),
    ("{check: between, column: c, max: 0.5}", .fixed(.between(nil, 0.5))),
    ("{check: length, column: c, min: 1, max: 9}", .fixed(.length(minimum: 1, maximum: 9))),
    ("{check: utf8, column: c}", .fixed(.utf8)),
    ("{check: min, column: c, value: 3}", .fixed(.between(3, nil))),
    ("{check: max, column: c, value: 0.5}", .fixed(.between(nil, 0.5))),
    ("{check: is_json, column: c}", .fixed(.isJSON)),
    ("{check: matches, column: c, pattern: '^[A-Z]+$'}", .fixed(.matches(pattern("^[A-Z]+$")))),
    (
      "{check: matches, column: c, pattern: a, ignore_case: on}",
      .fixed(.matches(pattern("a", ignoringCase: true)))
    ),
    (
      "{check: freshness, column: c, min: -10 min, max: 1 h}",
      .freshness(minimumSeconds: -600, maximumSeconds: 3600)
    ),
    ("{check: freshness, column: c, max: 90}", .freshness(minimumSeconds: nil, maximumSeconds: 90)),
    ("{check: references, column: c, other: d}", .fixed(.references("d"))),
    ("{check: less_than, column: c, other: d}", .fixed(.compares(.lessThan, to: "d"))),
    ("{check: at_most, column: c, other: d}", .fixed(.compares(.atMost, to: "d"))),
    ("{check: equal_to, column: c, other: d}", .fixed(.compares(.equalTo, to: "d"))),
    ("{check: not_equal_to, column: c, other: d}", .fixed(.compares(.notEqualTo, to: "d"))),
    ("{check: at_least, column: c, other: d}", .fixed(.compares(.atLeast, to: "d"))),
    ("{check: greater_than, column: c, other: d}", .fixed(.compares(.greaterThan, to: "d"))),
    ("{check: not_in_future, column: c, tolerance: 1 min}", .notInFuture(toleranceSeconds: 60)),
    ("{check: at_most, column: c, sum_of: [a, b]}", .fixed(.atMost(sumOf: ["a", "b"]))),
    ("{check: unique, column: c, with: [d]}", .fixed(.unique(with: ["d"]))),
  ]

  @Test(arguments: rules)
  func decodes(_ yaml: String, _ rule: RowCheckConfiguration.Rule) throws {
    let check = try #require(try checks("mine: \(yaml)").rows.last)
    #expect(check.name == "mine" && check.column == "c" && check.rule == rule && check.isWaivable)
  }

  @Test(arguments: CheckMode.allCases)
  func mode(_ mode: CheckMode) throws {
    let check = try #require(try checks("mine: {check: not_null, column: c, mode: \(mode.rawValue)}").rows.last)
    #expect(check.mode == mode && check.rowCheck(clock: 0).mode == mode)
    #expect(try checks("mine: {check: not_null, column: c}").rows.last?.mode == .quarantine)
  }

  @Test func unwaivableCheckMaySuspend() throws {
    let text = "checks: {rows: {event_data_utf8: {check: utf8, column: event_data, waivable: off, mode: suspend}}}\n"
    #expect(try load(["bronze.yaml": text]).bronze.checks.rows.contains { $0.mode == .suspend })
  }

  @Test func conditionTablesAndGroups() throws {
    let all = try checks(
      "mine: {check: not_null, columns: [a, b], when: {column: k, in: [x]}, tables: [t], waivable: off}")
    let mine = Array(all.rows.suffix(2))
    #expect(mine.map(\.name) == ["a_not_null", "b_not_null"])
    #expect(
      mine.allSatisfy { $0.condition == RowCheck.Condition("k", in: ["x"]) && $0.tables == ["t"] && !$0.isWaivable })
    #expect(try all.rowChecks(table: "t", columns: [], clock: 0).names == ["a_not_null", "b_not_null"])
  }

  static let refused: [(String, String)] = [
    ("mine: {check: nonull, column: c}", "(did you mean \"not_null\"?)"),
    ("mine: {check: not_null}", "needs either column or columns"),
    ("mine: {check: not_null, column: c, columns: [d]}", "needs either column or columns"),
    ("mine: {check: between, column: c}", "needs min or max"),
    ("mine: {check: freshness, column: c}", "needs min or max"),
    ("mine: {check: min, column: c}", "\"checks.rows.mine.value\" has no value"),
    (
      "mine: {check: matches, column: c, pattern: '(a'}",
      "gold.yaml:1: \"pattern\" of check \"mine\" is no pattern: missing closing parenthesis at offset 2"
    ),
    ("mine: {check: sql, column: c, expression: x}", "of kind sql has no column"),
    ("mine: {check: sql}", "\"checks.rows.mine.expression\" has no value"),
    ("mine: {check: less_than, column: c, other: 'd e'}", "\"other\" is \"d e\", not a name"),
    ("mine: {check: length, column: c, min: -1}", "must be an integer of at least 0"),
    ("mine: {check: in, column: c, values: []}", "at least one value"),
    ("mine: {check: in, column: c, values: [[a]]}", "list of values"),
    ("mine: {check: not_null, column: c, min: 1}", "unknown key \"min\""),
    ("mi-ne: {check: not_null, column: c}", "must be named by letters"),
    ("mine: {check: not_null, column: \"c d\"}", "\"column\" is \"c d\", not a name"),
    ("mine: {check: not_null, column: c, mode: warn}", "not one of quarantine, suspend, log"),
    ("mine: {check: not_null, column: c, mode: log, waivable: off}", "\"mode\" is log, but"),
    (
      "a: {check: not_null, columns: [c], tables: [t]}, b: {check: not_null, columns: [c], tables: [u], mode: log}",
      "checks called \"c_not_null\" of different modes"
    ),
    ("entity_not_null: {check: not_null, column: entity}", "two checks called \"entity_not_null\""),
  ]

  @Test(arguments: refused)
  func refuses(_ yaml: String, _ words: String) {
    let said = message(["gold.yaml": "checks: {rows: {\(yaml)}}\n"])
    #expect(said.contains(words), "\(said)")
  }

  @Test func sqlHasNoColumn() throws {
    let all = try checks("mine: {check: sql, expression: \"a < 5 OR b\", when: {column: k, in: [x]}, mode: log}")
    let mine = try #require(all.rows.last)
    #expect(mine.column == nil && mine.rule == .fixed(.sql("a < 5 OR b")))
    let when = RowCheck.Condition("k", in: ["x"])
    #expect(mine.rowCheck(clock: 0) == RowCheck(sql: "a < 5 OR b", name: "mine", when: when, mode: .log))
    #expect(try all.rowChecks(table: "t", columns: ["k"], clock: 0).names == ["mine"])
    #expect(try all.rowChecks(table: "t", columns: ["a", "b"], clock: 0).names.isEmpty)
  }

  static let unfit: [(String, String)] = [
    (
      "mine: {check: sql, expression: 'a < 5 AND bb', tables: [t]}",
      "gold.yaml:1: t: check mine: no such column: bb at position 11: \"bb\""
    ),
    ("mine: {check: utf8, column: a, tables: [t]}", "gold.yaml:1: t: check mine: a is no text"),
    ("mine: {check: not_null, column: aa, tables: [t]}", "gold.yaml:1: t: check mine: there is no column aa"),
    ("mine: {check: less_than, column: a, other: s, tables: [t]}", "t: check mine: the two columns are of types"),
  ]

  @Test(arguments: unfit)
  func whatDoesNotFitATableIsNamed(_ yaml: String, _ words: String) throws {
    let schema = ColumnSchema([ColumnField("a", .long), ColumnField("s", .string)])
    let checks = try checks(yaml)
    try checks.validate(table: "u", schema: schema)
    let failure = try #require(throws: Failure.self) { try checks.validate(table: "t", schema: schema) }
    #expect(failure.kind == .configuration)
    #expect(failure.description.contains(words), "\(failure)")
  }

  @Test func waiversAreCheckedAcrossLayers() throws {
    let known = try load().checks
    try ChecksConfiguration.validate(waivers: ["freshness", "event_data_is_json", "ratios"].dropLast(), known: known)
    #expect {
      try ChecksConfiguration.validate(waivers: ["freshnes"], known: known)
    } throws: {
      ($0 as? Failure)?.kind == .invalidArgument
        && "\($0)" == "no check is called \"freshnes\" (did you mean \"freshness\"?)"
    }
  }

  @Test func notInFutureFollowsTheClock() throws {
    let checks = try load().silver.checks.rows
    let future = try #require(checks.first { $0.name == "event_timestamp_not_in_future" })
    #expect(future.rowCheck(clock: 7).rule == .notInFuture(toleranceSeconds: 600, clock: 7))
    let fresh = try #require(checks.first { $0.name == "freshness" })
    #expect(fresh.rowCheck(clock: 7).rule == .freshness(minimumSeconds: -600, maximumSeconds: 3600, clock: 7))
  }
}
