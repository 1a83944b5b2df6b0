import JobState
import Failures
import Iceberg
import JSON
import Pipeline

/// Commits prepared changes, each exactly once whatever happens in between.
///
/// At every attempt the ancestry of the metadata that the attempt would replace is searched for the run first.
struct Committer {
  /// How a commit ended.
  enum Verdict: Sendable, Hashable {
    /// It is in the table, by this call or an earlier one.
    case committed
    /// Another run did its work.
    case superseded(String)
    /// The tables moved: the plan has to be executed again.
    case stale(String)
  }

  let workspace: Workspace
  let plan: Plan
  /// Outcome and counts, for the summary.
  let outcome: JSONObject
  /// The job whose lock is held: under it the metadata file being written is recorded.
  let lockedJob: String

  /// Commits `change` to `table`. `following` are the changes that come after the main one: the main commit names them, so that
  /// whoever runs the job next commits them first.
  func commit(_ change: PreparedChange, to table: Table, following: [PreparedChange] = []) throws -> Verdict {
    var verdict = Verdict.committed
    let gold = try consumedByGold(change)
    do {
      _ = try table.commit(
        retry: RetryPolicy(wait: pause), clock: { workspace.clock() / 1000 }, random: workspace.random,
        willWriteMetadata: { path in
          try workspace.state.setValue(path, job: lockedJob, key: StateKey.metadata(table: change.table))
        },
        decide: { base, _ in
          let lineage = Lineage(metadata: base)
          if let done = try lineage.find(run: plan.run).snapshot { return .alreadyDone(snapshotID: done.id) }
          let fresh = try table.metadata.currentSnapshotID == base.currentSnapshotID ? table : table.refreshed()
          if let current = base.currentSnapshotID, current != change.base, try mayBeHidden(change, lineage),
            try lineage.holds(change, of: plan.run, in: fresh)
          {
            return .alreadyDone(snapshotID: current)
          }
          verdict = try judge(change, base: base, table: fresh)
          guard verdict == .committed else { return .abandon(Failure.busy("the table moved")) }
          return .proceed(try snapshotChange(change, base: base, table: fresh, following: following, gold: gold))
        })
      try workspace.state.setValue(nil, job: lockedJob, key: StateKey.metadata(table: change.table))
      return .committed
    } catch  where verdict != .committed {
      return verdict
    }
  }

  /// Commits a change that follows the main one. A quarantine table that has moved is looked up again: from the main commit on the run
  /// is never executed again.
  func commitFollowing(_ change: PreparedChange, tables: inout TableSet) throws -> Verdict {
    var change = change
    var verdict = Verdict.committed
    for _ in 0..<5 {
      verdict = try commit(change, to: tables.owned(Tables.definition(named: change.table)))
      guard case .stale = verdict, change.conditions.contains(.rowsOnce) else { return verdict }
      tables.refresh()
      let table = try tables.owned(Tables.definition(named: change.table))
      let writer = QuarantineWriter(table: table, workspace: workspace)
      guard let anew = try writer.rebuilt(change, batch: plan.batch) else { return .committed }
      workspace.written.keep()
      change = anew
    }
    return verdict
  }

  /// Whether the change may have been made by a commit that a cut history hides: not while a forward plan's start stands.
  private func mayBeHidden(_ change: PreparedChange, _ lineage: Lineage) throws -> Bool {
    try !change.conditions.contains(.forward) || lineage.progress() != plan.progressStart
  }

  private func pause(_ milliseconds: Int64) throws {
    if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
    Pause.milliseconds(milliseconds)
  }

  /// Whether the change may be committed onto `base`.
  private func judge(_ change: PreparedChange, base: TableMetadata, table: Table) throws -> Verdict {
    for condition in change.conditions {
      let verdict: Verdict =
        switch condition {
        case .none: .committed
        case .forward: try judgeForward(change, base: base, table: table)
        case .windows(let windows): try judgeWindows(windows, change, base: base, table: table)
        case .rowsOnce: try judgeRows(change, base: base, table: table)
        case .absentDay(let day): try judgeDay(day, table: table)
        }
      if verdict != .committed { return verdict }
    }
    return .committed
  }

  /// A forward batch commits only onto metadata whose progress is its plan's start.
  private func judgeForward(_ change: PreparedChange, base: TableMetadata, table: Table) throws -> Verdict {
    let progress = try Lineage(metadata: base).progress()
    guard progress == plan.progressStart else {
      return .superseded("\(change.table) has gone on to other progress than the plan began with")
    }
    guard plan.job == "silver", base.currentSnapshotID != change.base else { return .committed }
    let added = try table.liveFiles(afterSequence: try sequence(of: change.base, in: base), upTo: .max)
    guard added.contains(where: { $0.snapshotID != change.base }) else { return .committed }
    return .stale("rows were added to \(change.table) since it was looked up")
  }

  private func judgeWindows(
    _ windows: WindowRanges, _ change: PreparedChange, base: TableMetadata, table: Table
  ) throws -> Verdict {
    guard base.currentSnapshotID != change.base else { return .committed }
    let now = try WindowFiles(table: table, column: WindowFiles.column(of: change.table)).files(of: windows).map(
      \.dataFile.path)
    guard Set(now) == Set(change.removed) else {
      return .stale("windows of \(change.table) were changed by another run")
    }
    return .committed
  }

  private func judgeRows(_ change: PreparedChange, base: TableMetadata, table: Table) throws -> Verdict {
    guard base.currentSnapshotID != change.base else { return .committed }
    let writer = QuarantineWriter(table: table, workspace: workspace)
    guard try writer.isValid(change, since: sequence(of: change.base, in: base)) else {
      return .stale("rows of \(change.table) were changed by another run")
    }
    return .committed
  }

  private func judgeDay(_ day: Int32, table: Table) throws -> Verdict {
    let rows = try TableScan(table, filter: .equal("event_date", .date(day))).plan().files
    return rows.isEmpty ? .committed : .superseded("the baselines of that day are there")
  }

  private func sequence(of snapshot: Int64?, in base: TableMetadata) throws -> Int64 {
    guard let snapshot else { return -1 }
    return try base.snapshot(snapshot)?.sequenceNumber ?? -1
  }

  private func snapshotChange(
    _ change: PreparedChange, base: TableMetadata, table: Table, following: [PreparedChange], gold: Int64?
  ) throws -> SnapshotChange {
    var result = SnapshotChange(change.operation)
    result.addedManifests = change.manifests
    result.removed = try live(change.removed, in: table)
    result.summary = try summary(change, base: base, following: following)
    if change.isMain {
      result.update.setProperties = [SummaryKey.batch: plan.batch]
      if let progress = try progress(change, base: base) { result.update.setProperties[SummaryKey.progress] = progress }
      if following.isEmpty {
        result.update.removeProperties = [SummaryKey.following]
      } else {
        result.update.setProperties[SummaryKey.following] = try FollowingChanges(plan: plan, changes: following).text
      }
    }
    result.retention = RetainedSnapshots(count: workspace.snapshotsKept) { snapshot in
      guard let gold, let operation = snapshot.operation else { return false }
      return (operation == .overwrite || operation == .delete) && snapshot.sequenceNumber > gold
    }
    return result
  }

  private func live(_ paths: [String], in table: Table) throws -> [LiveFile] {
    guard !paths.isEmpty else { return [] }
    let wanted = Set(paths)
    let found = try table.liveFiles(afterSequence: -1, upTo: .max).filter { wanted.contains($0.dataFile.path) }
    guard found.count == wanted.count else {
      throw Failure.conflict(
        "\(wanted.count - found.count) files to be replaced are no longer in \(table.identifier.name)")
    }
    return found
  }

  /// A forward batch moves the job's progress; every other commit repeats that of the metadata which it replaces.
  private func progress(_ change: PreparedChange, base: TableMetadata) throws -> String? {
    try change.conditions.contains(.forward) ? plan.progressEnd : Lineage(metadata: base).progress()
  }

  private func summary(
    _ change: PreparedChange, base: TableMetadata, following: [PreparedChange]
  ) throws -> [(String, String)] {
    var pairs = [(SummaryKey.job, plan.job), (SummaryKey.batch, plan.batch), (SummaryKey.run, plan.run)]
    pairs.append((SummaryKey.plan, try planText()))
    if !change.windows.isEmpty, let windows = change.windows.text(atMost: SummaryKey.longestValue) {
      pairs.append((SummaryKey.windows, windows))
    }
    guard change.isMain else { return pairs }
    if let progress = try progress(change, base: base) { pairs.append((SummaryKey.progress, progress)) }
    let manifests = following.flatMap(\.manifests).map(\.path)
    if !manifests.isEmpty { pairs.append((SummaryKey.following, manifests.joined(separator: " "))) }
    return pairs
  }

  /// The plan for the summary; its input is left out where it is too long.
  private func planText() throws -> String {
    var object: JSONObject = ["clock": .integer(plan.clock), "waivers": .array(plan.waivers.map { .string($0) })]
    object["config"] = .string(plan.configuration)
    if let quarantine = plan.quarantine { object["quarantine"] = .object(quarantine.json) }
    for member in outcome.members { object[member.key] = member.value }
    var full = object
    full["input"] = .object(try JSONValue.object(parsing: plan.input, as: "input"))
    let text = JSONValue.object(full).text
    return text.utf8.count <= SummaryKey.longestValue ? text : JSONValue.object(object).text
  }

  /// The sequence number up to which Gold has followed Silver: overwrites beyond it must stay reachable.
  private func consumedByGold(_ change: PreparedChange) throws -> Int64? {
    guard plan.job == "silver", change.isMain else { return nil }
    var tables = TableSet(workspace)
    guard let gold = try tables.existing(Tables.goldGlobalMetrics) else { return -1 }
    guard let text = try Lineage(metadata: gold.metadata).progress() else { return -1 }
    let progress = try GoldProgress(text: text)
    return try progress.table == tables.existing(Tables.silverEvents)?.metadata.tableUUID ? progress.sequence : -1
  }
}
