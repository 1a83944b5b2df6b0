import Detection
import Failures
import Iceberg
import Log
import Pipeline
import RecentChange

/// Decides which windows the next Gold batch computes.
struct GoldPlanner {
  let silver: Table
  /// Gold's main table; nil where it is not there yet.
  let gold: Table?
  let settings: GoldSettings
  let request: PlanRequest
  let log: Logger

  /// The input that comes next, nil when no window was touched and none became final.
  func plan() throws -> PlannedInput? {
    let cursor = try request.progress.map(GoldProgress.init(text:))
    if let cursor, cursor.table != silver.metadata.tableUUID {
      throw Failure.qualityGate(
        "Gold's progress is of Silver table \(cursor.table), but the table is now \(silver.metadata.tableUUID)")
    }
    guard let snapshot = try wantedSnapshot(after: cursor) else { return nil }
    let clock = request.clock()
    let files = try silver.liveFiles(afterSequence: -1, upTo: snapshot.sequenceNumber, snapshotID: snapshot.id)
    let watermark = max(try newWatermark(files, clock: clock), cursor?.watermark ?? .min)
    var windows = cursor?.pending ?? WindowRanges()
    let touched = TouchedWindows(silver: silver, upTo: snapshot)
    windows.formUnion(try cursor.map(touched.since) ?? touched.all())
    windows.formUnion(try becameFinal(after: cursor?.watermark, upTo: watermark))
    windows = try withoutRetired(windows)
    guard !windows.isEmpty else { return nil }
    let (chosen, rows) = try choose(windows, files: files)
    let rest = WindowRanges(starts: windows.starts.filter { !chosen.contains($0) })
    let end = GoldProgress(
      table: silver.metadata.tableUUID, snapshot: snapshot.id, sequence: snapshot.sequenceNumber, watermark: watermark,
      pending: rest)
    let input = GoldPlanInput(windows: chosen, snapshot: snapshot.id, watermark: watermark, rows: rows)
    return PlannedInput(input: input.text, progressEnd: end.text, clock: clock, fetched: nil)
  }

  /// The snapshot to follow: the newest, or with a horizon the older of the two, but never one before the cursor's.
  private func wantedSnapshot(after cursor: GoldProgress?) throws -> Snapshot? {
    let newest = try silver.metadata.currentSnapshot()
    guard let horizon = request.horizon.flatMap({ Int64($0) }) else { return newest }
    var ancestry = silver.metadata.ancestors(of: silver.metadata.currentSnapshotID)
    var wanted = newest
    while let snapshot = try ancestry.next() {
      wanted = snapshot
      if snapshot.id == horizon || snapshot.id == cursor?.snapshot { return wanted }
    }
    return newest
  }

  private func newWatermark(_ files: [LiveFile], clock: Int64) throws -> Int64 {
    let bounds = try Bounds(table: silver, column: "event_time")
    let largest = try files.compactMap { try bounds.range($0.dataFile)?.upperBound }.max() ?? .min
    guard largest > .min else { return .min }
    return GoldWindowGrid.watermark(
      largestEventTime: largest, clock: clock, allowedLatenessSeconds: settings.rules.allowedLatenessSeconds)
  }

  /// Windows of Gold that end between the two watermarks: they become final.
  private func becameFinal(after old: Int64?, upTo new: Int64) throws -> WindowRanges {
    guard let gold, let old, old < new, gold.metadata.currentSnapshotID != nil else { return WindowRanges() }
    let filter = Expression.greater("window_end", .timestamptz(old)) && .lessOrEqual("window_end", .timestamptz(new))
    let bounds = try Bounds(table: gold, column: "window_start")
    var starts: [Int64] = []
    for file in try TableScan(gold, filter: filter).plan().files {
      guard let range = try bounds.range(file.dataFile) else { continue }
      starts += GoldWindowGrid.passed(
        after: old, upTo: new, in: WindowRanges(covering: range.lowerBound, through: range.upperBound).starts)
    }
    return WindowRanges(starts: starts)
  }

  /// Windows before the date from which rows are retained are never computed again.
  private func withoutRetired(_ windows: WindowRanges) throws -> WindowRanges {
    guard let text = silver.metadata.properties[SummaryKey.retainedFrom] else { return windows }
    guard let midnight = EventTime.microseconds(text + "T00:00:00Z") else {
      throw Failure.malformedInput("property \(SummaryKey.retainedFrom) of silver_events is no date: \(text)")
    }
    let kept = WindowRanges(starts: windows.starts.filter { $0 >= midnight })
    if kept.count < windows.count {
      log.warning(
        "\(windows.count - kept.count) windows before \(text) are left as they are: rows of silver_events are gone")
    }
    return kept
  }

  /// The first windows, of one day so that the baselines of the next day see all of them, with about as many rows as a batch may
  /// have.
  private func choose(_ windows: WindowRanges, files: [LiveFile]) throws -> (WindowRanges, Int64) {
    let density = try WindowDensity(files: files, silver: silver)
    var chosen: [Int64] = []
    var rows: Int64 = 0
    for start in windows.starts {
      let more = density.rows(in: start)
      if let first = chosen.first {
        guard GoldWindowGrid.day(of: first) == GoldWindowGrid.day(of: start) else { break }
        guard chosen.count < settings.windowLimit, rows + more <= Int64(settings.rowLimit) else { break }
      }
      chosen.append(start)
      rows += more
    }
    return (WindowRanges(starts: chosen), rows)
  }
}
