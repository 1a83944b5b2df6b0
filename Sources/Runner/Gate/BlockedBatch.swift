import Failures
import JSON
import JobState

/// Why a batch is blocked, as the outcome of its run keeps it.
struct BlockedBatch: Sendable, Hashable {
  /// A failing check of mode `suspend`.
  struct Check: Sendable, Hashable {
    enum Kind: String, Sendable { case row, batch }

    let name: String
    let kind: Kind
    /// What it said.
    let message: String
  }

  /// The checks that suspended it; none when it failed too often.
  let checks: [Check]

  init(checks: [Check] = []) { self.checks = checks }

  /// Reads the outcome of a blocked run. Throws `.malformedInput`.
  init(_ record: RunRecord) throws {
    guard let text = record.outcome else {
      checks = []
      return
    }
    let object = try JSONValue.object(parsing: text, as: "outcome of \(record.batch)")
    checks = try object.array("checks").map { json in
      guard let check = json.object, let kind = Check.Kind(rawValue: try check.string("kind")) else {
        throw Failure.malformedInput("a suspending check of \(record.batch) cannot be read")
      }
      return Check(name: try check.string("name"), kind: kind, message: try check.string("message"))
    }
  }

  /// The outcome.
  var text: String {
    let checks = checks.map { check -> JSONValue in
      ["name": .string(check.name), "kind": .string(check.kind.rawValue), "message": .string(check.message)]
    }
    return JSONValue.object(["outcome": "blocked", "checks": .array(checks)]).text
  }

  /// The error of every run until somebody decides.
  func failure(of batch: String) -> Failure {
    guard !checks.isEmpty else {
      return .qualityGate(
        "batch \(batch) is blocked: it failed too often; look at it with `wikiguard-job batches show \(batch)` and go on "
          + "with `wikiguard-job batches retry \(batch)`")
    }
    let said = checks.map { "\($0.name) (\($0.message))" }.joined(separator: ", ")
    let waivers = checks.map { " --waive \($0.name)" }.joined()
    return .qualityGate(
      "batch \(batch) is suspended by \(said); nothing of it was committed: `wikiguard-job batches retry \(batch)` judges "
        + "it again, `wikiguard-job batches retry \(batch)\(waivers)` commits it all the same, "
        + "`wikiguard-job batches quarantine \(batch)` sends the failing rows to quarantine")
  }
}
