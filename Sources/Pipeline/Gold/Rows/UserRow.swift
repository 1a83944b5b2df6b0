import Columns
import Detection

/// A user's row of gold_user_metrics_10min before it becomes columns.
struct UserRow {
  let tally: UserTally
  let activity: UserActivity
  let failed: Int64
  let baseline: Baseline?
  let score: UserScore

  init(_ tally: UserTally, failed: Int64, _ baseline: Baseline?, _ rules: DetectionRules) {
    var activity = UserActivity()
    activity.isBot = tally.isBot
    activity.edits = tally.counts.edits
    activity.reverts = Int64(tally.counts.revert)
    activity.entities = Int64(tally.entities)
    activity.countedWikis = Int64(tally.countedWikis)
    self.tally = tally
    self.activity = activity
    self.failed = failed
    self.baseline = baseline
    score = rules.score(activity, against: baseline)
  }

  /// The bot flag decides first; what is neither bot nor anonymous is registered.
  private var type: String {
    if tally.isBot { return "Bot" }
    guard tally.isAnonymous else { return "Registered" }
    return tally.isTemporary ? "Temporary" : "Anonymous"
  }

  /// The rows as columns of the table.
  static func batch(
    _ rows: [UserRow], names: ByteKeyTable, _ window: WindowStamp, _ kind: BaselineKind
  ) throws -> ColumnBatch {
    var columns = NamedColumns(rows)
    columns.stamp(window, kind)
    columns.keys("user_name", in: names) { $0.tally.user }
    columns.bools("is_bot") { $0.tally.isBot }
    columns.bools("is_anonymous") { $0.tally.isAnonymous }
    columns.strings("user_type") { $0.type }
    addCounts(&columns)
    addBaselines(&columns)
    addScores(&columns)
    return try columns.batch(Tables.goldUserMetrics.schema)
  }

  private static func addCounts(_ columns: inout NamedColumns<UserRow>) {
    columns.counts("total_events") { $0.tally.counts.total }
    columns.counts("edit_count") { $0.tally.counts.edit }
    columns.counts("new_page_count") { $0.tally.counts.new }
    columns.counts("revert_count") { $0.tally.counts.revert }
    columns.longs("total_bytes_changed") { $0.tally.bytes.sum }
    columns.doubles("avg_bytes_changed") { $0.tally.bytes.average }
    columns.counts("large_edit_count") { $0.tally.counts.large }
    columns.counts("entities_edited") { $0.tally.entities }
    columns.counts("wikis_touched") { $0.tally.wikis }
    columns.counts("edits_with_comment") { $0.tally.counts.commented }
    columns.longs("quality_failed_count") { $0.failed }
    columns.doubles("revert_ratio") { $0.activity.revertRatio }
  }

  private static func addBaselines(_ columns: inout NamedColumns<UserRow>) {
    columns.doubles("baseline_edits_avg") { $0.baseline?.events.average }
    columns.doubles("baseline_edits_stddev") { $0.baseline?.events.deviation }
    columns.doubles("baseline_entities_avg") { $0.baseline?.entities?.average }
    columns.doubles("baseline_entities_stddev") { $0.baseline?.entities?.deviation }
    columns.doubles("baseline_revert_ratio") { $0.baseline?.revertRatio }
    columns.doubles("edits_zscore") { $0.score.editsZScore }
    columns.doubles("entities_zscore") { $0.score.entitiesZScore }
  }

  private static func addScores(_ columns: inout NamedColumns<UserRow>) {
    columns.bools("is_new_user_blitz") { $0.score.flags.contains(.blitz) }
    columns.bools("is_mass_reverter") { $0.score.flags.contains(.massRevert) }
    columns.bools("is_cross_wiki_active") { $0.score.flags.contains(.crossWiki) }
    columns.bools("is_high_revert_user") { $0.score.flags.contains(.highRevert) }
    columns.bools("is_anomaly") { $0.score.severity != .normal }
    columns.strings("anomaly_types") { $0.score.flags.names }
    columns.strings("severity") { $0.score.severity.rawValue }
    columns.strings("anomaly_explanation") { $0.score.explanation }
    columns.ints("user_risk_score") { Int32(clamping: $0.score.risk) }
  }
}
