import Columns

extension Tables {
  /// What every window table ends with.
  private static let tail: [[ColumnField]] = [
    TableDefinition.fields(.string, "baseline_kind"),
    TableDefinition.required(.boolean, "is_final"),
    TableDefinition.required(.int, "revision"),
    TableDefinition.required(.timestamptz, "aggregation_timestamp"),
    TableDefinition.required(.date, "event_date"),
    TableDefinition.required(.string, "batch_id"),
  ]

  /// One row a page with events in a window. Key: window_start, entity, wiki.
  public static let goldEntityMetrics = TableDefinition(
    "gold_entity_metrics_10min", "Activity and anomalies of one page in ten minutes", partitionedBy: ["event_date"],
    [
      TableDefinition.required(.timestamptz, "window_start", "window_end"),
      TableDefinition.required(.string, "entity", "wiki"),
      TableDefinition.fields(
        .long, "total_events", "edit_count", "new_page_count", "categorize_count", "log_count", "revert_count",
        "anonymous_edit_count", "bot_edit_count", "total_bytes_changed", "abs_bytes_changed", "large_edit_count",
        "quality_passed_count", "quality_failed_count", "unique_editors", "unique_anonymous_editors",
        "edits_with_comment", "max_processing_lag_seconds", "first_event_timestamp", "last_event_timestamp"),
      TableDefinition.fields(.int, "min_bytes_changed", "max_bytes_changed"),
      TableDefinition.fields(
        .double, "avg_bytes_changed", "avg_processing_lag_seconds", "revert_ratio", "anonymous_ratio", "bot_ratio",
        "quality_ratio", "baseline_events_avg", "baseline_events_stddev", "baseline_revert_ratio",
        "baseline_anonymous_ratio", "events_zscore", "revert_deviation", "anonymous_deviation"),
      TableDefinition.fields(
        .boolean, "is_burst_activity", "is_high_revert_rate", "is_anonymous_surge", "is_large_content_change",
        "is_anomaly"),
      TableDefinition.fields(.string, "anomaly_types", "severity", "anomaly_explanation"),
      TableDefinition.fields(.int, "risk_score"),
    ] + tail)

  /// One row a user with events in a window. Key: window_start, user_name, is_bot, is_anonymous.
  public static let goldUserMetrics = TableDefinition(
    "gold_user_metrics_10min", "Activity and anomalies of one user in ten minutes", partitionedBy: ["event_date"],
    [
      TableDefinition.required(.timestamptz, "window_start", "window_end"),
      TableDefinition.required(.string, "user_name"),
      TableDefinition.required(.boolean, "is_bot", "is_anonymous"),
      TableDefinition.fields(.string, "user_type"),
      TableDefinition.fields(
        .long, "total_events", "edit_count", "new_page_count", "revert_count", "total_bytes_changed",
        "large_edit_count", "entities_edited", "wikis_touched", "edits_with_comment", "quality_failed_count"),
      TableDefinition.fields(
        .double, "avg_bytes_changed", "revert_ratio", "baseline_edits_avg", "baseline_edits_stddev",
        "baseline_entities_avg", "baseline_entities_stddev", "baseline_revert_ratio", "edits_zscore",
        "entities_zscore"),
      TableDefinition.fields(
        .boolean, "is_new_user_blitz", "is_mass_reverter", "is_cross_wiki_active", "is_high_revert_user",
        "is_anomaly"),
      TableDefinition.fields(.string, "anomaly_types", "severity", "anomaly_explanation"),
      TableDefinition.fields(.int, "user_risk_score"),
    ] + tail)

  /// One row a window. Key: window_start.
  public static let goldGlobalMetrics = TableDefinition(
    "gold_global_metrics_10min", "Activity and health of the whole platform in ten minutes",
    partitionedBy: ["event_date"],
    [
      TableDefinition.required(.timestamptz, "window_start", "window_end"),
      TableDefinition.fields(
        .long, "total_events", "total_edits", "total_new_pages", "total_categorize", "total_log", "total_reverts",
        "total_anonymous", "total_bot", "total_large_edits", "total_bytes_changed", "total_quality_failed",
        "unique_users", "unique_entities", "unique_wikis", "max_processing_lag"),
      TableDefinition.fields(
        .double, "avg_bytes_changed", "avg_processing_lag", "revert_ratio", "anonymous_ratio", "bot_ratio",
        "baseline_events_avg", "baseline_events_stddev", "baseline_revert_ratio", "baseline_anonymous_ratio",
        "events_zscore", "revert_deviation", "anonymous_deviation", "events_per_user", "events_per_entity"),
      TableDefinition.fields(.string, "platform_health"),
      TableDefinition.fields(.int, "health_score"),
      TableDefinition.fields(.string, "health_explanation"),
    ] + tail)

  /// What is normal for a page, for users and for an hour of the day: one row a day, scope and key.
  public static let goldBaselines = TableDefinition(
    "gold_baselines", "What is normal, learned from the days before", partitionedBy: ["event_date"],
    [
      TableDefinition.required(.date, "event_date"),
      TableDefinition.required(.string, "scope", "key"),
      TableDefinition.fields(.string, "wiki"),
      TableDefinition.fields(.int, "windows"),
      TableDefinition.fields(
        .double, "events_avg", "events_stddev", "entities_avg", "entities_stddev", "revert_ratio", "anonymous_ratio"),
      TableDefinition.fields(.timestamptz, "computed_from", "computed_to"),
      TableDefinition.required(.string, "batch_id"),
    ])
}
