import YAML

/// Flags and risk of pages.
public struct EntityScoreConfiguration: Sendable, Hashable {
  /// Fewer non-bot edits raise nothing.
  public let minimumEdits: Int
  /// Fewer editors raise nothing.
  public let minimumEditors: Int
  /// BURST above this z-score.
  public let burstZScore: Double
  /// HIGH_REVERT above this ratio.
  public let highRevertRatio: Double
  /// ANON_SURGE above this ratio.
  public let anonymousSurgeRatio: Double
  /// LARGE_CHANGE above so many bytes added and removed.
  public let largeChangeBytes: Int
  /// Points by z-score, highest threshold first.
  public let zScoreRisk: [GoldConfiguration.Step]
  /// Points by revert ratio, highest threshold first.
  public let revertRisk: [GoldConfiguration.Step]
  /// Points by anonymous ratio, highest threshold first.
  public let anonymousRisk: [GoldConfiguration.Step]
  /// Points of a large change.
  public let largeChangePoints: Int
  /// A quality ratio below this has `lowQualityPoints`.
  public let lowQualityBelow: Double
  /// Points of a low quality ratio.
  public let lowQualityPoints: Int
}

/// Flags and risk of users.
public struct UserScoreConfiguration: Sendable, Hashable {
  /// Fewer edits raise nothing.
  public let minimumEdits: Int
  /// Whether reverts add risk.
  public let revertTerms: Bool
  /// Wikis that do not count as crossing wikis.
  public let sharedWikis: [String]
  /// BLITZ above this z-score and `blitzEntities`.
  public let blitzZScore: Double
  /// BLITZ above so many pages and `blitzZScore`.
  public let blitzEntities: Int
  /// MASS_REVERT above so many reverts.
  public let massReverts: Int
  /// CROSS_WIKI above so many wikis.
  public let crossWikis: Int
  /// HIGH_REVERT above this ratio.
  public let highRevertRatio: Double
  /// Points by z-score, highest threshold first; a blitz comes between the highest and the others.
  public let zScoreRisk: [GoldConfiguration.Step]
  /// Points of a blitz.
  public let blitzPoints: Int
  /// Points by reverts, highest threshold first.
  public let revertsRisk: [GoldConfiguration.Step]
  /// Points by wikis, highest threshold first.
  public let wikisRisk: [GoldConfiguration.Step]
  /// Points by revert ratio, highest threshold first.
  public let revertRatioRisk: [GoldConfiguration.Step]
}

/// Health of the platform.
public struct GlobalScoreConfiguration: Sendable, Hashable {
  /// What makes a state of the platform; either is enough.
  public struct State: Sendable, Hashable {
    /// Above this revert ratio.
    public let revertRatio: Double
    /// Above this z-score.
    public let zScore: Double
  }

  /// CRITICAL.
  public let critical: State
  /// WARNING.
  public let warning: State
  /// ELEVATED.
  public let elevated: State
  /// Points taken by revert ratio, highest threshold first.
  public let revertPenalty: [GoldConfiguration.Step]
  /// Points taken by the z-score's absolute value, highest threshold first.
  public let zScorePenalty: [GoldConfiguration.Step]
  /// Points taken by anonymous ratio, highest threshold first.
  public let anonymousPenalty: [GoldConfiguration.Step]
  /// Points taken by seconds of mean lag, highest threshold first; only with fixed baselines.
  public let lagPenalty: [GoldConfiguration.Step]
}

extension EntityScoreConfiguration {
  init(_ reader: YAMLReader) throws {
    minimumEdits = try reader.integer("min_edits", in: 0...1_000_000)
    minimumEditors = try reader.integer("min_editors", in: 0...1_000_000)
    (burstZScore, highRevertRatio, anonymousSurgeRatio, largeChangeBytes) = try reader.section("flags") {
      (
        try $0.score("burst_zscore"), try $0.ratio("high_revert_ratio"), try $0.ratio("anonymous_surge_ratio"),
        try $0.byteCount("large_change_bytes", in: 0...(1 << 40))
      )
    }
    (zScoreRisk, revertRisk, anonymousRisk, largeChangePoints, (lowQualityBelow, lowQualityPoints)) =
      try reader.section("risk") {
        (
          try $0.steps("zscore"), try $0.steps("revert_ratio"), try $0.steps("anonymous_ratio"),
          try $0.points("large_change_points"),
          try $0.section("low_quality") { (try $0.ratio("below"), try $0.points("points")) }
        )
      }
  }
}

extension UserScoreConfiguration {
  init(_ reader: YAMLReader) throws {
    minimumEdits = try reader.integer("min_edits", in: 0...1_000_000)
    revertTerms = try reader.boolean("revert_terms")
    sharedWikis = try reader.optionalStrings("shared_wikis")
    (blitzZScore, blitzEntities, massReverts, crossWikis, highRevertRatio) = try reader.section("flags") {
      (
        try $0.score("blitz_zscore"), try $0.integer("blitz_entities", in: 0...1_000_000),
        try $0.integer("mass_reverts", in: 0...1_000_000), try $0.integer("cross_wikis", in: 0...1_000_000),
        try $0.ratio("high_revert_ratio")
      )
    }
    (zScoreRisk, blitzPoints, revertsRisk, wikisRisk, revertRatioRisk) = try reader.section("risk") {
      (
        try $0.steps("zscore"), try $0.points("blitz_points"), try $0.steps("reverts"), try $0.steps("wikis"),
        try $0.steps("revert_ratio")
      )
    }
  }
}

extension GlobalScoreConfiguration {
  init(_ reader: YAMLReader) throws {
    critical = try reader.section("critical") { try State($0) }
    warning = try reader.section("warning") { try State($0) }
    elevated = try reader.section("elevated") { try State($0) }
    (revertPenalty, zScorePenalty, anonymousPenalty, lagPenalty) = try reader.section("health") {
      (
        try $0.steps("revert_ratio"), try $0.steps("zscore"), try $0.steps("anonymous_ratio"),
        try $0.steps("lag_seconds")
      )
    }
  }
}

extension GlobalScoreConfiguration.State {
  init(_ reader: YAMLReader) throws {
    revertRatio = try reader.ratio("revert_ratio")
    zScore = try reader.score("zscore")
  }
}
