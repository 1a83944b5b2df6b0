import Failures
import Iceberg
import JSON
import Quality

/// Everything that a run prepared, as its state record keeps it.
struct PreparedRun: Sendable {
  var changes: [PreparedChange]
  var following: [PreparedChange]
  var counts: QualityCounts
  var checks: [CheckCount]
  /// What the batch checks said. From here on they are not asked again.
  var batchChecks: [BatchCheckResult]

  init(_ execution: Execution, batchChecks: [BatchCheckResult] = []) {
    changes = execution.changes
    following = execution.following
    counts = execution.counts
    checks = execution.checks
    self.batchChecks = batchChecks
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "prepared run")
    changes = try object.array("changes").map(PreparedChange.init(json:))
    following = try object.array("following").map(PreparedChange.init(json:))
    counts = try QualityCounts(json: object.object("counts"))
    checks = try object.array("checks").map(CheckCount.init(json:))
    batchChecks = try object.optionalArray("batch_checks")?.map(BatchCheckResult.init(json:)) ?? []
  }

  var text: String {
    JSONValue.object([
      "changes": .array(changes.map(\.json)), "following": .array(following.map(\.json)),
      "counts": .object(counts.json),
      "checks": .array(checks.map(\.json)), "batch_checks": .array(batchChecks.map(\.json)),
    ]).text
  }

  /// How the batch ended, for summaries and records.
  var outcome: JSONObject { ["outcome": "done", "counts": .object(counts.json)] }

  /// The number of windows that the main change touches.
  var windowCount: Int { changes.last?.windows.count ?? 0 }
}

extension QualityCounts {
  init(json: JSONObject) throws {
    self.init(
      total: Int(try json.int64("total")), passed: Int(try json.int64("passed")), failed: Int(try json.int64("failed")),
      duplicates: Int(try json.int64("duplicates")))
  }

  var json: JSONObject {
    [
      "total": JSONValue(total), "passed": JSONValue(passed), "failed": JSONValue(failed),
      "duplicates": JSONValue(duplicates),
    ]
  }
}
