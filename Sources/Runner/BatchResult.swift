import Failures
import JSON
import Quality

/// What the quality tables will say of one run.
struct BatchResult: Sendable {
  let plan: Plan
  let counts: QualityCounts
  let checks: [CheckCount]
  let batchChecks: [BatchCheckResult]

  init(plan: Plan, counts: QualityCounts, checks: [CheckCount], batchChecks: [BatchCheckResult]) {
    self.plan = plan
    self.counts = counts
    self.checks = checks
    self.batchChecks = batchChecks
  }

  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONValue) throws {
    guard let object = json.object else { throw Failure.malformedInput("a batch result is \(json.kindName)") }
    plan = try Plan(text: JSONValue.object(object.object("plan")).text)
    counts = try QualityCounts(json: object.object("counts"))
    checks = try object.array("checks").map(CheckCount.init(json:))
    batchChecks = try object.optionalArray("batch_checks")?.map(BatchCheckResult.init(json:)) ?? []
  }

  var json: JSONValue {
    get throws {
      .object([
        "plan": .object(try plan.json), "counts": .object(counts.json), "checks": .array(checks.map(\.json)),
        "batch_checks": .array(batchChecks.map(\.json)),
      ])
    }
  }

  /// The severity by pass rate, and by whether a check of completeness, uniqueness or size failed that is not only logged. Rows that
  /// fail again when an operator decides about them are no news.
  var severity: Severity {
    guard plan.kind == .forward else { return .success }
    return Severity(
      passRate: counts.passRate,
      structuralFailure: batchChecks.contains { $0.hasFailed && $0.isStructural && $0.mode != .log })
  }

  /// The names of the checks that failed, row checks first.
  var failedChecks: [String] {
    checks.filter { $0.failed > 0 }.map(\.name) + batchChecks.filter(\.hasFailed).map(\.name)
  }
}

extension CheckCount {
  init(json: JSONValue) throws {
    guard let object = json.object else { throw Failure.malformedInput("a check's result is \(json.kindName)") }
    self.init(
      name: try object.string("name"), checked: Int(try object.int64("checked")),
      failed: Int(try object.int64("failed")), mode: try Self.mode(object),
      error: object["error"]?.string)
  }

  var json: JSONValue {
    var json: JSONObject = [
      "name": .string(name), "checked": JSONValue(checked), "failed": JSONValue(failed), "mode": .string(mode.rawValue),
    ]
    if let error { json["error"] = .string(error) }
    return .object(json)
  }

  /// Results of releases that knew no modes have none.
  private static func mode(_ object: JSONObject) throws -> CheckMode {
    guard let text = object["mode"]?.string else { return .quarantine }
    guard let mode = CheckMode(rawValue: text) else { throw Failure.malformedInput("a check has mode \"\(text)\"") }
    return mode
  }
}
