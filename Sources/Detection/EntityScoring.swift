/// What happened on one page in one window, as far as scores depend on it.
public struct EntityActivity: Sendable, Hashable {
  /// Events of every type.
  public var events: Int64 = 0
  /// Edits and new pages.
  public var edits: Int64 = 0
  /// Edits by bots.
  public var botEdits: Int64 = 0
  /// Edits that undo others' work.
  public var reverts: Int64 = 0
  /// Edits by anonymous and temporary users.
  public var anonymousEdits: Int64 = 0
  /// Distinct users among the edits.
  public var editors: Int64 = 0
  /// Bytes added and removed by edits.
  public var absoluteBytes: Int64 = 0
  /// Rows of the page that failed the checks.
  public var failed: Int64 = 0

  /// Nothing happened.
  public init() {}

  /// Edits by people.
  public var humanEdits: Int64 { edits - botEdits }
  /// Reverts among edits, 0 when there is no edit.
  public var revertRatio: Double { share(reverts, of: edits) }
  /// Anonymous edits among edits, 0 when there is no edit.
  public var anonymousRatio: Double { share(anonymousEdits, of: edits) }
  /// Edits by bots among edits, 0 when there is no edit.
  public var botRatio: Double { share(botEdits, of: edits) }
  /// Events among events and failed rows, 1 when there is neither.
  public var qualityRatio: Double { events + failed == 0 ? 1 : share(events, of: events + failed) }
}

/// `part` of `whole`, 0 when there is no whole.
func share(_ part: Int64, of whole: Int64) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

/// The flags of a page. The raw values are their order.
public struct EntityFlags: OptionSet, Sendable, Hashable {
  /// One bit a flag.
  public let rawValue: UInt8

  /// Flags from bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Far more edits by people than usual.
  public static let burst = EntityFlags(rawValue: 1)
  /// A large share of reverts.
  public static let highRevert = EntityFlags(rawValue: 2)
  /// A large share of anonymous edits.
  public static let anonymousSurge = EntityFlags(rawValue: 4)
  /// Much text added and removed.
  public static let largeChange = EntityFlags(rawValue: 8)

  /// The names of the flags set, in their order, joined by a comma; nil when none is set.
  public var names: String? {
    joinedNames(rawValue, ["BURST", "HIGH_REVERT", "ANON_SURGE", "LARGE_CHANGE"])
  }
}

/// The names whose bit is set, joined by a comma; nil when none is.
func joinedNames(_ bits: UInt8, _ names: [String]) -> String? {
  guard bits != 0 else { return nil }
  return names.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element).joined(separator: ",")
}

/// What detection says about a page's window.
public struct EntityScore: Sendable, Hashable {
  /// How unusual the number of edits by people is; nil without a baseline.
  public var zScore: Double?
  /// The share of reverts above the usual one; nil without a baseline.
  public var revertDeviation: Double?
  /// The share of anonymous edits above the usual one; nil without a baseline.
  public var anonymousDeviation: Double?
  /// The flags.
  public var flags: EntityFlags = []
  /// The sum of the risk terms.
  public var risk = 0
  /// What the risk amounts to. Above NORMAL the row is an anomaly.
  public var severity = Severity.normal
  /// Each flag and term with its numbers, nil when there is none.
  public var explanation: String?
}

extension DetectionRules {
  /// Scores a page's window.
  ///
  /// Below `min_edits` edits by people and `min_editors` editors there are deviations, and no flag or risk.
  public func score(_ activity: EntityActivity, against baseline: Baseline?) -> EntityScore {
    var score = EntityScore()
    score.zScore = baseline?.events.zScore(Double(activity.humanEdits))
    score.revertDeviation = baseline?.revertRatio.map { activity.revertRatio - $0 }
    score.anonymousDeviation = baseline?.anonymousRatio.map { activity.anonymousRatio - $0 }
    guard activity.humanEdits >= entity.minEdits, activity.editors >= entity.minEditors else { return score }
    score.flags = entity.flags(activity, zScore: score.zScore)
    let terms = entity.terms(activity, zScore: score.zScore)
    score.risk = terms.total
    score.severity = severity.severity(of: score.risk)
    guard score.risk > 0 || !score.flags.isEmpty else { return score }
    score.explanation = explanation(activity, baseline, score, terms)
    return score
  }

  private func explanation(
    _ activity: EntityActivity, _ baseline: Baseline?, _ score: EntityScore, _ terms: EntityTerms
  ) -> String? {
    var text = Explanation()
    text.addEdits(activity, baseline, isBurst: score.flags.contains(.burst), points: terms.zScore)
    text.addReverts(activity, baseline, isFlagged: score.flags.contains(.highRevert), points: terms.revert)
    text.addAnonymous(activity, baseline, isFlagged: score.flags.contains(.anonymousSurge), points: terms.anonymous)
    if score.flags.contains(.largeChange) || terms.largeChange > 0 {
      text.add(
        "large change: \(Figures.bytes(activity.absoluteBytes)) added and removed", [], points: terms.largeChange)
    }
    if terms.quality > 0 {
      let all = Figures.counted(activity.events + activity.failed, "event")
      text.add("poor data: \(Figures.count(activity.failed)) of \(all) failed the checks", [], points: terms.quality)
    }
    return text.text(score.severity, risk: score.risk)
  }
}

/// The risk terms of a page, apart.
struct EntityTerms {
  var zScore = 0
  var revert = 0
  var anonymous = 0
  var largeChange = 0
  var quality = 0

  var total: Int { zScore + revert + anonymous + largeChange + quality }
}

extension EntityRules {
  func flags(_ activity: EntityActivity, zScore: Double?) -> EntityFlags {
    var flags: EntityFlags = []
    if let zScore, zScore > burstZScore { flags.insert(.burst) }
    if activity.revertRatio > highRevertRatio { flags.insert(.highRevert) }
    if activity.anonymousRatio > anonymousSurgeRatio { flags.insert(.anonymousSurge) }
    if activity.absoluteBytes > largeChangeBytes { flags.insert(.largeChange) }
    return flags
  }

  func terms(_ activity: EntityActivity, zScore: Double?) -> EntityTerms {
    EntityTerms(
      zScore: zScore.map { zScoreRisk.points(for: $0) } ?? 0,
      revert: revertRisk.points(for: activity.revertRatio),
      anonymous: anonymousRisk.points(for: activity.anonymousRatio),
      largeChange: activity.absoluteBytes > largeChangeBytes ? largeChangeRisk : 0,
      quality: activity.qualityRatio < lowQualityRatio ? lowQualityRisk : 0)
  }
}

extension Explanation {
  mutating func addEdits(_ activity: EntityActivity, _ baseline: Baseline?, isBurst: Bool, points: Int) {
    guard let baseline, isBurst || points > 0 else { return }
    let edits = Figures.counted(activity.humanEdits, "edit")
    let zScore = baseline.events.zScore(Double(activity.humanEdits))
    add(
      "\(isBurst ? "burst" : "busier than usual"): \(edits) by people where \(Figures.usual(baseline.events)) are usual",
      ["z \(Figures.decimal(zScore))"], points: points)
  }

  mutating func addReverts(_ activity: EntityActivity, _ baseline: Baseline?, isFlagged: Bool, points: Int) {
    guard isFlagged || points > 0 else { return }
    let reverts = "\(Figures.count(activity.reverts)) of \(Figures.counted(activity.edits, "edit"))"
    add(
      "\(isFlagged ? "many reverts" : "more reverts than most"): \(reverts) undo others' work",
      [Figures.percent(activity.revertRatio), Self.usually(baseline?.revertRatio)], points: points)
  }

  mutating func addAnonymous(_ activity: EntityActivity, _ baseline: Baseline?, isFlagged: Bool, points: Int) {
    guard isFlagged || points > 0 else { return }
    let edits = "\(Figures.count(activity.anonymousEdits)) of \(Figures.counted(activity.edits, "edit"))"
    add(
      "\(isFlagged ? "anonymous surge" : "many anonymous edits"): \(edits)",
      [Figures.percent(activity.anonymousRatio), Self.usually(baseline?.anonymousRatio)], points: points)
  }
}
