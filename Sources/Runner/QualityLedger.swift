import JobState
import Columns
import Failures
import Iceberg
import JSON
import Pipeline
import Quality

/// The results of a job's batches, from the end of a batch until they are in the quality tables: each run exactly once.
struct QualityLedger {
  let workspace: Workspace
  let job: String

  /// Results older than this are written by the next run, in microseconds.
  static let longestWait: Int64 = 3_600_000_000

  /// Remembers the results of a run; adding the same run again changes nothing.
  func add(_ result: BatchResult) throws {
    var results = try pending()
    guard !results.contains(where: { $0.plan.run == result.plan.run }) else { return }
    results.append(result)
    try store(results)
  }

  /// Results that are not in the tables yet, oldest first.
  func pending() throws -> [BatchResult] {
    guard let text = try workspace.state.value(job: job, key: StateKey.pendingResults) else { return [] }
    return try (JSONValue.parse(Array(text.utf8)).array ?? []).map(BatchResult.init(json:))
  }

  /// Whether the oldest pending result has waited long enough.
  func isOverdue() throws -> Bool {
    guard let oldest = try pending().first else { return false }
    return workspace.clock() - oldest.plan.clock > Self.longestWait
  }

  /// Writes all pending results: first the check results, then the metrics. Killed half-way, the next call finishes it. Does nothing
  /// while another process runs the job, which flushes in its turn.
  func flush() throws {
    guard let lock = try workspace.state.lock(job: job) else { return }
    defer { lock.release() }
    try within("quality results of \(job)") {
      var tables = TableSet(workspace)
      let ledger = "\(job).quality"
      try Leftovers(workspace: workspace, job: ledger).deleteOrphanedMetadata(tables: &tables)
      if let record = try workspace.state.unfinished(job: ledger).first {
        try commit(record, tables: &tables)
      }
      let results = try pending()
      guard !results.isEmpty else { return }
      try commit(prepare(results, ledger: ledger, tables: &tables), tables: &tables)
    }
  }

  // MARK: - A flush is a run like any other

  private func prepare(_ results: [BatchResult], ledger: String, tables: inout TableSet) throws -> RunRecord {
    let clock = workspace.clock()
    let run = RunID.make(workspace.random)
    let runs = results.map { JSONValue.string($0.plan.run) }
    let plan = Plan(
      job: ledger, batch: BatchID(job: ledger, firstRun: run).description, run: run, clock: clock, progressStart: nil,
      progressEnd: "", input: JSONValue.object(["runs": .array(runs)]).text, waivers: [],
      configuration: results.last?.plan.configuration ?? "")
    let rows = QualityRows(results: results, clock: clock)
    var execution = Execution(changes: [], following: [], counts: QualityCounts(), checks: [], metrics: [])
    for (definition, batch) in [
      (Tables.qualityCheckResults, try rows.checkResults()), (Tables.qualityMetrics, try rows.metrics()),
    ] where batch.rowCount > 0 {
      let writer = try OutputWriter(tables.owned(definition), workspace: workspace)
      try writer.write(batch)
      execution.changes.append(try writer.finish(.append))
    }
    let record = RunRecord(
      id: run, batch: plan.batch, job: ledger, status: .prepared, plan: try plan.text,
      prepared: PreparedRun(execution).text, attempts: 1, createdMilliseconds: clock / 1000,
      updatedMilliseconds: clock / 1000)
    try workspace.state.record(record)
    workspace.written.keep()
    return record
  }

  private func commit(_ record: RunRecord, tables: inout TableSet) throws {
    let plan = try Plan(text: record.plan)
    let prepared = try PreparedRun(text: record.prepared ?? "{}")
    let committer = Committer(workspace: workspace, plan: plan, outcome: ["outcome": "done"], lockedJob: plan.job)
    for change in prepared.changes {
      _ = try committer.commit(change, to: tables.owned(Tables.definition(named: change.table)))
    }
    let written = try JSONValue.object(parsing: plan.input, as: "input").array("runs").compactMap(\.string)
    try store(pending().filter { !written.contains($0.plan.run) })
    var done = record
    done.status = .done
    done.updatedMilliseconds = workspace.clock() / 1000
    try workspace.state.update(done)
  }

  private func store(_ results: [BatchResult]) throws {
    let text = results.isEmpty ? nil : JSONValue.array(try results.map { try $0.json }).text
    try workspace.state.setValue(text, job: job, key: StateKey.pendingResults)
  }
}
