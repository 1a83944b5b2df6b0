import Columns
import Iceberg
import Pipeline

/// Reads what stands out in the windows that batches of Gold have written.
public struct AnomalyReader {
  private let workspace: Workspace

  /// A reader.
  public init(workspace: Workspace) { self.workspace = workspace }

  /// Pages and users of severity HIGH and CRITICAL and windows of health WARNING and CRITICAL among the rows of the batches of `plans`. With
  /// `withEdits` each page and user comes with its newest edit, which is looked up in Silver.
  public func read(_ plans: [Plan], withEdits: Bool) throws -> [GoldAnomaly] {
    var windows = WindowRanges()
    for plan in plans { windows.formUnion(try GoldPlanInput(text: plan.input).windows) }
    guard let first = windows.starts.first, let last = windows.starts.last else { return [] }
    let days = Set(windows.starts.map(GoldWindowGrid.day(of:))).sorted().map { Literal.date($0) }
    let filter =
      Expression.isIn("event_date", days) && .greaterOrEqual("window_start", .timestamptz(first))
      && .lessOrEqual("window_start", .timestamptz(last)) && .isIn("batch_id", plans.map { .text($0.batch) })
    var tables = TableSet(workspace)
    var found = try Self.sources.flatMap { source in
      try tables.existing(source.table).map { try rows(of: source, in: $0, filter) } ?? []
    }
    if withEdits { try NewestEdits(of: found, tables: &tables).attach(to: &found) }
    return found
  }

  /// Where a scope has what.
  private struct Source {
    let scope: GoldAnomaly.Scope
    let table: TableDefinition
    let name: String?
    let wiki: String?
    let severity: String
    let severities: [String]
    let risk: String
    let types: String?
    let explanation: String

    var columns: [String] {
      ["window_start", "window_end", severity, risk, explanation, "batch_id"] + [name, wiki, types].compactMap(\.self)
    }
  }

  private static let sources = [
    Source(
      scope: .entity, table: Tables.goldEntityMetrics, name: "entity", wiki: "wiki", severity: "severity",
      severities: ["HIGH", "CRITICAL"], risk: "risk_score", types: "anomaly_types", explanation: "anomaly_explanation"),
    Source(
      scope: .user, table: Tables.goldUserMetrics, name: "user_name", wiki: nil, severity: "severity",
      severities: ["HIGH", "CRITICAL"], risk: "user_risk_score", types: "anomaly_types",
      explanation: "anomaly_explanation"),
    Source(
      scope: .global, table: Tables.goldGlobalMetrics, name: nil, wiki: nil, severity: "platform_health",
      severities: ["WARNING", "CRITICAL"], risk: "health_score", types: nil, explanation: "health_explanation"),
  ]

  private func rows(of source: Source, in table: Table, _ filter: Expression) throws -> [GoldAnomaly] {
    var found: [GoldAnomaly] = []
    let severe = Expression.isIn(source.severity, source.severities.map { .text($0) })
    try TableScan(table, filter: filter && severe, columns: source.columns).readAll { batch in
      let starts = try batch.rows.int64s("window_start")
      let ends = try batch.rows.int64s("window_end")
      let risks = try batch.rows.int32s(source.risk)
      func texts(_ name: String?) throws -> [String] {
        let column = try name.map { try batch.rows.binaries($0) }
        return (0..<starts.count).map { column?.string($0) ?? "" }
      }
      let (names, wikis, severities) = (try texts(source.name), try texts(source.wiki), try texts(source.severity))
      let (types, words) = (try texts(source.types), try texts(source.explanation))
      let batches = try texts("batch_id")
      for row in 0..<starts.count {
        let risk = risks[row] ?? 0
        found.append(
          GoldAnomaly(
            scope: source.scope, windowStart: starts.values[row], windowEnd: ends.values[row], name: names[row],
            wiki: wikis[row], severity: severities[row], risk: source.scope == .global ? 100 - risk : risk,
            types: types[row], explanation: words[row], batch: batches[row]))
      }
    }
    return found
  }
}
