import Columns
import Failures
import Iceberg
import Pipeline
import Quality

/// Reads earlier values of a job's metrics: those that wait to be flushed, and those in the quality tables.
///
/// The tables are partitioned by the day on which results were written, which is that of the batch or the next one, so that
/// a few days are read: the newest until there are enough values, and for the same hour of the week those seven days apart.
struct MetricHistory {
  let workspace: Workspace
  let plan: Plan

  /// How many days are looked back for the last values.
  static let recentDays: Int32 = 28
  /// How many weeks are looked back for the same hour of the week.
  static let weeks: Int32 = 8

  /// The values of each of `checks` that compares with its history, before the batch. Without such a check nothing is read.
  func points(of checks: [BatchCheck], tables: inout TableSet) throws -> [String: [MetricPoint]] {
    var rules: [String: HistoryRule] = [:]
    for check in checks {
      if case .history(let rule) = check.threshold { rules[check.name] = rule }
    }
    guard !rules.isEmpty else { return [:] }
    var values = Values(rules: rules, plan: plan)
    for result in try QualityLedger(workspace: workspace, job: plan.job).pending() {
      for check in result.batchChecks {
        values.add(check.name, batch: result.plan.batch, time: result.plan.clock, check.value)
      }
    }
    let reading = try StoredMetrics(layer: plan.job, tables: &tables)
    for days in Self.dayGroups(before: GoldWindowGrid.day(of: plan.clock)) {
      let wanted = values.wanting(isWeekly: days.isWeekly)
      guard let reading, !wanted.isEmpty else { continue }
      try reading.read(days: days.days, checks: wanted) {
        values.add($0.check, batch: $0.batch, time: $0.time, $0.value)
      }
    }
    return values.points
  }

  /// Days to be read together, in the order in which they are looked at.
  private static func dayGroups(before today: Int32) -> [(days: [Int32], isWeekly: Bool)] {
    let recent: [ClosedRange<Int32>] = [-1...1, 2...7, 8...recentDays]
    let weekly = (1...weeks).map { week in (days: [today - 7 * week, today - 7 * week + 1], isWeekly: true) }
    return recent.map { ages in (days: ages.map { today - $0 }, isWeekly: false) } + weekly
  }

  /// The values found so far, one a batch and check.
  private struct Values {
    let rules: [String: HistoryRule]
    let plan: Plan
    private var found: [String: [String: MetricPoint]] = [:]

    init(rules: [String: HistoryRule], plan: Plan) {
      self.rules = rules
      self.plan = plan
    }

    /// Adds a value unless it is the batch's own, a later one, or one that the rule does not look at.
    mutating func add(_ check: String, batch: String, time: Int64, _ value: Double?) {
      guard let value, let rule = rules[check], batch != plan.batch, time < plan.clock else { return }
      guard rule.counts(time, clock: plan.clock) else { return }
      if found[check]?[batch] == nil { found[check, default: [:]][batch] = MetricPoint(time: time, value: value) }
    }

    /// The checks that still lack values.
    func wanting(isWeekly: Bool) -> [String] {
      rules.filter { name, rule in
        (rule.comparison == .sameHourOfWeek) == isWeekly && (found[name]?.count ?? 0) < rule.last
      }.keys.sorted()
    }

    var points: [String: [MetricPoint]] { found.mapValues { Array($0.values) } }
  }
}
