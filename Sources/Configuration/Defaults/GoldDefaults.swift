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
      # Makes the median absolute deviation comparable with a standard deviation.
      mad_factor: 1.4826
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
        # The first that holds: z-score high, a blitz, z-score low.
        zscore: {high: {over: 4, points: 35}, low: {over: 2, points: 10}}
        blitz_points: 25
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

    # As in bronze.yaml; a check runs on the tables that have its columns, or on those of `tables`.
    checks:
      rows:
        window_start_not_null: {check: not_null, column: window_start}
        entity_not_null: {check: not_null, column: entity, tables: [gold_entity_metrics_10min]}
        wiki_not_null: {check: not_null, column: wiki, tables: [gold_entity_metrics_10min]}
        user_name_not_null: {check: not_null, column: user_name, tables: [gold_user_metrics_10min]}
        total_events_not_negative: {check: between, column: total_events, min: 0}
        edit_count_not_negative: {check: between, column: edit_count, min: 0}
        total_edits_not_negative: {check: between, column: total_edits, min: 0}
        revert_count_at_most_edits: {check: at_most_column, column: revert_count, other: edit_count}
        total_reverts_at_most_edits: {check: at_most_column, column: total_reverts, other: total_edits}
        anonymous_at_most_edits: {check: at_most_column, column: anonymous_edit_count, other: edit_count}
        total_anonymous_at_most_edits: {check: at_most_column, column: total_anonymous, other: total_edits}
        revert_ratio_in_range: {check: between, column: revert_ratio, min: 0, max: 1}
        anonymous_ratio_in_range: {check: between, column: anonymous_ratio, min: 0, max: 1}
        bot_ratio_in_range: {check: between, column: bot_ratio, min: 0, max: 1}
        quality_ratio_in_range: {check: between, column: quality_ratio, min: 0, max: 1}
      batch:
        entity_key_unique:
          check: unique
          columns: [window_start, entity, wiki]
          tables: [gold_entity_metrics_10min]
          mode: quarantine
        user_key_unique:
          check: unique
          columns: [window_start, user_name, is_bot, is_anonymous]
          tables: [gold_user_metrics_10min]
          mode: quarantine
        global_key_unique:
          check: unique
          columns: [window_start]
          tables: [gold_global_metrics_10min]
          mode: quarantine

    gate:
      critical_below: 0.80
      warning_below: 0.95

    """#
}
