import CommandLine
import Host
import JSON
import Quality
import Runner

/// Prints what decisions did, or would do: a line each, or one JSON document at the end.
struct QuarantineDecisionOutput {
  let session: Session
  let kind: PlanKind
  let isPreview: Bool
  private var documents: [JSONValue] = []

  init(session: Session, kind: PlanKind, isPreview: Bool) {
    self.session = session
    self.kind = kind
    self.isPreview = isPreview
  }

  /// A run that was committed; also one that an earlier process had left.
  mutating func show(_ report: BatchReport) {
    guard let result = report.decision else {
      if session.wantsJSON { return documents.append(forward(report)) }
      return Host.print("\(report.plan.batch): finished what an earlier process had left\n")
    }
    show(
      report.plan.job, batch: report.plan.batch, isRelease: report.plan.kind == .release, counts: report.counts, result)
  }

  /// What would be done to rows of a layer.
  mutating func show(_ layer: JobName, _ preview: QuarantineDecisions.Preview) {
    show(layer.rawValue, batch: nil, isRelease: kind == .release, counts: preview.counts, preview.result)
  }

  /// A layer without such rows.
  mutating func showNothing(_ layer: JobName) {
    if !session.wantsJSON { Host.print("\(layer.rawValue): no such rows\n") }
  }

  private mutating func show(
    _ job: String, batch: String?, isRelease: Bool, counts: QualityCounts, _ result: DecisionResult
  ) {
    if session.wantsJSON { return documents.append(document(job, batch, counts, result)) }
    var line = "\(batch ?? job): "
    if isRelease {
      line += "\(Grouped.number(result.decided)) \(isPreview ? "would be released" : "released")"
      if counts.duplicates > 0 { line += ", \(Grouped.number(counts.duplicates)) of them duplicates" }
      if result.restored > 0 {
        line += ", \(Grouped.number(result.restored)) from the quarantine's copy since Bronze has them no more"
      }
      let failing = result.failing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      if !failing.isEmpty {
        line += ", still failing: " + failing.map { "\($0.key) \(Grouped.number($0.value))" }.joined(separator: ", ")
      }
    } else {
      line += "\(Grouped.number(result.decided)) \(isPreview ? "would be discarded" : "discarded")"
    }
    Host.print(line + "\n")
  }

  private func document(
    _ job: String, _ batch: String?, _ counts: QualityCounts, _ result: DecisionResult
  ) -> JSONValue {
    [
      "layer": .string(job), "batch": batch.map { .string($0) } ?? .null, "decided": JSONValue(result.decided),
      "added": JSONValue(counts.passed), "duplicates": JSONValue(counts.duplicates),
      "restored": JSONValue(result.restored),
      "still_failing": .object(
        JSONObject(result.failing.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) })),
    ]
  }

  /// A batch of the job's way forward, which had to be finished first.
  private func forward(_ report: BatchReport) -> JSONValue {
    ["layer": .string(report.plan.job), "batch": .string(report.plan.batch), "decided": 0]
  }

  /// Prints the document.
  func finish() {
    guard session.wantsJSON else { return }
    let result: JSONValue = [
      "version": 1, "decision": .string(kind.rawValue), "dry_run": .bool(isPreview), "runs": .array(documents),
    ]
    Host.print(String(decoding: result.serialized(), as: UTF8.self) + "\n")
  }
}
