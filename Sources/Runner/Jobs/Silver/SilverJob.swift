import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Bronze to Silver: parsed, deduplicated against the whole table, checked.
struct SilverJob: Job {
  let workspace: Workspace
  let settings: SilverSettings

  let name = "silver"
  let main = Tables.silverEvents
  let canHalve = true
  let owing: TableDefinition? = nil
  var attempts: Int { settings.attempts }

  private static let bronzeColumns = Tables.bronzeEvents.schema.fields.map(\.name).filter { $0 != "event_date" }

  func plan(_ request: PlanRequest, tables: inout TableSet) throws -> PlannedInput? {
    guard let bronze = try tables.existing(Tables.bronzeEvents) else { return nil }
    let origin = BronzeOrigin(
      bronze: bronze, ledger: try tables.existing(Tables.qualityMetrics), state: workspace.state)
    return try SilverPlanner(bronze: bronze, origin: origin, settings: settings, request: request).plan()
  }

  func horizon(tables: inout TableSet) throws -> String? {
    guard let bronze = try tables.existing(Tables.bronzeEvents) else { return nil }
    return SilverProgress(table: bronze.metadata.tableUUID, sequence: bronze.metadata.lastSequenceNumber).text
  }

  func execute(_ plan: Plan, fetched: FetchedRecords?, tables: inout TableSet) throws -> Execution {
    let input = try SilverPlanInput(text: plan.input)
    let rows = try read(input, tables: &tables)
    let silver = try tables.owned(main)
    let result =
      input.isPoison ? try poisoned(rows, plan: plan) : try transform(rows, input, plan: plan, silver: silver)
    var metrics = try BatchMetrics(settings.batchChecks(plan.clock).waiving(Set(plan.waivers)))
    try metrics.add(result.events)
    let writer = try OutputWriter(silver, options: settings.files, workspace: workspace)
    try writer.write(result.events)
    let windows = WindowRanges(starts: result.windows)
    let change = try writer.finish(.append, isMain: true, conditions: [.forward], windows: windows)
    let quarantine = QuarantineWriter(table: try tables.owned(Tables.silverQuarantine), workspace: workspace)
    return Execution(
      changes: [change], following: try quarantine.change(result.quarantine).map { [$0] } ?? [],
      counts: result.counts, checks: result.checks, metrics: [metrics])
  }

  /// The Bronze rows of the input, in its order, as they come out of the files.
  private func read(_ input: SilverPlanInput, tables: inout TableSet) throws -> [ColumnBatch] {
    guard let bronze = try tables.existing(Tables.bronzeEvents), bronze.metadata.tableUUID == input.upTo.table else {
      throw InputGone(message: "table bronze_events of the plan is gone")
    }
    let scan = try TableScan(bronze, columns: Self.bronzeColumns)
    var parts: [ColumnBatch] = []
    for piece in try BronzeFiles(bronze: bronze).pieces(after: input.after, upTo: input.upTo) {
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      try scan.read(piece.file) { batch in
        let wanted = batch.positions.indices.filter { piece.rows.contains(batch.positions[$0]) }
        parts.append(wanted.count == batch.rows.rowCount ? batch.rows : batch.rows.gathering(wanted))
      }
    }
    let found = parts.reduce(0) { $0 + $1.rowCount }
    guard Int64(found) == input.rows else {
      throw InputGone(message: "\(found) of the \(input.rows) Bronze rows of the plan are still there")
    }
    return parts
  }

  private func transform(
    _ rows: [ColumnBatch], _ input: SilverPlanInput, plan: Plan, silver: Table
  ) throws -> SilverResult {
    let transform = SilverTransform(
      .init(
        clock: plan.clock, batchID: plan.batch, checks: try plan.refusing(settings.checks(plan.clock), of: main),
        largeEditBytes: settings.largeEditBytes, waived: Set(plan.waivers),
        waivedByBronzeBatch: input.waivers.mapValues { Set($0) }),
      allowlist: settings.allowlist, threads: settings.threads)
    let candidates = try transform.parse(bronze: rows)
    let lookup = SilverLookup(silver: silver, snapshotID: silver.metadata.currentSnapshotID)
    let known = try lookup.known(
      metaIDs: candidates.rows.binaries("meta_id"), timestamps: candidates.rows.int64s("event_timestamp"))
    return try transform.finish(candidates, known: known)
  }

  /// A row that breaks the job goes to quarantine unseen.
  private func poisoned(_ parts: [ColumnBatch], plan: Plan) throws -> SilverResult {
    guard let rows = parts.first, parts.count == 1 else { throw Failure.internalError("a poison batch is one row") }
    var builder = QuarantineBuilder(Tables.silverQuarantine, clock: plan.clock, batchID: plan.batch)
    let data = try rows.binaries("event_data")
    let logs = try rows.binaries("kafka_cluster_id")
    let topics = try rows.binaries("kafka_topic")
    let partitions = try rows.int32s("kafka_partition")
    let offsets = try rows.int64s("kafka_offset")
    for row in 0..<rows.rowCount {
      let origin = QuarantineBuilder.Origin(
        logID: logs[row] ?? [], topic: topics[row] ?? [], partition: partitions.values[row], offset: offsets.values[row]
      )
      builder.append(.init(origin: origin, failedChecks: [PoisonRecord.reason], original: data[row]))
    }
    return SilverResult(
      events: ColumnBatch(empty: Tables.silverEvents.schema), quarantine: try builder.finish(),
      counts: QualityCounts(total: rows.rowCount, passed: 0, failed: rows.rowCount, duplicates: 0), windows: [],
      checks: [CheckCount(name: PoisonRecord.reason, checked: rows.rowCount, failed: rows.rowCount)])
  }
}

/// A record that made the job fail again and again when it was alone in its batch.
enum PoisonRecord {
  /// The reason in quarantine.
  static let reason = "poison"
}
