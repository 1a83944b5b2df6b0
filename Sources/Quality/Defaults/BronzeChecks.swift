extension RowChecks {
  /// Bronze's checks: `event_id_not_null`, `event_data_not_null`, `kafka_topic_not_null`, `kafka_offset_not_null`,
  /// `ingestion_timestamp_not_null`, `event_date_not_null`, `kafka_partition_min`, `kafka_offset_min`,
  /// `event_data_utf8`, `event_data_is_json`.
  public static let bronze = RowChecks(trusted: [
    RowCheck("event_id", .notNull),
    RowCheck("event_data", .notNull),
    RowCheck("kafka_topic", .notNull, isWaivable: false),
    RowCheck("kafka_offset", .notNull, isWaivable: false),
    RowCheck("ingestion_timestamp", .notNull, isWaivable: false),
    RowCheck("event_date", .notNull, isWaivable: false),
    RowCheck("kafka_partition", .between(0, nil)),
    RowCheck("kafka_offset", .between(0, nil)),
    RowCheck("event_data", .utf8, isWaivable: false),
    RowCheck("event_data", .isJSON),
  ])
}
