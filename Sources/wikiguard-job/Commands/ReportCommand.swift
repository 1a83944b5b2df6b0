import Configuration
import CommandLine
import Host
import Pipeline
import Runner

/// `wikiguard-job report`: what the tables hold, for a person.
struct ReportCommand {
  let session: Session

  func run() throws -> Int32 {
    let workspace = try WorkspaceOpening(session: session).open()
    let report = try ReportReader(workspace: workspace, length: session.command.integer("top", in: 1...1000) ?? 5)
      .read()
    Host.print(session.wantsJSON ? ReportDocument(report).text : text(report, workspace: workspace))
    return 0
  }

  private func text(_ report: PipelineReport, workspace: Workspace) -> String {
    var text =
      "Events\n  \(Grouped.number(report.records)) records read, \(Grouped.number(report.duplicates)) of them duplicates\n"
    for (table, count) in report.rows { text += "  \(Grouped.number(count)) rows in \(table)\n" }
    if !report.quarantined.isEmpty {
      text += "\nIn quarantine\n"
      for (layer, reason, count) in report.quarantined { text += "  \(Grouped.number(count))  \(layer): \(reason)\n" }
    }
    if let span = report.span {
      text += "\nWindows\n  \(report.windows.all) of ten minutes, \(report.windows.final) of them final: "
      text += "\(TimeText.minutes(span.lowerBound)) to \(TimeText.minutes(span.upperBound))\n"
    }
    if let health = report.health {
      text += "  the newest is \(health.name) (\(health.score)): \(health.explanation)\n"
    }
    text += actors("Most active pages", report.activePages) + actors("Most reverted pages", report.revertedPages)
    text += actors("Most active users", report.activeUsers) + actors("Users who revert most", report.revertingUsers)
    text += anomalies(report.anomalies)
    return text + query(workspace)
  }

  private func actors(_ title: String, _ actors: [PipelineReport.Actor]) -> String {
    guard !actors.isEmpty else { return "" }
    let haveReasons = actors.contains { $0.explanation != nil }
    var table = TextTable([
      .init("edits", .right), .init("reverts", .right), .init(title, maximumWidth: 60), .init("kind"),
      .init(haveReasons ? "why it stands out" : "", maximumWidth: 80),
    ])
    for actor in actors {
      table.add([
        Grouped.number(actor.edits), Grouped.number(actor.reverts), actor.name, actor.kind,
        haveReasons ? actor.explanation ?? "-" : "",
      ])
    }
    return "\n" + table.text(indent: 2)
  }

  private func anomalies(_ actors: [PipelineReport.Actor]) -> String {
    guard !actors.isEmpty else { return "\nNothing stands out.\n" }
    var text = "\nWhat stands out\n"
    for actor in actors {
      text += "  \(actor.severity) (risk \(actor.risk)) \(DisplayWidth.sanitized(actor.name)): "
      text += DisplayWidth.sanitized(actor.explanation ?? "") + "\n"
    }
    return text
  }

  private func query(_ workspace: Workspace) -> String {
    let environment = session.configuration.environment
    let catalog = environment.catalog.sqlPath.path(in: session.home) ?? ""
    let folder = "\(workspace.warehouse)/\(environment.catalog.namespace)"
    return """

      The tables are in \(folder)
        DuckDB   LOAD avro; LOAD iceberg; SELECT * FROM iceberg_scan('\(folder)/\(Tables.goldEntityMetrics.name)') ORDER BY risk_score DESC LIMIT 10;
        Python   from pyiceberg.catalog.sql import SqlCatalog; SqlCatalog("\(environment.catalog.name)", uri="sqlite:///\(catalog)").load_table("\(environment.catalog.namespace).\(Tables.goldEntityMetrics.name)").scan().to_arrow()

      """
  }
}
