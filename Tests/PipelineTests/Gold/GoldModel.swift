import Detection
import Pipeline

/// Gold computed once more, slowly and plainly: filters and sets over arrays, no code shared with the transform but the scores.
struct GoldModel {
  var events: [GoldEvent]
  var failed: [GoldFailedRow] = []
  var rules = DetectionRules.standard
  /// Baselines by page, as (entity, wiki); then users and the platform; nil for none.
  var page: (String, String) -> Baseline? = { _, _ in nil }
  var user: Baseline?
  var global: Baseline?
  var kind = BaselineKind.none

  private func open(_ start: Int64) -> [GoldFailedRow] {
    failed.filter { row in row.status == "open" && row.time.map { GoldWindowGrid.start(of: $0) == start } == true }
  }

  /// The columns that do not depend on the batch.
  func entityRows(_ start: Int64) -> [GoldRow] {
    let rows = events.filter { $0.window == start && $0.entity != nil && $0.wiki != nil }
    let keys = Set(rows.map { [GoldValue($0.entity), GoldValue($0.wiki)] })
    return keys.map { key in entityRow(rows.filter { [GoldValue($0.entity), GoldValue($0.wiki)] == key }, start) }
  }

  private func entityRow(_ rows: [GoldEvent], _ start: Int64) -> GoldRow {
    let edits = rows.filter(\.isEdit)
    let key = [GoldValue(rows[0].entity), GoldValue(rows[0].wiki)]
    let failures = open(start).filter { [GoldValue($0.entity), GoldValue($0.wiki)] == key }.count
    let baseline = page(rows[0].entity ?? "", rows[0].wiki ?? "")
    var row = counts(rows)
    row.merge(measures(edits), uniquingKeysWith: { $1 })
    row["entity"] = key[0]
    row["wiki"] = key[1]
    row["abs_bytes_changed"] = GoldValue(edits.compactMap(\.bytes).reduce(0) { $0 + abs(Int64($1)) })
    row["min_bytes_changed"] = GoldValue(edits.compactMap(\.bytes).min())
    row["max_bytes_changed"] = GoldValue(edits.compactMap(\.bytes).max())
    row["quality_passed_count"] = GoldValue(rows.count)
    row["quality_failed_count"] = GoldValue(failures)
    row["quality_ratio"] = GoldValue(Double(rows.count) / Double(rows.count + failures))
    row["unique_editors"] = GoldValue(distinct(edits.map(\.user)))
    row["unique_anonymous_editors"] = GoldValue(distinct(edits.filter(\.isAnonymous).map(\.user)))
    row["first_event_timestamp"] = GoldValue(rows.map(\.seconds).min())
    row["last_event_timestamp"] = GoldValue(rows.map(\.seconds).max())
    row["max_processing_lag_seconds"] = GoldValue(rows.compactMap(\.lag).max())
    row["avg_processing_lag_seconds"] = GoldValue(mean(rows.compactMap(\.lag)))
    row.merge(entityScore(rows, edits, failures, baseline), uniquingKeysWith: { $1 })
    return row
  }

  private func entityScore(
    _ rows: [GoldEvent], _ edits: [GoldEvent], _ failures: Int, _ baseline: Baseline?
  ) -> GoldRow {
    var activity = EntityActivity()
    activity.events = Int64(rows.count)
    activity.edits = Int64(edits.count)
    activity.botEdits = Int64(edits.filter { $0.isBot == true }.count)
    activity.reverts = Int64(edits.filter { $0.isRevert == true }.count)
    activity.anonymousEdits = Int64(edits.filter(\.isAnonymous).count)
    activity.editors = Int64(distinct(edits.map(\.user)))
    activity.absoluteBytes = edits.compactMap(\.bytes).reduce(0) { $0 + abs(Int64($1)) }
    activity.failed = Int64(failures)
    let score = rules.score(activity, against: baseline)
    return [
      "events_zscore": GoldValue(score.zScore), "revert_deviation": GoldValue(score.revertDeviation),
      "anonymous_deviation": GoldValue(score.anonymousDeviation), "risk_score": GoldValue(score.risk),
      "is_burst_activity": GoldValue(score.flags.contains(.burst)),
      "is_high_revert_rate": GoldValue(score.flags.contains(.highRevert)),
      "is_anonymous_surge": GoldValue(score.flags.contains(.anonymousSurge)),
      "is_large_content_change": GoldValue(score.flags.contains(.largeChange)),
      "is_anomaly": GoldValue(score.severity != .normal), "anomaly_types": GoldValue(score.flags.names),
      "severity": GoldValue(score.severity.rawValue), "anomaly_explanation": GoldValue(score.explanation),
      "baseline_events_avg": GoldValue(baseline?.events.average),
      "baseline_events_stddev": GoldValue(baseline?.events.deviation),
      "baseline_revert_ratio": GoldValue(baseline?.revertRatio),
      "baseline_anonymous_ratio": GoldValue(baseline?.anonymousRatio), "baseline_kind": GoldValue(kind.rawValue),
    ]
  }

  /// The columns that do not depend on the batch.
  func userRows(_ start: Int64) -> [GoldRow] {
    let rows = events.filter { $0.window == start && $0.user != nil }
    let keys = Set(rows.map(userKey))
    return keys.map { key in userRow(rows.filter { userKey($0) == key }, start) }
  }

  private func userKey(_ event: GoldEvent) -> [GoldValue] {
    [GoldValue(event.user), GoldValue(event.isBot ?? false), GoldValue(event.isAnonymous)]
  }

  private func userRow(_ rows: [GoldEvent], _ start: Int64) -> GoldRow {
    let edits = rows.filter(\.isEdit)
    let key = userKey(rows[0])
    var activity = UserActivity()
    activity.isBot = rows[0].isBot ?? false
    activity.edits = Int64(edits.count)
    activity.reverts = Int64(edits.filter { $0.isRevert == true }.count)
    activity.entities = Int64(distinct(edits.map(\.entity)))
    let shared = rules.user.excludedWikis
    activity.countedWikis = Int64(
      distinct(edits.map(\.wiki).filter { wiki in wiki.map { !shared.contains($0) } ?? false }))
    let type =
      activity.isBot
      ? "Bot"
      : rows.contains { $0.kind == "temporary" } ? "Temporary" : rows[0].isAnonymous ? "Anonymous" : "Registered"
    var row = counts(rows).filter { Self.userCounts.contains($0.key) }
    row.merge(measures(edits).filter { $0.key != "anonymous_ratio" && $0.key != "bot_ratio" }, uniquingKeysWith: { $1 })
    row["user_name"] = key[0]
    row["is_bot"] = key[1]
    row["is_anonymous"] = key[2]
    row["user_type"] = GoldValue(type)
    row["entities_edited"] = GoldValue(activity.entities)
    row["wikis_touched"] = GoldValue(distinct(edits.map(\.wiki)))
    row["quality_failed_count"] = GoldValue(open(start).filter { GoldValue($0.user) == key[0] }.count)
    row.merge(userScore(activity), uniquingKeysWith: { $1 })
    return row
  }

  private static let userCounts: Set<String> = [
    "total_events", "edit_count", "new_page_count", "revert_count", "large_edit_count", "edits_with_comment",
  ]

  private func userScore(_ activity: UserActivity) -> GoldRow {
    let score = rules.score(activity, against: user)
    return [
      "edits_zscore": GoldValue(score.editsZScore), "entities_zscore": GoldValue(score.entitiesZScore),
      "user_risk_score": GoldValue(score.risk), "is_new_user_blitz": GoldValue(score.flags.contains(.blitz)),
      "is_mass_reverter": GoldValue(score.flags.contains(.massRevert)),
      "is_cross_wiki_active": GoldValue(score.flags.contains(.crossWiki)),
      "is_high_revert_user": GoldValue(score.flags.contains(.highRevert)),
      "is_anomaly": GoldValue(score.severity != .normal), "anomaly_types": GoldValue(score.flags.names),
      "severity": GoldValue(score.severity.rawValue), "anomaly_explanation": GoldValue(score.explanation),
      "baseline_edits_avg": GoldValue(user?.events.average), "baseline_edits_stddev": GoldValue(user?.events.deviation),
      "baseline_entities_avg": GoldValue(user?.entities?.average),
      "baseline_entities_stddev": GoldValue(user?.entities?.deviation),
      "baseline_revert_ratio": GoldValue(user?.revertRatio), "baseline_kind": GoldValue(kind.rawValue),
    ]
  }

  /// The columns that do not depend on the batch.
  func globalRow(_ start: Int64) -> GoldRow? {
    let rows = events.filter { $0.window == start }
    guard !rows.isEmpty else { return nil }
    let edits = rows.filter(\.isEdit)
    var activity = GlobalActivity()
    activity.events = Int64(rows.count)
    activity.edits = Int64(edits.count)
    activity.reverts = Int64(edits.filter { $0.isRevert == true }.count)
    activity.anonymousEdits = Int64(edits.filter(\.isAnonymous).count)
    activity.averageLag = mean(rows.compactMap(\.lag))
    var row: GoldRow = [:]
    let plain = counts(rows)
    for (ours, name) in Self.globalCounts { row[name] = plain[ours] }
    row.merge(measures(edits), uniquingKeysWith: { $1 })
    row["total_quality_failed"] = GoldValue(open(start).count)
    row["max_processing_lag"] = GoldValue(rows.compactMap(\.lag).max())
    row["avg_processing_lag"] = GoldValue(activity.averageLag)
    row.merge(globalUniques(rows, edits), uniquingKeysWith: { $1 })
    row.merge(globalScore(activity), uniquingKeysWith: { $1 })
    return row
  }

  private static let globalCounts: KeyValuePairs = [
    "total_events": "total_events", "edit_count": "total_edits", "new_page_count": "total_new_pages",
    "categorize_count": "total_categorize", "log_count": "total_log", "revert_count": "total_reverts",
    "anonymous_edit_count": "total_anonymous", "bot_edit_count": "total_bot", "large_edit_count": "total_large_edits",
  ]

  private func globalUniques(_ rows: [GoldEvent], _ edits: [GoldEvent]) -> GoldRow {
    let users = distinct(rows.map(\.user))
    let entities = distinct(edits.map(\.entity))
    return [
      "unique_users": GoldValue(users), "unique_entities": GoldValue(entities),
      "unique_wikis": GoldValue(distinct(edits.map(\.wiki))),
      "events_per_user": GoldValue(users == 0 ? nil : Double(rows.count) / Double(users)),
      "events_per_entity": GoldValue(entities == 0 ? nil : Double(rows.count) / Double(entities)),
    ]
  }

  private func globalScore(_ activity: GlobalActivity) -> GoldRow {
    let score = rules.score(activity, against: global, kind: kind)
    return [
      "events_zscore": GoldValue(score.zScore), "revert_deviation": GoldValue(score.revertDeviation),
      "anonymous_deviation": GoldValue(score.anonymousDeviation), "platform_health": GoldValue(score.health.rawValue),
      "health_score": GoldValue(score.healthScore), "health_explanation": GoldValue(score.explanation),
      "baseline_events_avg": GoldValue(global?.events.average),
      "baseline_events_stddev": GoldValue(global?.events.deviation),
      "baseline_revert_ratio": GoldValue(global?.revertRatio),
      "baseline_anonymous_ratio": GoldValue(global?.anonymousRatio), "baseline_kind": GoldValue(kind.rawValue),
    ]
  }

  private func counts(_ rows: [GoldEvent]) -> GoldRow {
    let edits = rows.filter(\.isEdit)
    return [
      "total_events": GoldValue(rows.count), "edit_count": GoldValue(rows.filter { $0.type == "edit" }.count),
      "new_page_count": GoldValue(rows.filter { $0.type == "new" }.count),
      "categorize_count": GoldValue(rows.filter { $0.type == "categorize" }.count),
      "log_count": GoldValue(rows.filter { $0.type == "log" }.count),
      "revert_count": GoldValue(edits.filter { $0.isRevert == true }.count),
      "anonymous_edit_count": GoldValue(edits.filter(\.isAnonymous).count),
      "bot_edit_count": GoldValue(edits.filter { $0.isBot == true }.count),
      "large_edit_count": GoldValue(edits.filter { $0.isLarge == true }.count),
      "edits_with_comment": GoldValue(edits.filter { $0.hasComment == true }.count),
    ]
  }

  private func measures(_ edits: [GoldEvent]) -> GoldRow {
    func share(_ isSo: (GoldEvent) -> Bool) -> GoldValue {
      GoldValue(edits.isEmpty ? 0 : Double(edits.filter(isSo).count) / Double(edits.count))
    }
    return [
      "total_bytes_changed": GoldValue(edits.compactMap(\.bytes).reduce(0) { $0 + Int64($1) }),
      "avg_bytes_changed": GoldValue(mean(edits.compactMap { $0.bytes.map(Int64.init) })),
      "revert_ratio": share { $0.isRevert == true }, "anonymous_ratio": share(\.isAnonymous),
      "bot_ratio": share { $0.isBot == true },
    ]
  }

  private func mean(_ values: [Int64]) -> Double? {
    values.isEmpty ? nil : Double(values.reduce(0, +)) / Double(values.count)
  }

  private func distinct(_ keys: [String?]) -> Int { Set(keys.compactMap { $0 }.map { GoldValue($0) }).count }
}
