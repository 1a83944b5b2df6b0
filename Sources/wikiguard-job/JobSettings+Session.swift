import Columns
import Compression
import Configuration
import Host
import Iceberg
import Parquet
import Pipeline
import Quality
import Runner

extension JobSettings {
  /// The jobs' settings as the configuration has them.
  init(_ session: Session) throws {
    let configuration = session.configuration
    let bronze = configuration.bronze
    let silver = configuration.silver
    self.init(
      bronze: BronzeSettings(
        rowLimit: bronze.limits.rows, byteLimit: bronze.limits.bytes, topics: bronze.topics,
        deadLetterTopics: bronze.deadLetterTopic.map { [$0] } ?? [],
        onMissing: bronze.onMissing == .skip ? .skip : .fail,
        files: DataFileOptions(bronze.files), fetchBytes: bronze.fetchBytes, attempts: bronze.attempts,
        checks: Self.checks(bronze.checks, of: Tables.bronzeEvents),
        batchChecks: try ConfiguredBatchChecks(bronze.checks, of: Tables.bronzeEvents).make),
      silver: SilverSettings(
        rowLimit: silver.limits.rows, byteLimit: silver.limits.bytes,
        allowlist: try session.configuration.allowlist.allowlist(),
        files: DataFileOptions(silver.files), checks: Self.checks(silver.checks, of: Tables.silverEvents),
        batchChecks: try ConfiguredBatchChecks(silver.checks, of: Tables.silverEvents).make,
        largeEditBytes: silver.largeEditBytes, attempts: silver.attempts, threads: Host.threads),
      gold: GoldSettings(
        rowLimit: configuration.gold.limits.rows, windowLimit: configuration.gold.limits.windows,
        rules: configuration.gold.rules, files: DataFileOptions(configuration.gold.files),
        checks: Self.goldChecks(configuration.gold.checks),
        batchChecks: try ConfiguredBatchChecks.gold(configuration.gold.checks), attempts: configuration.gold.attempts))
  }

  private static func goldChecks(
    _ checks: ChecksConfiguration
  ) -> @Sendable (Int64, Set<String>) throws -> GoldRowChecks {
    let (entities, users, globals) = (
      Self.checks(checks, of: Tables.goldEntityMetrics), Self.checks(checks, of: Tables.goldUserMetrics),
      Self.checks(checks, of: Tables.goldGlobalMetrics)
    )
    return { clock, waived in
      try GoldRowChecks(entities: entities(clock), users: users(clock), globals: globals(clock), waiving: waived)
    }
  }

  private static func checks(
    _ checks: ChecksConfiguration, of table: TableDefinition
  ) -> @Sendable (Int64) throws -> RowChecks {
    let columns = table.schema.fields.map(\.name)
    return { clock in try checks.rowChecks(table: table.name, columns: columns, clock: clock) }
  }
}

extension DataFileOptions {
  init(_ options: FileOptions) {
    self.init()
    targetFileBytes = options.targetBytes
    parquet.rowGroupBytes = options.rowGroupBytes
    parquet.level = options.level
    parquet.codec =
      switch options.codec {
      case .zstd: .zstd
      case .snappy: .snappy
      case .gzip: .gzip
      case .none: .uncompressed
      }
  }
}
