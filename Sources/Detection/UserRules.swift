import Failures

/// When a user's ten minutes are an anomaly. Bots raise nothing.
public struct UserRules: Sendable, Hashable {
  /// Below so many edits every flag and term is off.
  public var minEdits = 3
  /// BLITZ: the z-score of the edits is above this…
  public var blitzZScore = 2.0
  /// …and more pages than this were edited.
  public var blitzEntities = 3
  /// MASS_REVERT: more reverts than this.
  public var massRevertCount = 3
  /// CROSS_WIKI: edits on more wikis than this, those excluded aside.
  public var crossWikiCount = 2
  /// Wikis that everybody edits from everywhere, by database name; they do not count for CROSS_WIKI.
  public var excludedWikis = ["commonswiki", "wikidatawiki", "metawiki"]
  /// HIGH_REVERT: the share of edits that are reverts is above this.
  public var highRevertRatio = 0.30
  /// The z-score above which `extremeZScoreRisk` counts.
  public var extremeZScore = 4.0
  /// Risk of an extreme z-score.
  public var extremeZScoreRisk = 35
  /// Risk of a BLITZ whose z-score is not extreme.
  public var blitzRisk = 25
  /// The z-score above which `raisedZScoreRisk` counts where it is neither extreme nor a BLITZ.
  public var raisedZScore = 2.0
  /// Risk of a raised z-score.
  public var raisedZScoreRisk = 10
  /// Whether the two revert terms count as risk. Who reverts much is mostly repairing, so they do not.
  public var revertTerms = false
  /// Risk by the number of reverts.
  public var revertCountRisk = RiskSteps([5: 30, 3: 20])
  /// Risk by the number of wikis, those excluded aside.
  public var wikiRisk = RiskSteps([3: 15, 2: 10])
  /// Risk by the share of reverts.
  public var revertRatioRisk = RiskSteps([0.5: 20, 0.3: 10])

  /// The classic numbers.
  public init() {}

  func validate() throws(Failure) {
    try requireCount(minEdits, "user.min_edits")
    try requireNumber(blitzZScore, "user.blitz_zscore")
    try requireCount(blitzEntities, "user.blitz_entities")
    try requireCount(massRevertCount, "user.mass_revert_count")
    try requireCount(crossWikiCount, "user.cross_wiki_count")
    try requireRatio(highRevertRatio, "user.high_revert_ratio")
    try requireNumber(extremeZScore, "user.extreme_zscore")
    try requireCount(extremeZScoreRisk, "user.extreme_zscore_risk")
    try requireCount(blitzRisk, "user.blitz_risk")
    try requireNumber(raisedZScore, "user.raised_zscore")
    try requireCount(raisedZScoreRisk, "user.raised_zscore_risk")
    try revertCountRisk.validate("user.revert_count_risk")
    try wikiRisk.validate("user.wiki_risk")
    try revertRatioRisk.validate("user.revert_ratio_risk")
  }
}
