import EventLog
import Failures
import Iceberg
import JobState
import Pipeline

/// Reads how the pipeline stands, without changing anything.
public struct StatusReader {
  private let workspace: Workspace
  private let settings: JobSettings

  /// A reader.
  public init(workspace: Workspace, settings: JobSettings) {
    self.workspace = workspace
    self.settings = settings
  }

  /// The status now.
  public func read() throws -> PipelineStatus {
    var tables = TableSet(workspace)
    let jobs = try JobName.allCases.map { try job($0, &tables) }
    let states = try Tables.all.compactMap { definition in
      try tables.existing(definition).map { try state(of: $0) }
    }
    return PipelineStatus(jobs: jobs, tables: states)
  }

  /// When the oldest input that `name` has not consumed came, in microseconds; nil when there is none.
  public func oldestWaiting(_ name: JobName) throws -> Int64? {
    var tables = TableSet(workspace)
    return try job(name, &tables).oldestWaiting
  }

  private func job(_ name: JobName, _ tables: inout TableSet) throws -> PipelineStatus.Job {
    let main: TableDefinition =
      switch name {
      case .bronze: Tables.bronzeEvents
      case .silver: Tables.silverEvents
      case .gold: Tables.goldGlobalMetrics
      }
    let table = try tables.existing(main)
    let newest = try table.flatMap { try Lineage(metadata: $0.metadata).newestBatch() }
    let progress = try table.flatMap { try Lineage(metadata: $0.metadata).progress() }
    let waiting: (Int64, String, Int64?) =
      switch name {
      case .bronze: try waitingRecords(progress)
      case .silver: try waitingRows(progress, &tables)
      case .gold: try waitingWindows(progress, &tables)
      }
    return PipelineStatus.Job(
      name: name, lastBatch: newest?.summary[SummaryKey.batch],
      lastCommit: newest.map { $0.timestampMilliseconds * 1000 },
      waiting: waiting.0, unit: waiting.1, oldestWaiting: waiting.2,
      blocked: try workspace.state.blocked(job: name.rawValue)?.batch)
  }

  private func waitingRecords(_ progress: String?) throws -> (Int64, String, Int64?) {
    let offsets = try progress.map(BronzeProgress.init(text:))?.offsets ?? [:]
    var count: Int64 = 0
    var oldest: Int64?
    for topic in settings.bronze.topics + settings.bronze.deadLetterTopics {
      for partition in try workspace.eventLog.partitions(of: topic) {
        let next = max(offsets[topic]?[partition.partition] ?? partition.earliest, partition.earliest)
        guard next < partition.end else { continue }
        count += partition.end - next
        let first = try workspace.eventLog.fetch(
          topic: topic, partition: partition.partition, from: next, to: next + 1, maxBytes: 1)
        if let time = first.timestamps.first { oldest = min(oldest ?? .max, time * 1000) }
      }
    }
    return (count, "records", oldest)
  }

  private func waitingRows(_ progress: String?, _ tables: inout TableSet) throws -> (Int64, String, Int64?) {
    guard let bronze = try tables.existing(Tables.bronzeEvents) else { return (0, "rows", nil) }
    let pieces = try BronzeFiles(bronze: bronze).pieces(after: progress.map(SilverProgress.init(text:)), upTo: nil)
    let oldest = try pieces.first.flatMap { try bronze.metadata.snapshot($0.file.snapshotID)?.timestampMilliseconds }
    return (pieces.reduce(0) { $0 + Int64($1.rows.count) }, "rows", oldest.map { $0 * 1000 })
  }

  private func waitingWindows(_ progress: String?, _ tables: inout TableSet) throws -> (Int64, String, Int64?) {
    guard let silver = try tables.existing(Tables.silverEvents), let newest = try silver.metadata.currentSnapshot()
    else {
      return (0, "windows", nil)
    }
    let touched = TouchedWindows(silver: silver, upTo: newest)
    guard let cursor = try progress.map(GoldProgress.init(text:)) else {
      return (Int64(try touched.all().count), "windows", newest.timestampMilliseconds * 1000)
    }
    var windows = cursor.pending
    windows.formUnion(try touched.since(cursor))
    guard !windows.isEmpty else { return (0, "windows", nil) }
    return (Int64(windows.count), "windows", try oldestUnfollowed(cursor, in: silver).map { $0 * 1000 })
  }

  /// When the oldest commit that Gold has not computed was made, in milliseconds: that of the cursor while windows of it are pending.
  private func oldestUnfollowed(_ cursor: GoldProgress, in silver: Table) throws -> Int64? {
    var oldest: Int64?
    var ancestry = silver.metadata.ancestors(of: silver.metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if snapshot.sequenceNumber < cursor.sequence { break }
      if snapshot.sequenceNumber == cursor.sequence && cursor.pending.isEmpty { break }
      oldest = snapshot.timestampMilliseconds
    }
    return oldest
  }

  private func state(of table: Table) throws -> PipelineStatus.TableState {
    let summary = try table.metadata.currentSnapshot()?.summary
    func total(_ key: String) -> Int64 { summary?[key].flatMap { Int64($0) } ?? 0 }
    return PipelineStatus.TableState(
      name: table.identifier.name, rows: total("total-records"), files: total("total-data-files"),
      bytes: total("total-files-size"), snapshots: table.metadata.snapshotIDs.count,
      metadataLocation: table.metadataLocation)
  }
}
