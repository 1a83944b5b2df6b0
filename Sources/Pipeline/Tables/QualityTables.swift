import Columns

extension Tables {
  /// Bronze's rows that failed a row check.
  public static let bronzeQuarantine = quarantine("bronze")
  /// Silver's rows that failed a row check.
  public static let silverQuarantine = quarantine("silver")
  /// Gold's rows that failed a row check.
  public static let goldQuarantine = quarantine("gold")

  /// The quarantine table of a layer. A row_id is in it at most once.
  private static func quarantine(_ layer: String) -> TableDefinition {
    TableDefinition(
      "\(layer)_quarantine", "Rows of the \(layer) layer that failed a row check", partitionedBy: ["event_date"],
      [
        TableDefinition.required(.string, "row_id"),
        TableDefinition.fields(.string, "meta_id"),
        TableDefinition.required(.timestamptz, "quarantine_timestamp"),
        TableDefinition.required(.string, "quarantine_reason", "quarantine_batch_id"),
        TableDefinition.fields(.list(.string), "failed_checks"),
        TableDefinition.fields(.string, "original_record"),
        TableDefinition.fields(.binary, "original_bytes"),
        TableDefinition.fields(.string, "kafka_cluster_id", "kafka_topic"),
        TableDefinition.fields(.int, "kafka_partition"),
        TableDefinition.fields(.long, "kafka_offset"),
        TableDefinition.fields(.timestamptz, "event_time"),
        TableDefinition.fields(.string, "wiki", "entity", "user_name"),
        TableDefinition.required(.string, "status"),
        TableDefinition.fields(.timestamptz, "status_time"),
        TableDefinition.fields(.string, "released_batch_id"),
        TableDefinition.required(.date, "event_date"),
      ])
  }

  /// A row a batch: its counts, and the ledger from which state is rebuilt.
  public static let qualityMetrics = TableDefinition(
    "quality_metrics", "One row a batch: what it read, passed and refused", partitionedBy: ["event_date", "layer"],
    [
      TableDefinition.required(.string, "batch_id", "run", "layer"),
      TableDefinition.fields(.string, "job", "plan", "config"),
      TableDefinition.fields(.timestamptz, "plan_clock"),
      TableDefinition.fields(.string, "outcome"),
      TableDefinition.fields(.long, "total_count", "passed_count", "failed_count", "duplicate_count"),
      TableDefinition.fields(.double, "pass_rate"),
      TableDefinition.fields(.list(.string), "failed_checks"),
      TableDefinition.fields(.string, "severity"),
      TableDefinition.required(.timestamptz, "check_timestamp"),
      TableDefinition.required(.date, "event_date"),
    ])

  /// A row a failed check, or a check with a metric.
  public static let qualityCheckResults = TableDefinition(
    "quality_check_results", "Checks that failed, and checks with a metric", partitionedBy: ["event_date"],
    [
      TableDefinition.required(.string, "batch_id", "run", "layer", "check_name"),
      TableDefinition.fields(.string, "kind", "status"),
      TableDefinition.fields(.double, "metric_value", "threshold"),
      TableDefinition.fields(.long, "checked", "failed"),
      TableDefinition.fields(.string, "message"),
      TableDefinition.required(.timestamptz, "check_timestamp"),
      TableDefinition.required(.date, "event_date"),
    ])
}
