import Quality
import CommandLine
import Host
import JSON
import Runner

/// Prints what batches did: a line each, or one JSON document at the end.
struct BatchOutput {
  let session: Session
  private var documents: [JSONValue] = []

  init(session: Session) { self.session = session }

  /// One batch that was committed.
  mutating func show(_ report: BatchReport) {
    let counts = report.counts
    if session.wantsJSON {
      documents.append([
        "job": .string(report.plan.job), "batch": .string(report.plan.batch), "run": .string(report.plan.run),
        "outcome": "done", "total": JSONValue(counts.total), "passed": JSONValue(counts.passed),
        "failed": JSONValue(counts.failed), "duplicates": JSONValue(counts.duplicates),
        "windows": JSONValue(report.windows), "severity": .string(report.severity.rawValue),
        "failed_checks": .array(report.failedChecks.map { .string($0) }),
        "batch_checks": .array(report.batchChecks.map(Self.json)),
      ])
      return
    }
    var line = "\(report.plan.batch): \(Grouped.number(counts.total)) rows, \(Grouped.number(counts.passed)) passed"
    if counts.failed > 0 { line += ", \(Grouped.number(counts.failed)) quarantined" }
    if counts.duplicates > 0 { line += ", \(Grouped.number(counts.duplicates)) duplicates" }
    if report.windows > 0 { line += ", \(Grouped.number(report.windows)) windows" }
    if report.severity != .success { line += ", \(report.severity.rawValue)" }
    Host.print(line + "\n")
    for check in report.batchChecks where check.hasFailed { Host.print("  \(check.name): \(check.message)\n") }
  }

  private static func json(_ check: BatchCheckResult) -> JSONValue {
    [
      "name": .string(check.name), "metric": .string(check.metric), "status": check.hasFailed ? "failed" : "passed",
      "value": number(check.value), "threshold": number(check.threshold), "message": .string(check.message),
    ]
  }

  private static func number(_ value: Double?) -> JSONValue {
    value.flatMap { JSONNumber($0) }.map { .number($0) } ?? .null
  }

  /// A job without anything to do.
  mutating func showNothing(_ job: JobName) {
    if session.wantsJSON {
      documents.append(["job": .string(job.rawValue), "outcome": "nothing"])
    } else {
      Host.print("\(job.rawValue): nothing new\n")
    }
  }

  /// Prints the document.
  func finish() {
    guard session.wantsJSON else { return }
    let result: JSONValue = ["version": 1, "batches": .array(documents)]
    Host.print(String(decoding: result.serialized(), as: UTF8.self) + "\n")
  }
}
