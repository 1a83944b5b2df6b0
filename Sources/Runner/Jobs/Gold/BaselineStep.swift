import Detection
import Columns
import Failures
import Iceberg
import Pipeline

/// Computes a day's baselines the first time that a batch has a window of that day, and reads them ever after.
struct BaselineStep {
  let workspace: Workspace
  let settings: GoldSettings
  let plan: Plan

  /// The baselines of the windows' day, and the change that stores them when they are new.
  func run(_ input: GoldPlanInput, tables: inout TableSet) throws -> (book: BaselineBook, change: PreparedChange?) {
    var book = BaselineBook()
    guard settings.rules.baselines.mode == .adaptive, let first = input.windows.starts.first else { return (book, nil) }
    let day = GoldWindowGrid.day(of: first)
    let table = try tables.owned(Tables.goldBaselines)
    if table.metadata.currentSnapshotID != nil {
      try TableScan(table, filter: .equal("event_date", .date(day)), columns: BaselineBook.columns).readAll {
        try book.add($0.rows)
      }
      if book.hasDay(day) { return (book, nil) }
    }
    let rows = try compute(day, tables: &tables)
    guard rows.rowCount > 0 else { return (book, nil) }
    try book.add(rows)
    let writer = try OutputWriter(table, workspace: workspace)
    try writer.write(rows)
    return (book, try writer.finish(.append, conditions: [.absentDay(day)]))
  }

  private func compute(_ day: Int32, tables: inout TableSet) throws -> ColumnBatch {
    let globals = try tables.owned(Tables.goldGlobalMetrics)
    var transform = BaselineTransform(
      day: day, firstWindow: try firstWindow(globals), rules: settings.rules, batchID: plan.batch)
    guard let range = transform.windows else { return try transform.finish() }
    let sources: [(TableDefinition, [String], (inout BaselineTransform, ColumnBatch) throws -> Void)] = [
      (Tables.goldEntityMetrics, BaselineTransform.entityColumns, { try $0.add(entities: $1) }),
      (Tables.goldUserMetrics, BaselineTransform.userColumns, { try $0.add(users: $1) }),
      (Tables.goldGlobalMetrics, BaselineTransform.globalColumns, { try $0.add(globals: $1) }),
    ]
    let filter =
      Expression.greaterOrEqual("window_start", .timestamptz(range.lowerBound))
      && .less("window_start", .timestamptz(range.upperBound))
    for (definition, columns, add) in sources {
      let table = try tables.owned(definition)
      guard table.metadata.currentSnapshotID != nil else { continue }
      try TableScan(table, filter: filter, columns: columns).readAll { try add(&transform, $0.rows) }
    }
    return try transform.finish()
  }

  /// The first window that Gold has, from the bounds of its files.
  private func firstWindow(_ globals: Table) throws -> Int64? {
    guard globals.metadata.currentSnapshotID != nil else { return nil }
    let bounds = try Bounds(table: globals, column: "window_start")
    return try globals.liveFiles(afterSequence: -1, upTo: .max).compactMap { try bounds.range($0.dataFile)?.lowerBound }
      .min()
  }
}
