/// What one user did in one window, as far as scores depend on it.
public struct UserActivity: Sendable, Hashable {
  /// Whether the edits carry the bot flag.
  public var isBot = false
  /// Edits and new pages.
  public var edits: Int64 = 0
  /// Edits that undo others' work.
  public var reverts: Int64 = 0
  /// Distinct pages among the edits.
  public var entities: Int64 = 0
  /// Distinct wikis among the edits, those of `UserRules.excludedWikis` aside.
  public var countedWikis: Int64 = 0

  /// Nothing happened.
  public init() {}

  /// Reverts among edits, 0 when there is no edit.
  public var revertRatio: Double { share(reverts, of: edits) }
}

/// The flags of a user. The raw values are their order.
public struct UserFlags: OptionSet, Sendable, Hashable {
  /// One bit a flag.
  public let rawValue: UInt8

  /// Flags from bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Far more edits than usual, on several pages.
  public static let blitz = UserFlags(rawValue: 1)
  /// Many reverts.
  public static let massRevert = UserFlags(rawValue: 2)
  /// Edits on several wikis.
  public static let crossWiki = UserFlags(rawValue: 4)
  /// A large share of reverts.
  public static let highRevert = UserFlags(rawValue: 8)

  /// The names of the flags set, in their order, joined by a comma; nil when none is set.
  public var names: String? { joinedNames(rawValue, ["BLITZ", "MASS_REVERT", "CROSS_WIKI", "HIGH_REVERT"]) }
}

/// What detection says about a user's window.
public struct UserScore: Sendable, Hashable {
  /// How unusual the number of edits is; nil without a baseline.
  public var editsZScore: Double?
  /// How unusual the number of pages is; nil without a baseline.
  public var entitiesZScore: Double?
  /// The flags.
  public var flags: UserFlags = []
  /// The sum of the risk terms.
  public var risk = 0
  /// What the risk amounts to. Above NORMAL the row is an anomaly.
  public var severity = Severity.normal
  /// Each flag and term with its numbers, nil when there is none.
  public var explanation: String?
}

extension DetectionRules {
  /// Scores a user's window. Bots, and users below `min_edits` edits, get z-scores, and no flag or risk.
  public func score(_ activity: UserActivity, against baseline: Baseline?) -> UserScore {
    var score = UserScore()
    score.editsZScore = baseline?.events.zScore(Double(activity.edits))
    score.entitiesZScore = baseline?.entities?.zScore(Double(activity.entities))
    guard !activity.isBot, activity.edits >= user.minEdits else { return score }
    score.flags = user.flags(activity, zScore: score.editsZScore)
    let terms = user.terms(activity, zScore: score.editsZScore, isBlitz: score.flags.contains(.blitz))
    score.risk = terms.total
    score.severity = severity.severity(of: score.risk)
    guard score.risk > 0 || !score.flags.isEmpty else { return score }
    score.explanation = explanation(activity, baseline, score, terms)
    return score
  }

  private func explanation(
    _ activity: UserActivity, _ baseline: Baseline?, _ score: UserScore, _ terms: UserTerms
  ) -> String? {
    var text = Explanation()
    text.addEdits(activity, baseline, isBlitz: score.flags.contains(.blitz), points: terms.zScore)
    let undone = "\(Figures.count(activity.reverts)) of \(Figures.counted(activity.edits, "edit"))"
    if score.flags.contains(.massRevert) || terms.revertCount > 0 {
      text.add("mass reverts: \(undone) undo others' work", [], points: terms.revertCount)
    }
    if score.flags.contains(.crossWiki) || terms.wikis > 0 {
      let wikis = Figures.counted(activity.countedWikis, "wiki")
      text.add("across projects: edits on \(wikis), shared ones aside", [], points: terms.wikis)
    }
    if score.flags.contains(.highRevert) || terms.revertRatio > 0 {
      text.add(
        "mostly reverting: \(Figures.percent(activity.revertRatio)) of the edits are reverts",
        [Explanation.usually(baseline?.revertRatio)], points: terms.revertRatio)
    }
    return text.text(score.severity, risk: score.risk)
  }
}

/// The risk terms of a user, apart.
struct UserTerms {
  var zScore = 0
  var revertCount = 0
  var wikis = 0
  var revertRatio = 0

  var total: Int { zScore + revertCount + wikis + revertRatio }
}

extension UserRules {
  func flags(_ activity: UserActivity, zScore: Double?) -> UserFlags {
    var flags: UserFlags = []
    if let zScore, zScore > blitzZScore, activity.entities > blitzEntities { flags.insert(.blitz) }
    if activity.reverts > massRevertCount { flags.insert(.massRevert) }
    if activity.countedWikis > crossWikiCount { flags.insert(.crossWiki) }
    if activity.revertRatio > highRevertRatio { flags.insert(.highRevert) }
    return flags
  }

  func terms(_ activity: UserActivity, zScore: Double?, isBlitz: Bool) -> UserTerms {
    UserTerms(
      zScore: zScore.map { zScoreTerm($0, isBlitz: isBlitz) } ?? 0,
      revertCount: revertTerms ? revertCountRisk.points(for: Double(activity.reverts)) : 0,
      wikis: wikiRisk.points(for: Double(activity.countedWikis)),
      revertRatio: revertTerms ? revertRatioRisk.points(for: activity.revertRatio) : 0)
  }

  /// The first that applies: extreme, a blitz, raised.
  private func zScoreTerm(_ zScore: Double, isBlitz: Bool) -> Int {
    if zScore > extremeZScore { return extremeZScoreRisk }
    if isBlitz { return blitzRisk }
    return zScore > raisedZScore ? raisedZScoreRisk : 0
  }
}

extension Explanation {
  mutating func addEdits(_ activity: UserActivity, _ baseline: Baseline?, isBlitz: Bool, points: Int) {
    guard let baseline, isBlitz || points > 0 else { return }
    let edits = "\(Figures.counted(activity.edits, "edit")) on \(Figures.counted(activity.entities, "page"))"
    add(
      "\(isBlitz ? "blitz" : "busier than usual"): \(edits) where \(Figures.usual(baseline.events)) edits are usual",
      ["z \(Figures.decimal(baseline.events.zScore(Double(activity.edits))))"], points: points)
  }
}
