public import Failures
import JobState
import Pipeline
public import Quality

/// What an operator decides about quarantined rows: each decision is a run of the layer's job, planned, recorded and finished by whoever
/// runs the job next.
public struct QuarantineDecisions {
  /// What a decision would do.
  public struct Preview: Sendable {
    /// What would become of the rows, for a release.
    public var counts = QualityCounts()
    /// What would be decided.
    public var result = DecisionResult()
  }

  private let runner: JobRunner
  private let options: RunOptions
  private var workspace: Workspace { runner.workspace }

  /// Decisions with the options of a run: its waivers are those of a release.
  public init(workspace: Workspace, settings: JobSettings, options: RunOptions) {
    runner = JobRunner(workspace: workspace, settings: settings)
    self.options = options
  }

  /// Takes rows out of quarantine into the layer's main table, those that pass its rules now, less the waived checks. Rows that the table
  /// holds already become released too. `progress` is called after each run.
  ///
  /// Throws `.qualityGate` for Gold, whose rows are computed, and `.busy`.
  public func release(
    _ layer: JobName, _ selection: QuarantineSelection, progress: (BatchReport) -> Void = { _ in }
  ) throws -> [BatchReport] {
    guard layer != .gold else { throw Self.computedRows }
    return try decide(.release, layer, selection, progress: progress)
  }

  /// Closes rows that are open. Throws `.busy`.
  public func discard(
    _ layer: JobName, _ selection: QuarantineSelection, progress: (BatchReport) -> Void = { _ in }
  ) throws -> [BatchReport] {
    var selection = selection
    selection.statuses = [.open]
    return try decide(.discard, layer, selection, progress: progress)
  }

  /// What `release` or `discard` (`kind`) would do now. Changes nothing and takes no lock.
  public func preview(_ kind: PlanKind, _ layer: JobName, _ selection: QuarantineSelection) throws -> Preview {
    guard layer != .gold || kind != .release else { throw Self.computedRows }
    let job = runner.make(layer)
    var preview = Preview()
    try forEachPart(of: selection) { part in
      var position: QuarantinePosition?
      var tables = TableSet(workspace)
      guard let table = try tables.existing(job.quarantine) else { return }
      let pages = QuarantinePages(table: table, selection: part)
      while let page = try pages.next(after: position, limit: job.rowLimit) {
        try add(page, of: pages, kind, job, to: &preview)
        position = page.upTo
      }
    }
    return preview
  }

  private func add(
    _ page: DecisionPlanInput, of pages: QuarantinePages, _ kind: PlanKind, _ job: any Job, to preview: inout Preview
  ) throws {
    guard kind == .release else {
      preview.result.decided += page.rows
      return
    }
    let plan = Plan(
      job: job.name, batch: "preview", run: "preview", clock: workspace.clock(), progressStart: nil, progressEnd: "",
      input: page.text, bases: [], waivers: options.waivers.sorted(), configuration: "", kind: kind)
    var tables = TableSet(workspace)
    let redriven = try job.redrive(try QuarantinedPage(pages, page), plan: plan, tables: &tables)
    preview.counts = preview.counts + redriven.counts
    preview.result =
      preview.result
      + DecisionResult(
        decided: redriven.counts.passed + redriven.counts.duplicates, failing: try redriven.failing,
        restored: redriven.restored)
  }

  private func decide(
    _ kind: PlanKind, _ layer: JobName, _ selection: QuarantineSelection, progress: (BatchReport) -> Void
  ) throws -> [BatchReport] {
    let batches = BatchRunner(workspace: workspace, job: runner.make(layer), options: options)
    var reports: [BatchReport] = []
    try forEachPart(of: selection) { part in
      var position: QuarantinePosition?
      while let decision = try batches.decide(kind, part, after: position, resumed: progress) {
        reports.append(decision.report)
        progress(decision.report)
        position = decision.upTo
        if workspace.isStopping() { throw Failure.unavailable("asked to stop after \(decision.report.plan.batch)") }
      }
    }
    try QualityLedger(workspace: workspace, job: layer.rawValue).flush()
    return reports
  }

  /// Rows that are quarantined from now on are not meant, and a plan names a bounded number of ids.
  private func forEachPart(of selection: QuarantineSelection, _ body: (QuarantineSelection) throws -> Void) throws {
    var bounded = selection
    bounded.until = min(selection.until ?? .max, workspace.clock() + 1)
    guard let ids = selection.ids else { return try body(bounded) }
    for first in stride(from: 0, to: ids.count, by: Self.idsAtOnce) {
      bounded.ids = Array(ids[first..<min(first + Self.idsAtOnce, ids.count)])
      try body(bounded)
    }
  }

  private static let idsAtOnce = 500

  /// Why Gold's rows are not released, and what to do instead.
  public static let computedRows = Failure.qualityGate(
    "rows of gold_quarantine were computed from Silver and cannot be released: they are replaced when their window is computed again, which any change of Silver's rows in it brings about"
  )
}
