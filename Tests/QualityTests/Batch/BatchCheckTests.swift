import Failures
import Quality
import Testing

/// Thresholds, results and waivers.
struct BatchCheckTests {
  private static func result(
    _ value: Double?, _ minimum: Double?, _ maximum: Double?, _ metric: BatchMetric = .completeness("title")
  ) -> BatchCheckResult {
    BatchCheckResult(
      BatchCheck("mine", metric, .absolute(minimum: minimum, maximum: maximum), mode: .suspend), value: value, rows: 7,
      history: [], clock: 0)
  }

  static let cases: [(Double, Double?, Double?, Bool, Double?)] = [
    (0.99, 0.99, nil, false, 0.99), (0.98, 0.99, nil, true, 0.99), (1, nil, 1, false, 1), (1.5, nil, 1, true, 1),
    (0.5, 0.25, 1, false, 0.25), (0.9, 0.25, 1, false, 1), (0.2, 0.25, 1, true, 0.25), (2, 0.25, 1, true, 1),
    (1, 1, 1, false, 1), (0.999, 1, 1, true, 1), (5, nil, nil, false, nil),
  ]

  @Test(arguments: cases)
  func absolute(_ value: Double, _ minimum: Double?, _ maximum: Double?, _ fails: Bool, _ threshold: Double?) {
    let result = Self.result(value, minimum, maximum)
    #expect(result.hasFailed == fails)
    #expect(result.threshold == threshold)
  }

  @Test func saysWhatIsWanted() {
    #expect(Self.result(0.5, 0.99, nil).message == "completeness(title) is 0.5, at least 0.99 is wanted")
    #expect(Self.result(12, nil, 10, .size).message == "size is 12, at most 10 is wanted")
    #expect(Self.result(2, 1, 1, .uniqueness(["a", "b"])).message == "uniqueness(a, b) is 2, 1 is wanted")
    #expect(Self.result(3, 0.5, 2, .approximateQuantile("x", 0.5)).message.hasSuffix("is 3, 0.5 to 2 is wanted"))
    let result = Self.result(0.5, 0.99, nil)
    #expect(result.name == "mine" && result.metric == "completeness(title)" && result.mode == .suspend)
    #expect(result.rows == 7 && result.isStructural)
  }

  @Test func nothingToMeasureIsNoFailure() {
    let result = Self.result(nil, 0.99, nil)
    #expect(!result.hasFailed && result.value == nil && result.threshold == nil)
    #expect(result.message == "completeness(title) has nothing to measure")
  }

  static let structural: [(BatchMetric, Bool)] = [
    (.size, true), (.completeness("a"), true), (.uniqueness(["a"]), true), (.distinctness(["a"]), true),
    (.uniqueValueRatio(["a"]), true), (.entropy("a"), false), (.mean("a"), false),
    (.compliance(RowCheck("a", .notNull)), false), (.dataType("a", .boolean), false),
  ]

  @Test(arguments: structural)
  func raisesTheSeverity(_ metric: BatchMetric, _ isStructural: Bool) {
    #expect(metric.isStructural == isStructural)
  }

  @Test func waivers() throws {
    let checks = try BatchChecks([
      BatchCheck("a", .size, .absolute(minimum: 1, maximum: nil)),
      BatchCheck("b", .size, .absolute(minimum: 1, maximum: nil), isWaivable: false),
    ])
    #expect(try checks.waiving(["a", "other"]).checks.map(\.name) == ["b"])
    #expect(try checks.waiving([]) == checks)
    #expect { try checks.waiving(["b"]) } throws: { ($0 as? Failure)?.kind == .invalidArgument }
    #expect { try BatchChecks(checks.checks + checks.checks) } throws: { "\($0)".contains("called a") }
    #expect(BatchChecks.none.isEmpty && !BatchChecks.silver.isEmpty)
  }
}
