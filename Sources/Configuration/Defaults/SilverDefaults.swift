extension DefaultText {
  /// `jobs/silver.yaml`, byte for byte.
  static let silver = #"""
    # What `wikiguard-job silver` does: Bronze's events parsed, deduplicated by meta.id and checked.

    latency_target: 10 min
    timeout: 10 min

    limits:
      rows: 200000
      bytes: 256 MiB

    attempts: 3

    # An edit of more bytes than this, added or removed, is large.
    large_edit_bytes: 10240

    files:
      codec: zstd
      level: 3
      target_bytes: 256 MiB
      row_group_bytes: 64 MiB

    # As in bronze.yaml.
    checks:
      rows:
        meta_id_not_null: {check: not_null, column: meta_id}
        event_type_not_null: {check: not_null, column: event_type}
        title_not_null: {check: not_null, column: title}
        user_name_not_null: {check: not_null, column: user_name}
        wiki_not_null: {check: not_null, column: wiki}
        event_timestamp_not_null: {check: not_null, column: event_timestamp}
        processing_lag_seconds_not_null: {check: not_null, column: processing_lag_seconds}
        # Add external, or the numeric types such as "142", to take them in.
        event_type_accepted: {check: in, column: event_type, values: [edit, new, log, categorize]}
        # Negative namespaces (-1 special, -2 media) are legal.
        namespace_not_null: {check: not_null, column: namespace}
        # More than half of real log events have no id.
        wikimedia_id_positive:
          check: between
          column: wikimedia_id
          above: 0
          required: true
          when: {column: event_type, in: [edit, new, categorize]}
        # Events that come too late, or from the future; after an outage `--waive freshness` takes them in.
        freshness: {check: between, column: processing_lag_seconds, min: -600, max: 3600}
        # 2022-01-01: what is older is no live event.
        event_timestamp_plausible: {check: between, column: event_timestamp, above: 1640995200}
        event_timestamp_not_in_future: {check: not_in_future, column: event_timestamp, tolerance: 10 min}
      # Judges the batch; `batch: off` skips all of them.
      batch:
        meta_id_unique: {check: unique, columns: [meta_id], mode: quarantine}

    gate:
      critical_below: 0.80
      warning_below: 0.95

    """#
}
