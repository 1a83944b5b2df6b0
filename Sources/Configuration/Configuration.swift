public import YAML

/// The whole configuration, checked. Made by `load`.
public struct Configuration: Sendable {
  /// The environment's name.
  public let environmentName: String
  /// What `wikiguard-ingest` does.
  public let ingest: IngestConfiguration
  /// What the Bronze job does.
  public let bronze: BronzeConfiguration
  /// What the Silver job does.
  public let silver: SilverConfiguration
  /// What the Gold job does.
  public let gold: GoldConfiguration
  /// What keeps tables small.
  public let maintain: MaintainConfiguration
  /// Who hears of what.
  public let alerts: AlertsConfiguration
  /// Where it runs.
  public let environment: EnvironmentConfiguration
  /// The pages to watch.
  public let allowlist: AllowlistConfiguration
  /// Every value with its key, in the order of the compiled-in files.
  public let resolved: YAMLResolved
  /// Files and variables that were used beside the defaults, for `--verbose`.
  public let sources: [String]
  /// What was accepted but should be looked at, a line each.
  public let warnings: [String]

  /// The configuration as JSON text: the same bytes for configurations that mean the same. Its SHA-256 is the
  /// configuration's hash.
  public var resolvedJSON: String { resolved.json }

  /// All checks by layer, for `--waive`.
  public var checks: [ChecksConfiguration] { [bronze.checks, silver.checks, gold.checks] }
}
