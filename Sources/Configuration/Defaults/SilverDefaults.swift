extension DefaultText {
  /// `jobs/silver.yaml`, byte for byte.
  static let silver = #"""
    # What `wikiguard-job silver` does: Bronze's events parsed, deduplicated by meta.id and checked.

    latency_target: 10 min
    timeout: 10 min

    limits:
      rows: 80000
      bytes: 64 MiB

    attempts: 3

    # An edit of more bytes than this, added or removed, is large.
    large_edit_bytes: 10240

    files:
      codec: zstd
      level: 3
      target_bytes: 256 MiB
      row_group_bytes: 64 MiB

    # As in bronze.yaml, where the kinds are.
    checks:
      rows:
        meta_id_not_null: {check: not_null, column: meta_id, waivable: off}
        present: {check: not_null, columns: [event_type, title, user_name, wiki, event_timestamp]}
        processing_lag_seconds_not_null: {check: not_null, column: processing_lag_seconds, waivable: off}
        # Add external to take it in; or_digits: on takes in the numeric types such as "142".
        event_type_in: {check: in, column: event_type, values: [edit, new, log, categorize], or_digits: off}
        # Negative namespaces (-1 special, -2 media) are legal.
        namespace_not_null: {check: not_null, column: namespace}
        # More than half of real log events have no id.
        wikimedia_id_not_null:
          {check: not_null, column: wikimedia_id, when: {column: event_type, in: [edit, new, categorize]}}
        wikimedia_id_min:
          {check: between, column: wikimedia_id, min: 1, when: {column: event_type, in: [edit, new, categorize]}}
        # Events that come too late, or from the future; after an outage `--waive freshness` takes them in.
        freshness: {check: freshness, column: processing_lag_seconds, min: -10 min, max: 1 h}
        # What is not younger than the beginning of 2022 is no live event.
        event_timestamp_min: {check: between, column: event_timestamp, min: 1640995201}
        event_timestamp_not_in_future: {check: not_in_future, column: event_timestamp, tolerance: 10 min}
      # Judge what the batch adds to the table, by a metric with min, max, equals or a history; `batch: off` skips all of them.
      # mode: quarantine (committed and reported), suspend (nothing is committed until somebody decides) or log.
      batch:
        meta_id_unique: {metric: uniqueness, column: meta_id, equals: 1}

    """#
}
