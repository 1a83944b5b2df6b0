extension DefaultText {
  /// `jobs/gold.yaml`, byte for byte.
  static let gold = #"""
    # What `wikiguard-job gold` does: windows of ten minutes by event time, with baselines, scores and flags.
    # "over" is always strictly more than; "points" add up to a risk of 0 to 100.

    latency_target: 10 min
    timeout: 10 min

    limits:
      # Windows of one batch, and Silver rows that it may read for them.
      windows: 1000
      rows: 5000000

    attempts: 3

    # The watermark is the newest event time less this; a window that it has passed is final, though late data still amends it.
    allowed_lateness: 1 h

    baselines:
      # adaptive: learned from the days before. fixed: the numbers below.
      kind: adaptive
      history_days: 7
      # With fewer windows before a day it has no baseline: no z-score, no flag, no risk from it.
      minimum_windows: 144
      # Times the median absolute deviation makes the standard deviation of a normal distribution.
      deviation_scale: 1.4826
      fixed:
        entity: {events_avg: 5, events_stddev: 3, revert_ratio: 0.12, anonymous_ratio: 0.25}
        user: {edits_avg: 2, edits_stddev: 1.5, entities_avg: 1.5, entities_stddev: 1, revert_ratio: 0.10}
        global: {events_avg: 150, events_stddev: 50, revert_ratio: 0.12, anonymous_ratio: 0.25}

    # Risk of an entity or user from which a severity begins; any risk below medium is LOW, none is NORMAL.
    severity: {critical: 50, high: 30, medium: 15}

    entity:
      # Below these nothing is flagged and no risk counted. Bots never count.
      min_edits: 3
      min_editors: 2
      flags:
        burst_zscore: 2
        high_revert_ratio: 0.30
        anonymous_surge_ratio: 0.50
        large_change_bytes: 51200
      risk:
        zscore: {high: {over: 3, points: 25}, medium: {over: 2, points: 15}, low: {over: 1, points: 5}}
        revert_ratio: {high: {over: 0.5, points: 30}, medium: {over: 0.3, points: 20}, low: {over: 0.2, points: 10}}
        anonymous_ratio: {high: {over: 0.7, points: 25}, medium: {over: 0.5, points: 15}, low: {over: 0.35, points: 5}}
        large_change_points: 15
        low_quality: {below: 0.9, points: 5}

    user:
      min_edits: 3
      # Who reverts much is mostly repairing: the terms `reverts` and `revert_ratio` below count only when this is on.
      revert_terms: off
      # Wikis that everybody edits from everywhere do not count as crossing wikis.
      shared_wikis: [commonswiki, wikidatawiki, metawiki]
      flags:
        blitz_zscore: 2
        blitz_entities: 3
        mass_reverts: 3
        cross_wikis: 2
        high_revert_ratio: 0.30
      risk:
        # The first of these three that holds.
        extreme_zscore: {over: 4, points: 35}
        blitz_points: 25
        raised_zscore: {over: 2, points: 10}
        reverts: {high: {over: 5, points: 30}, low: {over: 3, points: 20}}
        wikis: {high: {over: 3, points: 15}, low: {over: 2, points: 10}}
        revert_ratio: {high: {over: 0.5, points: 20}, low: {over: 0.3, points: 10}}

    global:
      # Either is enough; else the platform is HEALTHY.
      critical: {revert_ratio: 0.25, zscore: 3}
      warning: {revert_ratio: 0.18, zscore: 2}
      elevated: {revert_ratio: 0.15, zscore: 1}
      # Points taken from a health of 100.
      health:
        revert_ratio: {high: {over: 0.25, points: 30}, medium: {over: 0.18, points: 20}, low: {over: 0.12, points: 10}}
        zscore: {high: {over: 3, points: 25}, medium: {over: 2, points: 15}, low: {over: 1, points: 5}}
        anonymous_ratio: {high: {over: 0.5, points: 20}, medium: {over: 0.35, points: 10}}
        # Seconds of mean processing lag; only with fixed baselines.
        lag_seconds: {high: {over: 300, points: 15}, medium: {over: 120, points: 5}}

    files:
      codec: zstd
      level: 3
      target_bytes: 256 MiB
      row_group_bytes: 64 MiB

    # As in bronze.yaml, where the kinds are; a check runs on the tables that have its columns, or on those of `tables`. An
    # SQL expression runs on all three unless `tables` says where.
    checks:
      rows:
        keys: {check: not_null, columns: [window_start, entity, wiki, user_name, is_bot, is_anonymous], waivable: off}
        entity_key_unique:
          check: unique
          column: window_start
          with: [entity, wiki]
          tables: [gold_entity_metrics_10min]
          waivable: off
        user_key_unique:
          check: unique
          column: window_start
          with: [user_name, is_bot, is_anonymous]
          tables: [gold_user_metrics_10min]
          waivable: off
        global_key_unique: {check: unique, column: window_start, tables: [gold_global_metrics_10min], waivable: off}
        entity_counts:
          check: between
          min: 0
          columns:
            - total_events
            - edit_count
            - new_page_count
            - categorize_count
            - log_count
            - revert_count
            - anonymous_edit_count
            - bot_edit_count
            - abs_bytes_changed
            - large_edit_count
            - quality_passed_count
            - quality_failed_count
            - unique_editors
            - unique_anonymous_editors
            - edits_with_comment
        user_counts: {check: between, min: 0, columns: [entities_edited, wikis_touched]}
        global_counts:
          check: between
          min: 0
          columns:
            - total_edits
            - total_new_pages
            - total_categorize
            - total_log
            - total_reverts
            - total_anonymous
            - total_bot
            - total_large_edits
            - total_quality_failed
            - unique_users
            - unique_entities
            - unique_wikis
        ratios:
          {check: between, columns: [revert_ratio, anonymous_ratio, bot_ratio, quality_ratio], min: 0, max: 1}
        # Reverts and anonymous edits are edits: rows of type edit or new.
        edit_parts:
          {check: at_most, columns: [revert_count, anonymous_edit_count], sum_of: [edit_count, new_page_count]}
        global_edit_parts:
          {check: at_most, columns: [total_reverts, total_anonymous], sum_of: [total_edits, total_new_pages]}
      batch: off

    """#
}
