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

  /// A number of points for a value over a threshold.
  public struct Step: Sendable, Hashable {
    /// The value must be more than this.
    public let over: Double
    /// Points then.
    public let points: Int
  }

  /// Risks from which severities begin.
  public struct Severity: Sendable, Hashable {
    /// CRITICAL from here.
    public let critical: Int
    /// HIGH from here.
    public let high: Int
    /// MEDIUM from here; LOW is any risk below it.
    public let medium: Int
  }

  /// How old the oldest change of Silver not taken in should be at most.
  public let latencyTarget: Duration
  /// The longest run, unless the command line says otherwise.
  public let timeout: Duration
  /// The most that one batch plans.
  public let limits: Limits
  /// Attempts before Gold stops.
  public let attempts: Int
  /// The watermark is the newest event time less this.
  public let allowedLateness: Duration
  /// Where baselines come from.
  public let baselines: BaselineConfiguration
  /// Risks from which severities begin.
  public let severity: Severity
  /// Flags and risk of pages.
  public let entity: EntityScoreConfiguration
  /// Flags and risk of users.
  public let user: UserScoreConfiguration
  /// Health of the platform.
  public let global: GlobalScoreConfiguration
  /// How data files are written.
  public let files: FileOptions
  /// Row and batch checks.
  public let checks: ChecksConfiguration
  /// When a pass rate is worth an alert.
  public let gate: GateConfiguration
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
    allowedLateness = try reader.duration("allowed_lateness", in: .zero ... .days(30))
    baselines = try reader.section("baselines") { try BaselineConfiguration($0) }
    severity = try reader.section("severity") { try Severity($0) }
    entity = try reader.section("entity") { try EntityScoreConfiguration($0) }
    user = try reader.section("user") { try UserScoreConfiguration($0) }
    global = try reader.section("global") { try GlobalScoreConfiguration($0) }
    files = try reader.section("files") { try FileOptions($0) }
    checks = try ChecksConfiguration(reader)
    gate = try reader.section("gate") { try GateConfiguration($0) }
  }
}

extension GoldConfiguration.Severity {
  init(_ reader: YAMLReader) throws {
    critical = try reader.integer("critical", in: 1...1000)
    high = try reader.integer("high", in: 1...1000)
    medium = try reader.integer("medium", in: 1...1000)
    guard medium <= high, high <= critical else {
      throw reader.failure("critical", "must not be below high, nor high below medium")
    }
  }
}

extension YAMLReader {
  func points(_ key: String) throws -> Int { try integer(key, in: 0...1000) }
  func ratio(_ key: String) throws -> Double { try number(key, in: 0...1) }
  func score(_ key: String) throws -> Double { try number(key, in: 0...1e12) }

  /// Named steps, such as high, medium and low, from the highest threshold down.
  func steps(_ key: String) throws -> [GoldConfiguration.Step] {
    let steps = try namedSections(key) { _, step in
      GoldConfiguration.Step(over: try step.score("over"), points: try step.points("points"))
    }
    return steps.sorted { $0.over > $1.over }
  }
}
