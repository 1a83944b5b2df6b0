public import Columns
public import Detection
import Failures

/// Learns what is normal on a day from Gold's windows of the days before: the rows of gold_baselines that hold for it.
///
/// Windows without a row count as 0, from the later of the first day and Gold's first window on. For a page the numbers counted
/// are its edits by people; for users the edits and pages of each window of each user that has edits and is no bot; for an hour
/// of the day the events of its windows. A page without an edit in most windows has no row.
public struct BaselineTransform: Sendable {
  /// The columns of gold_entity_metrics_10min that are read.
  public static let entityColumns = [
    "window_start", "entity", "wiki", "edit_count", "new_page_count", "bot_edit_count", "revert_count",
    "anonymous_edit_count",
  ]
  /// The columns of gold_user_metrics_10min that are read.
  public static let userColumns = [
    "window_start", "is_bot", "is_anonymous", "edit_count", "new_page_count", "revert_count", "entities_edited",
  ]
  /// The columns of gold_global_metrics_10min that are read.
  public static let globalColumns = [
    "window_start", "total_events", "total_edits", "total_new_pages", "total_reverts", "total_anonymous",
  ]

  /// The range of window starts, in microseconds, whose rows are needed: the days before that Gold has. Nil when too few windows
  /// have elapsed; then there is nothing to read, and `finish` gives no row.
  public let windows: Range<Int64>?

  private let day: Int32
  private let rules: BaselineRules
  private let batchID: String
  private var pages = PageTable()
  private var pageHistories = PageHistories()
  private var users = UserHistory()
  private var hours: [HourHistory]

  /// - Parameters:
  ///   - day: the day that the baselines hold for, in days since 1970-01-01.
  ///   - firstWindow: the start of Gold's first window, nil when Gold is empty.
  ///   - rules: how many days, and the minimum.
  ///   - batchID: the batch that computes them.
  public init(day: Int32, firstWindow: Int64?, rules: DetectionRules, batchID: String) {
    self.day = day
    self.rules = rules.baselines
    self.batchID = batchID
    let end = Int64(day) * Calendar.microsecondsPerDay
    let first = firstWindow.map { max($0, end - Int64(rules.baselines.days) * Calendar.microsecondsPerDay) }
    if let first, first < end, (end - first) / GoldWindowGrid.width >= Int64(rules.baselines.minimumWindows) {
      windows = GoldWindowGrid.start(of: first)..<end
    } else {
      windows = nil
    }
    hours = [HourHistory](repeating: HourHistory(), count: 24)
  }

  /// Adds rows of gold_entity_metrics_10min; those outside `windows` are ignored. Throws where a column is missing.
  public mutating func add(entities: ColumnBatch) throws {
    let rows = wanted(try entities.int64s("window_start"))
    let numbers = pages.numbers(
      entities: try entities.binaries("entity"), wikis: try entities.binaries("wiki"), rows: rows)
    let edits = try sum(entities, "edit_count", "new_page_count")
    let bots = try entities.int64s("bot_edit_count").values
    let reverts = try entities.int64s("revert_count").values
    let anonymous = try entities.int64s("anonymous_edit_count").values
    for (row, page) in zip(rows, numbers) {
      pageHistories.add(
        page, humanEdits: edits[row] &- bots[row],
        EditShares(edits: edits[row], reverts: reverts[row], anonymous: anonymous[row]))
    }
  }

  /// Adds rows of gold_user_metrics_10min; bots and those without an edit are ignored, as are those outside `windows`.
  public mutating func add(users batch: ColumnBatch) throws {
    let isBot = try batch.bools("is_bot").values
    let isAnonymous = try batch.bools("is_anonymous").values
    let edits = try sum(batch, "edit_count", "new_page_count")
    let reverts = try batch.int64s("revert_count").values
    let entities = try batch.int64s("entities_edited").values
    for row in wanted(try batch.int64s("window_start")) where !isBot[row] && edits[row] > 0 {
      let anonymous = isAnonymous[row] ? edits[row] : 0
      users.add(
        entities: entities[row], EditShares(edits: edits[row], reverts: reverts[row], anonymous: anonymous))
    }
  }

  /// Adds rows of gold_global_metrics_10min; those outside `windows` are ignored.
  public mutating func add(globals: ColumnBatch) throws {
    let starts = try globals.int64s("window_start")
    let events = try globals.int64s("total_events").values
    let edits = try sum(globals, "total_edits", "total_new_pages")
    let reverts = try globals.int64s("total_reverts").values
    let anonymous = try globals.int64s("total_anonymous").values
    for row in wanted(starts) {
      hours[GoldWindowGrid.hour(of: starts.values[row])].add(
        events: events[row], EditShares(edits: edits[row], reverts: reverts[row], anonymous: anonymous[row]))
    }
  }

  /// The rows of gold_baselines: users, the hours, then the pages by name. None below the minimum.
  public consuming func finish() throws -> ColumnBatch {
    guard let windows else { return ColumnBatch(empty: Tables.goldBaselines.schema) }
    let rows = userRows() + hourRows(windows) + pageRows(windows)
    return try BaselineRow.batch(rows, day: day, windows: windows, batchID: batchID, pages: pages)
  }

  private func wanted(_ starts: PrimitiveColumn<Int64>) -> [Int] {
    guard let windows else { return [] }
    return (0..<starts.count).filter { row in starts[row].map { windows.contains($0) } ?? false }
  }

  private func sum(_ batch: ColumnBatch, _ first: String, _ second: String) throws -> [Int64] {
    zip(try batch.int64s(first).values, try batch.int64s(second).values).map { $0 &+ $1 }
  }

  private func userRows() -> [BaselineRow] {
    guard let edits = users.edits.statistics(absent: 0), let entities = users.entities.statistics(absent: 0) else {
      return []
    }
    let baseline = users.shares.baseline(
      events: edits.spread(scale: rules.deviationScale), entities: entities.spread(scale: rules.deviationScale))
    return [BaselineRow(key: .users, windows: users.edits.count, baseline: baseline)]
  }

  private func hourRows(_ windows: Range<Int64>) -> [BaselineRow] {
    let elapsed = Self.windowsByHour(windows)
    return hours.enumerated().compactMap { hour, history in
      let absent = elapsed[hour] - history.events.count
      guard let events = history.events.statistics(absent: absent) else { return nil }
      let baseline = history.shares.baseline(events: events.spread(scale: rules.deviationScale))
      return BaselineRow(key: .hour(hour), windows: elapsed[hour], baseline: baseline)
    }
  }

  private func pageRows(_ windows: Range<Int64>) -> [BaselineRow] {
    let elapsed = Int((windows.upperBound - windows.lowerBound) / GoldWindowGrid.width)
    let rows = pageHistories.pages(withAtLeast: elapsed - elapsed / 2).compactMap { page -> BaselineRow? in
      let (histogram, shares) = pageHistories.history(of: page)
      guard let events = histogram.statistics(absent: elapsed - histogram.count),
        events.median != 0 || events.medianDeviation != 0
      else { return nil }
      let baseline = shares.baseline(events: events.spread(scale: rules.deviationScale))
      return BaselineRow(key: .page(page), windows: elapsed, baseline: baseline)
    }
    return BaselineRow.sorted(rows, pages)
  }

  private static func windowsByHour(_ windows: Range<Int64>) -> [Int] {
    var counts = [Int](repeating: 0, count: 24)
    for start in stride(from: windows.lowerBound, to: windows.upperBound, by: Int(GoldWindowGrid.width)) {
      counts[GoldWindowGrid.hour(of: start)] += 1
    }
    return counts
  }
}
