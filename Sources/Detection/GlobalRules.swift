import Failures

/// When the platform as a whole is not healthy.
public struct GlobalRules: Sendable, Hashable {
  /// CRITICAL: the share of reverts is above this…
  public var criticalRevertRatio = 0.25
  /// …or the z-score of all events is above this.
  public var criticalZScore = 3.0
  /// WARNING: the share of reverts is above this…
  public var warningRevertRatio = 0.18
  /// …or the z-score of all events is above this.
  public var warningZScore = 2.0
  /// ELEVATED: the share of reverts is above this…
  public var elevatedRevertRatio = 0.15
  /// …or the z-score of all events is above this.
  public var elevatedZScore = 1.0
  /// Taken off the health score by the share of reverts.
  public var revertPenalty = RiskSteps([0.25: 30, 0.18: 20, 0.12: 10])
  /// Taken off by the z-score's size, in either direction.
  public var zScorePenalty = RiskSteps([3: 25, 2: 15, 1: 5])
  /// Taken off by the share of anonymous edits.
  public var anonymousPenalty = RiskSteps([0.5: 20, 0.35: 10])
  /// Taken off by the mean lag in seconds, with fixed baselines only: lag is the pipeline's health, not the platform's.
  public var lagPenalty = RiskSteps([300: 15, 120: 5])

  /// The classic numbers.
  public init() {}

  func validate() throws(Failure) {
    try requireRatio(criticalRevertRatio, "global.critical_revert_ratio")
    try requireRatio(warningRevertRatio, "global.warning_revert_ratio")
    try requireRatio(elevatedRevertRatio, "global.elevated_revert_ratio")
    try requireNumber(criticalZScore, "global.critical_zscore")
    try requireNumber(warningZScore, "global.warning_zscore")
    try requireNumber(elevatedZScore, "global.elevated_zscore")
    guard elevatedRevertRatio <= warningRevertRatio, warningRevertRatio <= criticalRevertRatio else {
      throw .configuration("global: the revert ratios must rise from elevated to critical")
    }
    guard elevatedZScore <= warningZScore, warningZScore <= criticalZScore else {
      throw .configuration("global: the z-scores must rise from elevated to critical")
    }
    try revertPenalty.validate("global.revert_penalty")
    try zScorePenalty.validate("global.zscore_penalty")
    try anonymousPenalty.validate("global.anonymous_penalty")
    try lagPenalty.validate("global.lag_penalty")
  }
}
