import YAML

/// `silver.yaml`: what the Silver job does.
public struct SilverConfiguration: Sendable, Hashable {
  /// How old the oldest Bronze row not taken in should be at most.
  public let latencyTarget: Duration
  /// The longest run, unless the command line says otherwise.
  public let timeout: Duration
  /// The most that one batch takes in.
  public let limits: BatchLimits
  /// Attempts before a batch is split.
  public let attempts: Int
  /// An edit is large when it adds or removes more bytes than this.
  public let largeEditBytes: Int
  /// How data files are written.
  public let files: FileOptions
  /// Row and batch checks.
  public let checks: ChecksConfiguration
}

extension SilverConfiguration {
  init(_ reader: YAMLReader) throws {
    latencyTarget = try reader.latencyTarget()
    timeout = try reader.timeout()
    limits = try reader.section("limits") { try BatchLimits($0) }
    attempts = try reader.attempts()
    largeEditBytes = try reader.byteCount("large_edit_bytes", in: 0...(1 << 40))
    files = try reader.section("files") { try FileOptions($0) }
    checks = try ChecksConfiguration(reader)
  }
}
