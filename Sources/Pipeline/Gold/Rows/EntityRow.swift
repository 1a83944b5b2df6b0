import Columns
import Detection

/// A page's row of gold_entity_metrics_10min before it becomes columns.
struct EntityRow {
  let page: Int
  let tally: EntityTally
  let activity: EntityActivity
  let baseline: Baseline?
  let score: EntityScore

  init(_ page: Int, _ tally: EntityTally, _ baseline: Baseline?, _ rules: DetectionRules) {
    var activity = EntityActivity()
    activity.events = Int64(tally.counts.total)
    activity.edits = tally.counts.edits
    activity.botEdits = Int64(tally.counts.bot)
    activity.reverts = Int64(tally.counts.revert)
    activity.anonymousEdits = Int64(tally.counts.anonymous)
    activity.editors = Int64(tally.editors)
    activity.absoluteBytes = tally.bytes.absolute
    activity.failed = tally.failed
    self.page = page
    self.tally = tally
    self.activity = activity
    self.baseline = baseline
    score = rules.score(activity, against: baseline)
  }

  /// The rows as columns of the table.
  static func batch(
    _ rows: [EntityRow], pages: PageTable, _ window: WindowStamp, _ kind: BaselineKind
  ) throws -> ColumnBatch {
    var columns = NamedColumns(rows)
    columns.stamp(window, kind)
    columns.keys("entity", in: pages.entities) { pages.entity(of: $0.page) }
    columns.keys("wiki", in: pages.wikis) { pages.wiki(of: $0.page) }
    addCounts(&columns)
    addMeasures(&columns)
    addBaselines(&columns)
    addScores(&columns)
    return try columns.batch(Tables.goldEntityMetrics.schema)
  }

  private static func addCounts(_ columns: inout NamedColumns<EntityRow>) {
    columns.counts("total_events") { $0.tally.counts.total }
    columns.counts("edit_count") { $0.tally.counts.edit }
    columns.counts("new_page_count") { $0.tally.counts.new }
    columns.counts("categorize_count") { $0.tally.counts.categorize }
    columns.counts("log_count") { $0.tally.counts.log }
    columns.counts("revert_count") { $0.tally.counts.revert }
    columns.counts("anonymous_edit_count") { $0.tally.counts.anonymous }
    columns.counts("bot_edit_count") { $0.tally.counts.bot }
    columns.counts("large_edit_count") { $0.tally.counts.large }
    columns.counts("quality_passed_count") { $0.tally.counts.total }
    columns.longs("quality_failed_count") { $0.tally.failed }
    columns.counts("unique_editors") { $0.tally.editors }
    columns.counts("unique_anonymous_editors") { $0.tally.anonymousEditors }
    columns.counts("edits_with_comment") { $0.tally.counts.commented }
  }

  private static func addMeasures(_ columns: inout NamedColumns<EntityRow>) {
    columns.longs("total_bytes_changed") { $0.tally.bytes.sum }
    columns.longs("abs_bytes_changed") { $0.tally.bytes.absolute }
    columns.ints("min_bytes_changed") { $0.tally.bytes.min }
    columns.ints("max_bytes_changed") { $0.tally.bytes.max }
    columns.doubles("avg_bytes_changed") { $0.tally.bytes.average }
    columns.longs("max_processing_lag_seconds") { $0.tally.lag.max }
    columns.doubles("avg_processing_lag_seconds") { $0.tally.lag.average }
    columns.longs("first_event_timestamp") { $0.tally.times.first }
    columns.longs("last_event_timestamp") { $0.tally.times.last }
    columns.doubles("revert_ratio") { $0.activity.revertRatio }
    columns.doubles("anonymous_ratio") { $0.activity.anonymousRatio }
    columns.doubles("bot_ratio") { $0.activity.botRatio }
    columns.doubles("quality_ratio") { $0.activity.qualityRatio }
  }

  private static func addBaselines(_ columns: inout NamedColumns<EntityRow>) {
    columns.doubles("baseline_events_avg") { $0.baseline?.events.average }
    columns.doubles("baseline_events_stddev") { $0.baseline?.events.deviation }
    columns.doubles("baseline_revert_ratio") { $0.baseline?.revertRatio }
    columns.doubles("baseline_anonymous_ratio") { $0.baseline?.anonymousRatio }
    columns.doubles("events_zscore") { $0.score.zScore }
    columns.doubles("revert_deviation") { $0.score.revertDeviation }
    columns.doubles("anonymous_deviation") { $0.score.anonymousDeviation }
  }

  private static func addScores(_ columns: inout NamedColumns<EntityRow>) {
    columns.bools("is_burst_activity") { $0.score.flags.contains(.burst) }
    columns.bools("is_high_revert_rate") { $0.score.flags.contains(.highRevert) }
    columns.bools("is_anonymous_surge") { $0.score.flags.contains(.anonymousSurge) }
    columns.bools("is_large_content_change") { $0.score.flags.contains(.largeChange) }
    columns.bools("is_anomaly") { $0.score.severity != .normal }
    columns.strings("anomaly_types") { $0.score.flags.names }
    columns.strings("severity") { $0.score.severity.rawValue }
    columns.strings("anomaly_explanation") { $0.score.explanation }
    columns.ints("risk_score") { Int32(clamping: $0.score.risk) }
  }
}
