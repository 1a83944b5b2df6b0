extension RowChecks {
  /// Checks of `gold_entity_metrics_10min`: `<key>_not_null`, `window_start_unique`, `<count>_min`, `<ratio>_between`,
  /// `revert_count_at_most`, `anonymous_edit_count_at_most`.
  public static let goldEntity = gold(
    keys: ["window_start", "entity", "wiki"],
    counts: [
      "total_events", "edit_count", "new_page_count", "categorize_count", "log_count", "revert_count",
      "anonymous_edit_count", "bot_edit_count", "abs_bytes_changed", "large_edit_count", "quality_passed_count",
      "quality_failed_count", "unique_editors", "unique_anonymous_editors", "edits_with_comment",
    ],
    ratios: ["revert_ratio", "anonymous_ratio", "bot_ratio", "quality_ratio"],
    parts: ["revert_count", "anonymous_edit_count"], edits: ["edit_count", "new_page_count"])

  /// Checks of `gold_user_metrics_10min`: `<key>_not_null`, `window_start_unique`, `<count>_min`, `<ratio>_between`,
  /// `revert_count_at_most`.
  public static let goldUser = gold(
    keys: ["window_start", "user_name", "is_bot", "is_anonymous"],
    counts: [
      "total_events", "edit_count", "new_page_count", "revert_count", "large_edit_count", "entities_edited",
      "wikis_touched", "edits_with_comment", "quality_failed_count",
    ],
    ratios: ["revert_ratio"], parts: ["revert_count"], edits: ["edit_count", "new_page_count"])

  /// Checks of `gold_global_metrics_10min`: `<key>_not_null`, `window_start_unique`, `<count>_min`, `<ratio>_between`,
  /// `total_reverts_at_most`, `total_anonymous_at_most`.
  public static let goldGlobal = gold(
    keys: ["window_start"],
    counts: [
      "total_events", "total_edits", "total_new_pages", "total_categorize", "total_log", "total_reverts",
      "total_anonymous", "total_bot", "total_large_edits", "total_quality_failed", "unique_users", "unique_entities",
      "unique_wikis",
    ],
    ratios: ["revert_ratio", "anonymous_ratio", "bot_ratio"],
    parts: ["total_reverts", "total_anonymous"], edits: ["total_edits", "total_new_pages"])

  /// Keys are there and name one row, counts are not negative, ratios lie in 0...1, parts are at most the edits.
  private static func gold(
    keys: [String], counts: [String], ratios: [String], parts: [String], edits: [String]
  ) -> RowChecks {
    RowChecks(
      trusted: keys.map { RowCheck($0, .notNull, isWaivable: false) }
        + [RowCheck(keys[0], .unique(with: Array(keys.dropFirst())), isWaivable: false)]
        + counts.map { RowCheck($0, .between(0, nil)) }
        + ratios.map { RowCheck($0, .between(0, 1)) }
        + parts.map { RowCheck($0, .atMost(sumOf: edits)) })
  }
}
