public import Detection
import YAML

/// `gold.yaml`: what the Gold job does, with every number of its scores.
public struct GoldConfiguration: Sendable, Hashable {
  /// The most that one batch plans.
  public struct Limits: Sendable, Hashable {
    /// Windows.
    public let windows: Int
    /// Silver rows to read for them.
    public let rows: Int
  }

  /// How old the oldest change of Silver not taken in should be at most.
  public let latencyTarget: Duration
  /// The longest run, unless the command line says otherwise.
  public let timeout: Duration
  /// The most that one batch plans.
  public let limits: Limits
  /// Attempts before Gold stops.
  public let attempts: Int
  /// Baselines, thresholds, risks and the allowed lateness.
  public let rules: DetectionRules
  /// How data files are written.
  public let files: FileOptions
  /// Row checks.
  public let checks: ChecksConfiguration
}

extension GoldConfiguration {
  init(_ reader: YAMLReader) throws {
    latencyTarget = try reader.latencyTarget()
    timeout = try reader.timeout()
    limits = try reader.section("limits") {
      Limits(
        windows: try $0.integer("windows", in: 1...1_000_000), rows: try $0.integer("rows", in: 1...1_000_000_000))
    }
    attempts = try reader.attempts()
    rules = try reader.detectionRules()
    files = try reader.section("files") { try FileOptions($0) }
    checks = try ChecksConfiguration(reader)
  }
}
