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
  public static let quarantineColumns = ["event_time", "wiki", "entity", "user_name", "status"]

  private let settings: GoldSettings
  private let positions: [Int64: Int]
  private var windows: [WindowTally]
  private var pages = PageTable()
  private var users = ByteKeyTable()
  private let excludedWikis: UInt32

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
    self.windows = starts.map(WindowTally.init)
    // Numbered first, so that a comparison tells them from the others.
    let excluded = BinaryColumn(rules.user.excludedWikis)
    _ = pages.wikis.numbers(of: excluded, rows: Array(0..<excluded.count))
    excludedWikis = UInt32(pages.wikis.count - 1)
  }

  /// Adds rows of silver_events. Throws where a column is missing or of another type.
  public mutating func add(events: ColumnBatch) throws {
    let reader = try SilverReader(events)
    let (rows, slots) = selection(reader.times)
    let entities = pages.entities.numbers(of: reader.entities, rows: rows)
    let wikis = pages.wikis.numbers(of: reader.wikis, rows: rows)
    let names = users.numbers(of: reader.users, rows: rows)
    for (index, row) in rows.enumerated() {
      let page = pages.number(entity: entities[index], wiki: wikis[index])
      let event = reader.row(row, entity: entities[index], wiki: wikis[index], page: page, user: names[index])
      windows[slots[index]].add(event, excludedWikis: excludedWikis)
    }
  }

  /// Adds rows of silver_quarantine; only open ones count, in the window of their event time.
  public mutating func add(quarantined: ColumnBatch) throws {
    let statuses = try quarantined.binaries("status")
    let (rows, slots) = selection(try quarantined.int64s("event_time")) { row in
      statuses.withUnsafeBytes(row: row) { $0.elementsEqual("open".utf8) }
    }
    let entities = pages.entities.numbers(of: try quarantined.binaries("entity"), rows: rows)
    let wikis = pages.wikis.numbers(of: try quarantined.binaries("wiki"), rows: rows)
    let names = users.numbers(of: try quarantined.binaries("user_name"), rows: rows)
    for index in rows.indices {
      let isPage = entities[index] != ByteKeyTable.missing && wikis[index] != ByteKeyTable.missing
      let page = isPage ? pages.number(entity: entities[index], wiki: wikis[index]) : nil
      windows[slots[index]].addFailed(page: page, user: names[index])
    }
  }

  /// The windows, once all rows are added.
  public consuming func finish() -> GoldWindows {
    GoldWindows(tallies: windows, pages: pages, users: users, settings: settings)
  }

  /// The rows that lie in a window asked for, and which window that is.
  private func selection(
    _ times: PrimitiveColumn<Int64>, where isWanted: (Int) -> Bool = { _ in true }
  ) -> (rows: [Int], windows: [Int]) {
    var rows: [Int] = []
    var slots: [Int] = []
    var last: (start: Int64, slot: Int?) = (Int64.min, nil)
    for row in 0..<times.count {
      guard let time = times[row], isWanted(row) else { continue }
      let start = GoldWindowGrid.start(of: time)
      if start != last.start { last = (start, positions[start]) }
      guard let slot = last.slot else { continue }
      rows.append(row)
      slots.append(slot)
    }
    return (rows, slots)
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
