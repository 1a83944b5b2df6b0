import YAML

/// Where Gold's baselines come from.
public struct BaselineConfiguration: Sendable, Hashable {
  /// Learned or given.
  public enum Kind: String, Sendable, CaseIterable {
    /// From Gold's windows of the days before.
    case adaptive
    /// The numbers of `fixed`.
    case fixed
  }

  /// Fixed numbers for pages.
  public struct FixedEntity: Sendable, Hashable {
    /// Events a window.
    public let eventsAverage: Double
    /// Their standard deviation.
    public let eventsDeviation: Double
    /// The share of reverts.
    public let revertRatio: Double
    /// The share of anonymous edits.
    public let anonymousRatio: Double
  }

  /// Fixed numbers for users.
  public struct FixedUser: Sendable, Hashable {
    /// Edits a window.
    public let editsAverage: Double
    /// Their standard deviation.
    public let editsDeviation: Double
    /// Pages a window.
    public let entitiesAverage: Double
    /// Their standard deviation.
    public let entitiesDeviation: Double
    /// The share of reverts.
    public let revertRatio: Double
  }

  /// Learned or given.
  public let kind: Kind
  /// Days before a day from which its baseline is learned.
  public let historyDays: Int
  /// Fewer elapsed windows before a day give it no baseline.
  public let minimumWindows: Int
  /// What the median absolute deviation is multiplied by.
  public let madFactor: Double
  /// Fixed numbers for pages.
  public let fixedEntity: FixedEntity
  /// Fixed numbers for users.
  public let fixedUser: FixedUser
  /// Fixed numbers for the platform.
  public let fixedGlobal: FixedEntity
}

extension BaselineConfiguration {
  init(_ reader: YAMLReader) throws {
    kind = try reader.choice("kind")
    historyDays = try reader.integer("history_days", in: 1...366)
    minimumWindows = try reader.integer("minimum_windows", in: 1...100_000)
    guard minimumWindows <= historyDays * 144 else {
      throw reader.failure("minimum_windows", "is more than the \(historyDays * 144) windows of history_days")
    }
    madFactor = try reader.number("mad_factor", in: 0.01...100)
    (fixedEntity, fixedUser, fixedGlobal) = try reader.section("fixed") { fixed in
      (
        try fixed.section("entity") { try FixedEntity($0) }, try fixed.section("user") { try FixedUser($0) },
        try fixed.section("global") { try FixedEntity($0) }
      )
    }
  }
}

extension BaselineConfiguration.FixedEntity {
  init(_ reader: YAMLReader) throws {
    eventsAverage = try reader.score("events_avg")
    eventsDeviation = try reader.deviation("events_stddev")
    revertRatio = try reader.ratio("revert_ratio")
    anonymousRatio = try reader.ratio("anonymous_ratio")
  }
}

extension BaselineConfiguration.FixedUser {
  init(_ reader: YAMLReader) throws {
    editsAverage = try reader.score("edits_avg")
    editsDeviation = try reader.deviation("edits_stddev")
    entitiesAverage = try reader.score("entities_avg")
    entitiesDeviation = try reader.deviation("entities_stddev")
    revertRatio = try reader.ratio("revert_ratio")
  }
}

extension YAMLReader {
  /// What a z-score is divided by: never 0.
  fileprivate func deviation(_ key: String) throws -> Double { try number(key, in: 1e-9...1e12) }
}
