import Columns
import Detection

/// A window's row of gold_global_metrics_10min before it becomes columns.
struct GlobalRow {
  let tally: GlobalTally
  let activity: GlobalActivity
  let baseline: Baseline?
  let score: GlobalScore

  init(_ tally: GlobalTally, _ known: WindowBaselines.Known, _ rules: DetectionRules) {
    var activity = GlobalActivity()
    activity.events = Int64(tally.counts.total)
    activity.edits = tally.counts.edits
    activity.reverts = Int64(tally.counts.revert)
    activity.anonymousEdits = Int64(tally.counts.anonymous)
    activity.averageLag = tally.lag.average
    self.tally = tally
    self.activity = activity
    baseline = known.baseline
    score = rules.score(activity, against: known.baseline, kind: known.kind)
  }

  /// The rows (one, or none where nothing happened) as columns of the table.
  static func batch(_ rows: [GlobalRow], _ window: WindowStamp, _ kind: BaselineKind) throws -> ColumnBatch {
    var columns = NamedColumns(rows)
    columns.stamp(window, kind)
    addCounts(&columns)
    addMeasures(&columns)
    addScores(&columns)
    return try columns.batch(Tables.goldGlobalMetrics.schema)
  }

  private static func addCounts(_ columns: inout NamedColumns<GlobalRow>) {
    columns.counts("total_events") { $0.tally.counts.total }
    columns.counts("total_edits") { $0.tally.counts.edit }
    columns.counts("total_new_pages") { $0.tally.counts.new }
    columns.counts("total_categorize") { $0.tally.counts.categorize }
    columns.counts("total_log") { $0.tally.counts.log }
    columns.counts("total_reverts") { $0.tally.counts.revert }
    columns.counts("total_anonymous") { $0.tally.counts.anonymous }
    columns.counts("total_bot") { $0.tally.counts.bot }
    columns.counts("total_large_edits") { $0.tally.counts.large }
    columns.longs("total_bytes_changed") { $0.tally.bytes.sum }
    columns.longs("total_quality_failed") { $0.tally.failed }
    columns.counts("unique_users") { $0.tally.users }
    columns.counts("unique_entities") { $0.tally.entities }
    columns.counts("unique_wikis") { $0.tally.wikis }
    columns.longs("max_processing_lag") { $0.tally.lag.max }
  }

  private static func addMeasures(_ columns: inout NamedColumns<GlobalRow>) {
    columns.doubles("avg_bytes_changed") { $0.tally.bytes.average }
    columns.doubles("avg_processing_lag") { $0.tally.lag.average }
    columns.doubles("revert_ratio") { $0.activity.revertRatio }
    columns.doubles("anonymous_ratio") { $0.activity.anonymousRatio }
    columns.doubles("bot_ratio") { share($0.tally.counts.bot, of: $0.activity.edits) ?? 0 }
    columns.doubles("events_per_user") { share($0.tally.counts.total, of: Int64($0.tally.users)) }
    columns.doubles("events_per_entity") { share($0.tally.counts.total, of: Int64($0.tally.entities)) }
  }

  private static func addScores(_ columns: inout NamedColumns<GlobalRow>) {
    columns.doubles("baseline_events_avg") { $0.baseline?.events.average }
    columns.doubles("baseline_events_stddev") { $0.baseline?.events.deviation }
    columns.doubles("baseline_revert_ratio") { $0.baseline?.revertRatio }
    columns.doubles("baseline_anonymous_ratio") { $0.baseline?.anonymousRatio }
    columns.doubles("events_zscore") { $0.score.zScore }
    columns.doubles("revert_deviation") { $0.score.revertDeviation }
    columns.doubles("anonymous_deviation") { $0.score.anonymousDeviation }
    columns.strings("platform_health") { $0.score.health.rawValue }
    columns.ints("health_score") { Int32(clamping: $0.score.healthScore) }
    columns.strings("health_explanation") { $0.score.explanation }
  }

  private static func share(_ part: UInt32, of whole: Int64) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
