extension DefaultText {
  /// `jobs/bronze.yaml`, byte for byte.
  static let bronze = #"""
    # What `wikiguard-job bronze` does: records of the log become rows of bronze_events, byte for byte.

    # `status` and the alerts speak when the oldest record not taken in is older than twice this.
    latency_target: 2 min
    timeout: 10 min

    # The most that one batch takes in.
    limits:
      rows: 100000
      bytes: 128 MiB

    # How much is asked of the log at once; it is also checked and encoded at a time, while other threads compress what was before.
    fetch_bytes: 8 MiB

    topics:
      events: [cleaned_events]
      # Drained into bronze_quarantine; empty: none.
      dead_letters: dlq_events

    # When records that were never read have fallen to retention: fail (exit 65, until `batches accept-loss`) or skip.
    on_missing: fail

    # A batch that failed so often is planned again with half its range.
    attempts: 3

    # Compressing is most of the work. Level 3 makes the files smaller by one hundredth and costs the job a quarter more CPU;
    # compaction writes them anew.
    files:
      codec: zstd
      level: 1
      target_bytes: 256 MiB
      row_group_bytes: 64 MiB

    # Row checks route rows: pass to the table, fail to the quarantine with every failing check named; the first one names
    # the reason. A check with `columns` is one check a column, called COLUMN_RULE (event_id_not_null). `NAME: off` drops
    # one, and `--waive NAME` suspends it for one run, unless `waivable: off` says that such a row cannot be stored.
    # `mode: log` only counts the rows that fail, `mode: suspend` also holds the batch back; `when: {column: c, in: [x]}` asks
    # some rows only. A null fails not_null and nothing else. The kinds (docs/CHECKS.md has an example of each):
    #   not_null, utf8, is_json
    #   in, not_in (values; in: or_digits), between (min, max), min, max (value), length (min, max)
    #   matches (pattern: PCRE2, looked for anywhere; ignore_case)
    #   freshness (min, max: of a lag in seconds, or of a timestamp's age), not_in_future (tolerance)
    #   unique (with: other columns of the key), references (other: the column that has the value in some row)
    #   less_than, at_most, equal_to, not_equal_to, at_least, greater_than (other: a column), at_most (sum_of: columns)
    #   sql (expression: "bytes_changed < 1000000 OR is_bot", true for good rows; it has no column)
    checks:
      rows:
        present: {check: not_null, columns: [event_id, event_data]}
        identity:
          {check: not_null, columns: [kafka_topic, kafka_offset, ingestion_timestamp, event_date], waivable: off}
        numbers: {check: between, columns: [kafka_partition, kafka_offset], min: 0}
        event_data_utf8: {check: utf8, column: event_data, waivable: off}
        event_data_is_json: {check: is_json, column: event_data}
      batch: off

    """#
}
