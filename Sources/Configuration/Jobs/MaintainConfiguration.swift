import YAML

/// `maintain.yaml`: what keeps the tables small.
public struct MaintainConfiguration: Sendable, Hashable {
  /// When small files become large ones.
  public struct Compaction: Sendable, Hashable {
    /// About the size of a compacted file.
    public let targetBytes: Int
    /// A file below this size is small.
    public let smallBytes: Int
    /// Fewer small files of a partition are left alone.
    public let minimumFiles: Int
  }

  /// How long a table keeps its rows.
  public struct Retention: Sendable, Hashable {
    /// The table.
    public let table: String
    /// Days by event_date.
    public let days: Int
  }

  /// The longest run, unless the command line says otherwise.
  public let timeout: Duration
  /// Newest snapshots that every commit keeps.
  public let snapshotsKept: Int
  /// Newest metadata files that are kept beside the current one.
  public let metadataVersionsKept: Int
  /// When small files become large ones.
  public let compaction: Compaction
  /// Tables whose rows have an end; all others keep theirs.
  public let retention: [Retention]
  /// Files that no table names are deleted at this age.
  public let orphanAge: Duration
}

extension MaintainConfiguration {
  static let tables = [
    "bronze_events", "silver_events", "gold_entity_metrics_10min", "gold_user_metrics_10min",
    "gold_global_metrics_10min", "gold_baselines", "bronze_quarantine", "silver_quarantine", "gold_quarantine",
    "quality_metrics", "quality_check_results",
  ]

  init(_ reader: YAMLReader) throws {
    timeout = try reader.timeout()
    snapshotsKept = try reader.section("snapshots") { try $0.integer("keep", in: 1...100_000) }
    metadataVersionsKept = try reader.section("metadata") { try $0.integer("previous_versions", in: 1...100_000) }
    compaction = try reader.section("compaction") { try Compaction($0) }
    retention = try reader.section("retention_days") { section in
      try Self.tables.compactMap { table in
        let days = try section.integer(table, in: 0...36500)
        return days > 0 ? Retention(table: table, days: days) : nil
      }
    }
    orphanAge = try reader.section("orphans") { try $0.duration("older_than", in: .hours(1) ... .days(3650)) }
  }
}

extension MaintainConfiguration.Compaction {
  init(_ reader: YAMLReader) throws {
    targetBytes = try reader.byteCount("target_bytes", in: (1 << 16)...(1 << 40))
    smallBytes = try reader.byteCount("small_bytes", in: 0...targetBytes)
    minimumFiles = try reader.integer("min_files", in: 2...100_000)
  }
}
