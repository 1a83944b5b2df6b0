import JSON
import Runner

/// A report as JSON.
struct ReportDocument {
  private let report: PipelineReport

  init(_ report: PipelineReport) { self.report = report }

  var text: String {
    var object: JSONObject = ["version": 1]
    object["records"] = .integer(report.records)
    object["duplicates"] = .integer(report.duplicates)
    object["rows"] = .object(JSONObject(report.rows.map { ($0.table, .integer($0.count)) }))
    object["quarantined"] = .array(
      report.quarantined.map {
        ["layer": .string($0.layer), "reason": .string($0.reason), "count": .integer($0.count)]
      })
    object["windows"] = ["all": JSONValue(report.windows.all), "final": JSONValue(report.windows.final)]
    if let span = report.span {
      object["first_window_start_us"] = .integer(span.lowerBound)
      object["last_window_end_us"] = .integer(span.upperBound)
    }
    let lists = [
      ("active_pages", report.activePages), ("reverted_pages", report.revertedPages),
      ("active_users", report.activeUsers), ("reverting_users", report.revertingUsers), ("anomalies", report.anomalies),
    ]
    for (name, actors) in lists { object[name] = .array(actors.map(Self.json)) }
    return String(decoding: JSONValue.object(object).serialized(), as: UTF8.self) + "\n"
  }

  private static func json(_ actor: PipelineReport.Actor) -> JSONValue {
    [
      "name": .string(actor.name), "kind": .string(actor.kind), "edits": .integer(actor.edits),
      "reverts": .integer(actor.reverts), "risk": .integer(Int64(actor.risk)), "severity": .string(actor.severity),
      "explanation": actor.explanation.map { .string($0) } ?? .null,
    ]
  }
}
