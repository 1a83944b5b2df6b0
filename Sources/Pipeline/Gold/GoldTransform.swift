public import Columns
public import Detection
import Failures

/// Computes Gold's windows from Silver's rows.
///
/// Rows are added in any number of batches and in any order; the result does not depend on either. What is kept of them is the
/// groups of the windows asked for. `finish` gives the windows, whose rows are made one window at a time.
///
/// A missing flag is false and a missing measure counts nowhere. A missing key is a group of its own, which then fails its check.
public struct GoldTransform: Sendable {
  /// The columns of silver_events that are read; a batch may have more, in any order.
  public static let silverColumns = SilverReader.columns
  /// The columns of silver_quarantine that are read.
  public static let quarantineColumns = QuarantineReader.columns

  private let settings: GoldSettings
  private let positions: [Int64: Int]
  private var windows: [WindowTally]

  /// - Parameters:
  ///   - windows: the starts of the windows to compute; rows of others are ignored.
  ///   - rules: thresholds and baselines.
  ///   - baselines: rows of gold_baselines of the windows' days.
  ///   - watermark: up to where events are complete, in microseconds.
  ///   - clock: the plan's clock in microseconds.
  ///   - batchID: the batch that computes them.
  ///   - checks: the row checks; nil for those that hold unless they are configured.
  /// - Throws: `.invalidArgument` when a start is not on the grid.
  public init(
    windows: some Sequence<Int64>, rules: DetectionRules, baselines: BaselineBook, watermark: Int64, clock: Int64,
    batchID: String, checks: GoldRowChecks? = nil
  ) throws {
    let starts = Set(windows).sorted()
    for start in starts where GoldWindowGrid.start(of: start) != start || start > Int64.max - GoldWindowGrid.width {
      throw Failure.invalidArgument("\(start) µs is not the start of a window")
    }
    settings = GoldSettings(
      rules: rules, baselines: baselines, watermark: watermark, clock: clock, batchID: batchID,
      checks: try checks ?? GoldRowChecks())
    positions = Dictionary(uniqueKeysWithValues: starts.enumerated().map { ($1, $0) })
    let excludedWikis = BinaryColumn(rules.user.excludedWikis)
    self.windows = starts.map { WindowTally(start: $0, excludedWikis: excludedWikis) }
  }

  /// Adds rows of silver_events, those of several windows at a time. Throws where a column is missing or of another type.
  public mutating func add(events: ColumnBatch) throws {
    let reader = try SilverReader(events)
    try addByWindow(reader.times) { $0.add($1, of: reader) }
  }

  /// Adds rows of silver_quarantine; only open ones count, in the window of their event time.
  public mutating func add(quarantined: ColumnBatch) throws {
    let reader = try QuarantineReader(quarantined)
    try addByWindow(reader.times, where: reader.isOpen) { $0.add($1, of: reader) }
  }

  /// The windows, once all rows are added.
  public consuming func finish() -> GoldWindows { GoldWindows(tallies: windows, settings: settings) }

  private mutating func addByWindow(
    _ times: PrimitiveColumn<Int64>, where isWanted: (Int) -> Bool = { _ in true },
    _ add: @Sendable (inout WindowTally, [Int]) -> Void
  ) throws {
    let parts = parts(times, where: isWanted)
    try windows.withUnsafeMutableBufferPointer { windows in
      // Safety: each task has a window of its own, and all are over when `runTasks` returns.
      nonisolated(unsafe) let windows = windows
      _ = try runTasks(parts.count, isConcurrent: true) { add(&windows[parts[$0].window], parts[$0].rows) }
    }
  }

  /// The rows that lie in a window asked for, by window.
  private func parts(
    _ times: PrimitiveColumn<Int64>, where isWanted: (Int) -> Bool
  ) -> [(window: Int, rows: [Int])] {
    var rows = [[Int]](repeating: [], count: windows.count)
    // Rows mostly come in the order of their time.
    var last: (start: Int64, window: Int?) = (.min, nil)
    for row in 0..<times.count {
      guard let time = times[row], isWanted(row) else { continue }
      let start = GoldWindowGrid.start(of: time)
      if start != last.start { last = (start, positions[start]) }
      if let window = last.window { rows[window].append(row) }
    }
    return rows.enumerated().filter { !$0.element.isEmpty }.map { ($0.offset, $0.element) }
  }
}

/// What a Gold batch was given beside rows.
struct GoldSettings: Sendable {
  let rules: DetectionRules
  let baselines: BaselineBook
  let watermark: Int64
  let clock: Int64
  let batchID: String
  let checks: GoldRowChecks

  func stamp(_ start: Int64) -> WindowStamp {
    let isFinal = GoldWindowGrid.isFinal(window: start, watermark: watermark)
    return WindowStamp(start: start, isFinal: isFinal, clock: clock, batchID: batchID)
  }
}
