import Failures

/// When a page's ten minutes are an anomaly.
public struct EntityRules: Sendable, Hashable {
  /// Below so many edits by people (not bots) every flag and term is off.
  public var minEdits = 3
  /// Below so many distinct editors every flag and term is off.
  public var minEditors = 2
  /// BURST: the z-score of its edits is above this.
  public var burstZScore = 2.0
  /// HIGH_REVERT: the share of its edits that are reverts is above this.
  public var highRevertRatio = 0.30
  /// ANON_SURGE: the share of its edits that are anonymous is above this.
  public var anonymousSurgeRatio = 0.50
  /// LARGE_CHANGE: the bytes added and removed are above this.
  public var largeChangeBytes: Int64 = 51_200
  /// Risk by z-score.
  public var zScoreRisk = RiskSteps([3: 25, 2: 15, 1: 5])
  /// Risk by the share of reverts.
  public var revertRisk = RiskSteps([0.5: 30, 0.3: 20, 0.2: 10])
  /// Risk by the share of anonymous edits.
  public var anonymousRisk = RiskSteps([0.7: 25, 0.5: 15, 0.35: 5])
  /// Risk of a large change.
  public var largeChangeRisk = 15
  /// Below this share of events that passed the checks the quality is low.
  public var lowQualityRatio = 0.9
  /// Risk of low quality.
  public var lowQualityRisk = 5

  /// The classic numbers.
  public init() {}

  func validate() throws(Failure) {
    try requireCount(minEdits, "entity.min_edits")
    try requireCount(minEditors, "entity.min_editors")
    try requireNumber(burstZScore, "entity.burst_zscore")
    try requireRatio(highRevertRatio, "entity.high_revert_ratio")
    try requireRatio(anonymousSurgeRatio, "entity.anonymous_surge_ratio")
    guard largeChangeBytes >= 0 else {
      throw .configuration("entity.large_change_bytes: \(largeChangeBytes) is negative")
    }
    try zScoreRisk.validate("entity.zscore_risk")
    try revertRisk.validate("entity.revert_risk")
    try anonymousRisk.validate("entity.anonymous_risk")
    try requireCount(largeChangeRisk, "entity.large_change_risk")
    try requireRatio(lowQualityRatio, "entity.low_quality_ratio")
    try requireCount(lowQualityRisk, "entity.low_quality_risk")
  }
}
