import Columns
import Failures
import Iceberg
import Pipeline
import Synchronization

/// Reads what Gold's windows are computed from, some windows at a time.
struct GoldReading {
  private let input: GoldPlanInput
  private let silver: Table
  private let quarantine: Table?
  private let events: TimedFiles
  private let refused: TimedFiles

  /// Finds the files that hold rows of the input's windows. Throws `InputGone` when the snapshot is not there any more.
  init(_ input: GoldPlanInput, tables: inout TableSet) throws {
    guard let silver = try tables.existing(Tables.silverEvents) else {
      throw InputGone(message: "table silver_events is gone")
    }
    guard try silver.metadata.snapshot(input.snapshot) != nil else {
      throw InputGone(message: "snapshot \(input.snapshot) of silver_events is gone")
    }
    self.input = input
    self.silver = silver
    quarantine = try tables.existing(Tables.silverQuarantine)
    events = try TimedFiles(Self.eventScan(silver, input.snapshot, input.windows))
    refused = try TimedFiles(quarantine.map { try Self.quarantineScan($0, input.windows) })
  }

  /// Feeds Silver's rows and the open quarantine of `windows`, which are some of the input's, to a transform of these.
  func feed(_ transform: consuming GoldTransform, _ windows: WindowRanges) throws -> GoldTransform {
    let transform = Mutex(transform)
    let scan = try Self.eventScan(silver, input.snapshot, windows)
    let files = events.files(of: windows)
    _ = try runTasks(files.count, threads: Self.filesAtOnce) { index in
      try scan.read(files[index]) { batch in try transform.withLock { try $0.add(events: batch.rows) } }
    }
    if let quarantine {
      let open = try Self.quarantineScan(quarantine, windows)
      for file in refused.files(of: windows) {
        try open.read(file) { batch in try transform.withLock { try $0.add(quarantined: batch.rows) } }
      }
    }
    return transform.withLock { $0 }
  }

  /// Rows of one file are added while others are fetched and decoded.
  private static let filesAtOnce = 3

  /// Rows whose event time lies in one of the windows; `event_date` is the date of that time, so that partitions are left out.
  private static func eventScan(_ silver: Table, _ snapshot: Int64, _ windows: WindowRanges) throws -> TableScan {
    let days = Set(windows.starts.map(GoldWindowGrid.day(of:))).sorted().map { Literal.date($0) }
    return try TableScan(
      silver, snapshotID: snapshot, filter: .isIn("event_date", days) && times(windows),
      columns: GoldTransform.silverColumns)
  }

  private static func quarantineScan(_ quarantine: Table, _ windows: WindowRanges) throws -> TableScan {
    try TableScan(
      quarantine, filter: times(windows) && .equal("status", .text("open")), columns: GoldTransform.quarantineColumns)
  }

  private static func times(_ windows: WindowRanges) -> Expression {
    .or(
      windows.ranges.map { range in
        .greaterOrEqual("event_time", .timestamptz(range.lowerBound * GoldWindowGrid.width))
          && .less("event_time", .timestamptz((range.upperBound + 1) * GoldWindowGrid.width))
      })
  }
}

/// The files of a scan with the windows that their event times cover.
private struct TimedFiles {
  private var files: [(file: LiveFile, windows: WindowRanges?)] = []

  init(_ scan: TableScan?) throws {
    guard let scan, scan.snapshot != nil else { return }
    let bounds = try Bounds(table: scan.table, column: "event_time")
    files = try scan.plan().files.map { file in
      let times = try bounds.range(file.dataFile)
      return (file, times.map { WindowRanges(covering: $0.lowerBound, through: $0.upperBound) })
    }
  }

  /// Those that may hold rows of one of `windows`.
  func files(of windows: WindowRanges) -> [LiveFile] {
    files.filter { $0.windows?.overlaps(windows) ?? true }.map(\.file)
  }
}
