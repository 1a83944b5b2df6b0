/// What happened everywhere in one window, as far as health depends on it.
public struct GlobalActivity: Sendable, Hashable {
  /// Events of every type.
  public var events: Int64 = 0
  /// Edits and new pages.
  public var edits: Int64 = 0
  /// Edits that undo others' work.
  public var reverts: Int64 = 0
  /// Edits by anonymous and temporary users.
  public var anonymousEdits: Int64 = 0
  /// The mean lag of events in seconds, nil when it is not known.
  public var averageLag: Double?

  /// Nothing happened.
  public init() {}

  /// Reverts among edits, 0 when there is no edit.
  public var revertRatio: Double { share(reverts, of: edits) }
  /// Anonymous edits among edits, 0 when there is no edit.
  public var anonymousRatio: Double { share(anonymousEdits, of: edits) }
}

/// The platform's state.
public enum PlatformHealth: String, Sendable, CaseIterable {
  /// As usual.
  case healthy = "HEALTHY"
  /// More than usual.
  case elevated = "ELEVATED"
  /// Far more than usual.
  case warning = "WARNING"
  /// An attack, or an outage of the moderators' tools.
  case critical = "CRITICAL"
}

/// What detection says about a window as a whole.
public struct GlobalScore: Sendable, Hashable {
  /// How unusual the number of events is; nil without a baseline.
  public var zScore: Double?
  /// The share of reverts above the usual one; nil without a baseline.
  public var revertDeviation: Double?
  /// The share of anonymous edits above the usual one; nil without a baseline.
  public var anonymousDeviation: Double?
  /// The state.
  public var health = PlatformHealth.healthy
  /// 100 less the penalties, at least 0.
  public var healthScore = 100
  /// What was seen, with its numbers and penalties.
  public var explanation = ""
}

extension DetectionRules {
  /// Scores a window as a whole. `kind` is the baseline's: only with a fixed one does the lag count.
  public func score(_ activity: GlobalActivity, against baseline: Baseline?, kind: BaselineKind) -> GlobalScore {
    var score = GlobalScore()
    score.zScore = baseline?.events.zScore(Double(activity.events))
    score.revertDeviation = baseline?.revertRatio.map { activity.revertRatio - $0 }
    score.anonymousDeviation = baseline?.anonymousRatio.map { activity.anonymousRatio - $0 }
    score.health = global.health(revertRatio: activity.revertRatio, zScore: score.zScore)
    let penalties = GlobalPenalties(
      events: score.zScore.map { global.zScorePenalty.points(for: abs($0)) } ?? 0,
      revert: global.revertPenalty.points(for: activity.revertRatio),
      anonymous: global.anonymousPenalty.points(for: activity.anonymousRatio),
      lag: kind == .fixed ? activity.averageLag.map { global.lagPenalty.points(for: $0) } ?? 0 : 0)
    score.healthScore = max(0, 100 - penalties.total)
    score.explanation = explanation(activity, baseline, score, penalties)
    return score
  }

  private func explanation(
    _ activity: GlobalActivity, _ baseline: Baseline?, _ score: GlobalScore, _ penalties: GlobalPenalties
  ) -> String {
    var parts = [eventsPart(activity, baseline, penalties.events)]
    parts.append(
      ratioPart("reverts", activity.revertRatio, usual: baseline?.revertRatio, penalty: penalties.revert))
    parts.append(
      ratioPart("anonymous", activity.anonymousRatio, usual: baseline?.anonymousRatio, penalty: penalties.anonymous))
    if penalties.lag > 0, let lag = activity.averageLag {
      parts.append("events come \(Figures.decimal(lag)) s late on average (−\(penalties.lag))")
    }
    return "\(score.health.rawValue), health \(score.healthScore) of 100: \(parts.joined(separator: "; "))."
  }

  private func eventsPart(_ activity: GlobalActivity, _ baseline: Baseline?, _ penalty: Int) -> String {
    let events = Figures.counted(activity.events, "event")
    guard let baseline else { return "\(events), and not yet known how many are usual" }
    let zScore = Figures.decimal(baseline.events.zScore(Double(activity.events)))
    let details = "z \(zScore)" + (penalty > 0 ? ", −\(penalty)" : "")
    return "\(events) where \(Figures.usual(baseline.events)) are usual (\(details))"
  }

  private func ratioPart(_ what: String, _ ratio: Double, usual: Double?, penalty: Int) -> String {
    let details = [Explanation.usually(usual), penalty > 0 ? "−\(penalty)" : nil].compactMap(\.self)
    let part = "\(Figures.percent(ratio)) of edits are \(what)"
    return details.isEmpty ? part : "\(part) (\(details.joined(separator: ", ")))"
  }
}

/// What is taken off the health score, apart.
private struct GlobalPenalties {
  var events = 0
  var revert = 0
  var anonymous = 0
  var lag = 0

  var total: Int { events + revert + anonymous + lag }
}

extension GlobalRules {
  func health(revertRatio: Double, zScore: Double?) -> PlatformHealth {
    let zScore = zScore ?? 0
    if revertRatio > criticalRevertRatio || zScore > criticalZScore { return .critical }
    if revertRatio > warningRevertRatio || zScore > warningZScore { return .warning }
    if revertRatio > elevatedRevertRatio || zScore > elevatedZScore { return .elevated }
    return .healthy
  }
}
