import Detection
import Failures
import YAML

extension YAMLReader {
  /// The rules of detection from the keys of `gold.yaml`.
  func detectionRules() throws -> DetectionRules {
    let lateness = try duration("allowed_lateness", in: .zero ... .days(30))
    let baselines = try section("baselines") { try $0.baselineRules() }
    let severity = try section("severity") { try $0.severityRules() }
    let entity = try section("entity") { try $0.entityRules() }
    let user = try section("user") { try $0.userRules() }
    let global = try section("global") { try $0.globalRules() }
    do {
      return try DetectionRules(
        entity: entity, user: user, global: global, severity: severity, baselines: baselines,
        allowedLatenessSeconds: lateness.inSeconds)
    } catch {
      throw error.within(location.source)
    }
  }

  private func baselineRules() throws -> BaselineRules {
    var rules = BaselineRules()
    rules.mode = try choice("kind")
    rules.days = try integer("history_days", in: 1...366)
    rules.minimumWindows = try integer("minimum_windows", in: 1...1_000_000)
    guard rules.minimumWindows <= rules.days * 144 else {
      throw failure("minimum_windows", "is more than the \(rules.days * 144) windows of history_days")
    }
    rules.deviationScale = try number("deviation_scale", in: 0.01...100)
    try section("fixed") { fixed in
      rules.fixedEntity = try fixed.section("entity") { try $0.baseline(events: "events", hasEntities: false) }
      rules.fixedUser = try fixed.section("user") { try $0.baseline(events: "edits", hasEntities: true) }
      rules.fixedGlobal = try fixed.section("global") { try $0.baseline(events: "events", hasEntities: false) }
    }
    return rules
  }

  private func baseline(events: String, hasEntities: Bool) throws -> Baseline {
    Baseline(
      events: try spread(events), entities: hasEntities ? try spread("entities") : nil,
      revertRatio: try ratio("revert_ratio"), anonymousRatio: hasEntities ? nil : try ratio("anonymous_ratio"))
  }

  /// An average and the deviation that a z-score is divided by, which is never 0.
  private func spread(_ name: String) throws -> Spread {
    Spread(average: try score("\(name)_avg"), deviation: try number("\(name)_stddev", in: 1e-9...1e12))
  }

  private func severityRules() throws -> SeverityRules {
    var rules = SeverityRules()
    rules.critical = try integer("critical", in: 1...1000)
    rules.high = try integer("high", in: 1...1000)
    rules.medium = try integer("medium", in: 1...1000)
    return rules
  }

  private func entityRules() throws -> EntityRules {
    var rules = EntityRules()
    rules.minEdits = try count("min_edits")
    rules.minEditors = try count("min_editors")
    try section("flags") { flags in
      rules.burstZScore = try flags.score("burst_zscore")
      rules.highRevertRatio = try flags.ratio("high_revert_ratio")
      rules.anonymousSurgeRatio = try flags.ratio("anonymous_surge_ratio")
      rules.largeChangeBytes = Int64(try flags.byteCount("large_change_bytes", in: 0...(1 << 40)))
    }
    try section("risk") { risk in
      rules.zScoreRisk = try risk.steps("zscore")
      rules.revertRisk = try risk.steps("revert_ratio")
      rules.anonymousRisk = try risk.steps("anonymous_ratio")
      rules.largeChangeRisk = try risk.points("large_change_points")
      try risk.section("low_quality") { low in
        rules.lowQualityRatio = try low.ratio("below")
        rules.lowQualityRisk = try low.points("points")
      }
    }
    return rules
  }

  private func userRules() throws -> UserRules {
    var rules = UserRules()
    rules.minEdits = try count("min_edits")
    rules.revertTerms = try boolean("revert_terms")
    rules.excludedWikis = try optionalStrings("shared_wikis")
    try section("flags") { flags in
      rules.blitzZScore = try flags.score("blitz_zscore")
      rules.blitzEntities = try flags.count("blitz_entities")
      rules.massRevertCount = try flags.count("mass_reverts")
      rules.crossWikiCount = try flags.count("cross_wikis")
      rules.highRevertRatio = try flags.ratio("high_revert_ratio")
    }
    try section("risk") { risk in
      let extreme = try risk.section("extreme_zscore") { try $0.step() }
      (rules.extremeZScore, rules.extremeZScoreRisk) = (extreme.above, extreme.points)
      rules.blitzRisk = try risk.points("blitz_points")
      let raised = try risk.section("raised_zscore") { try $0.step() }
      (rules.raisedZScore, rules.raisedZScoreRisk) = (raised.above, raised.points)
      rules.revertCountRisk = try risk.steps("reverts")
      rules.wikiRisk = try risk.steps("wikis")
      rules.revertRatioRisk = try risk.steps("revert_ratio")
    }
    return rules
  }

  private func globalRules() throws -> GlobalRules {
    var rules = GlobalRules()
    (rules.criticalRevertRatio, rules.criticalZScore) = try section("critical") { try $0.state() }
    (rules.warningRevertRatio, rules.warningZScore) = try section("warning") { try $0.state() }
    (rules.elevatedRevertRatio, rules.elevatedZScore) = try section("elevated") { try $0.state() }
    try section("health") { health in
      rules.revertPenalty = try health.steps("revert_ratio")
      rules.zScorePenalty = try health.steps("zscore")
      rules.anonymousPenalty = try health.steps("anonymous_ratio")
      rules.lagPenalty = try health.steps("lag_seconds")
    }
    return rules
  }

  private func state() throws -> (ratio: Double, zScore: Double) { (try ratio("revert_ratio"), try score("zscore")) }

  private func count(_ key: String) throws -> Int { try integer(key, in: 0...1_000_000) }
  private func points(_ key: String) throws -> Int { try integer(key, in: 0...1000) }
  private func ratio(_ key: String) throws -> Double { try number(key, in: 0...1) }
  private func score(_ key: String) throws -> Double { try number(key, in: 0...1e12) }

  private func step() throws -> RiskStep { RiskStep(above: try score("over"), points: try points("points")) }

  /// Named steps, such as high, medium and low, from the highest threshold down.
  private func steps(_ key: String) throws -> RiskSteps {
    let steps = try namedSections(key) { _, step in try step.step() }
    return RiskSteps(steps.sorted { $0.above > $1.above })
  }
}
