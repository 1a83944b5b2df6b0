extension DefaultText {
  /// `jobs/maintain.yaml`, byte for byte.
  static let maintain = #"""
    # What keeps the tables small and fast: `wikiguard-job maintain`, and what every writer does in its own commit.

    timeout: 30 min

    snapshots:
      # Every commit keeps so many newest snapshots.
      keep: 50

    metadata:
      # Older metadata files are deleted after a commit.
      previous_versions: 100

    # Small files of a partition become files of about the target.
    compaction:
      target_bytes: 256 MiB
      small_bytes: 64 MiB
      min_files: 4

    # Days of rows that a table keeps, by event_date; 0 keeps all. Rows that the next job has not consumed are kept.
    retention_days:
      bronze_events: 0
      silver_events: 0
      gold_entity_metrics_10min: 0
      gold_user_metrics_10min: 0
      gold_global_metrics_10min: 0
      gold_baselines: 0
      bronze_quarantine: 0
      silver_quarantine: 0
      gold_quarantine: 0
      quality_metrics: 0
      quality_check_results: 0

    # Files that no table names are deleted when they are older than this.
    orphans:
      older_than: 3 d

    """#
}
