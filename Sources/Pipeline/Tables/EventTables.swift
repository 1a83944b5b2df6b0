import Columns

extension Tables {
  /// Raw events, byte for byte. A row is identified by kafka_cluster_id, kafka_topic, kafka_partition, kafka_offset.
  public static let bronzeEvents = TableDefinition(
    "bronze_events", "Raw events as they came from the log, byte for byte", partitionedBy: ["event_date"],
    [
      TableDefinition.fields(.string, "event_id", "event_data"),
      TableDefinition.required(.string, "kafka_topic"),
      TableDefinition.required(.int, "kafka_partition"),
      TableDefinition.required(.long, "kafka_offset"),
      TableDefinition.fields(.timestamptz, "kafka_timestamp"),
      TableDefinition.required(.timestamptz, "ingestion_timestamp"),
      TableDefinition.required(.date, "event_date"),
      TableDefinition.required(.string, "batch_id", "kafka_cluster_id"),
    ])

  /// Parsed, deduplicated events that passed the gate.
  public static let silverEvents = TableDefinition(
    "silver_events", "Parsed and deduplicated events that passed the row checks", partitionedBy: ["event_date"],
    [
      TableDefinition.fields(.string, "event_id"),
      TableDefinition.required(.string, "meta_id"),
      TableDefinition.fields(.string, "request_id"),
      TableDefinition.fields(.long, "wikimedia_id"),
      TableDefinition.fields(.string, "event_type"),
      TableDefinition.fields(.int, "namespace"),
      TableDefinition.fields(.string, "title", "title_url", "comment"),
      TableDefinition.fields(.long, "event_timestamp"),
      TableDefinition.required(.timestamptz, "event_time"),
      TableDefinition.fields(.string, "user_name"),
      TableDefinition.fields(.boolean, "is_bot", "is_minor", "is_patrolled"),
      TableDefinition.fields(.string, "wiki", "server_url", "notify_url", "domain", "canonical_entity"),
      TableDefinition.fields(.int, "length_old", "length_new"),
      TableDefinition.fields(.long, "revision_old", "revision_new", "log_id"),
      TableDefinition.fields(.string, "log_type", "log_action", "log_params"),
      TableDefinition.required(.string, "kafka_cluster_id", "kafka_topic"),
      TableDefinition.required(.int, "kafka_partition"),
      TableDefinition.required(.long, "kafka_offset"),
      TableDefinition.required(.timestamptz, "ingestion_timestamp"),
      TableDefinition.fields(.timestamptz, "ingest_time"),
      TableDefinition.fields(.int, "bytes_changed"),
      TableDefinition.fields(.boolean, "is_revert"),
      TableDefinition.fields(.string, "revert_kind", "revert_target_user"),
      TableDefinition.fields(.long, "revert_target_revision"),
      TableDefinition.fields(.boolean, "is_anonymous"),
      TableDefinition.fields(.string, "user_kind"),
      TableDefinition.fields(.int, "event_hour"),
      TableDefinition.fields(.long, "processing_lag_seconds"),
      TableDefinition.fields(.boolean, "has_comment", "is_large_edit", "is_bot_consistent", "is_allowlisted"),
      TableDefinition.required(.date, "event_date"),
      TableDefinition.required(.string, "batch_id"),
    ])
}
