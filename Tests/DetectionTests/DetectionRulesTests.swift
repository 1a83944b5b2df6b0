import Detection
import Failures
import Testing

/// A change that makes rules senseless; its name begins the message.
struct BadRules: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable () throws -> DetectionRules

  var testDescription: String { name }

  static func entity(_ name: String, _ change: @escaping @Sendable (inout EntityRules) -> Void) -> BadRules {
    BadRules(name: "entity\(name)") {
      var rules = EntityRules()
      change(&rules)
      return try DetectionRules(entity: rules)
    }
  }

  static func user(_ name: String, _ change: @escaping @Sendable (inout UserRules) -> Void) -> BadRules {
    BadRules(name: "user\(name)") {
      var rules = UserRules()
      change(&rules)
      return try DetectionRules(user: rules)
    }
  }

  static func global(_ name: String, _ change: @escaping @Sendable (inout GlobalRules) -> Void) -> BadRules {
    BadRules(name: "global\(name)") {
      var rules = GlobalRules()
      change(&rules)
      return try DetectionRules(global: rules)
    }
  }

  static func baselines(_ name: String, _ change: @escaping @Sendable (inout BaselineRules) -> Void) -> BadRules {
    BadRules(name: "baselines\(name)") {
      var rules = BaselineRules()
      change(&rules)
      return try DetectionRules(baselines: rules)
    }
  }
}

@Suite struct DetectionRulesTests {
  static let bad: [BadRules] = [
    .entity(".min_edits") { $0.minEdits = -1 },
    .entity(".burst_zscore") { $0.burstZScore = .nan },
    .entity(".high_revert_ratio") { $0.highRevertRatio = 30 },
    .entity(".anonymous_surge_ratio") { $0.anonymousSurgeRatio = -0.1 },
    .entity(".large_change_bytes") { $0.largeChangeBytes = -1 },
    .entity(".zscore_risk") {
      $0.zScoreRisk = RiskSteps([RiskStep(above: 1, points: 5), RiskStep(above: 2, points: 15)])
    },
    .entity(".revert_risk") { $0.revertRisk = RiskSteps([RiskStep(above: 0.1, points: -5)]) },
    .entity(".anonymous_risk") { $0.anonymousRisk = RiskSteps([RiskStep(above: .infinity, points: 5)]) },
    .entity(".low_quality_risk") { $0.lowQualityRisk = Int.max },
    .user(".blitz_entities") { $0.blitzEntities = -3 },
    .user(".extreme_zscore") { $0.extremeZScore = -4 },
    .user(".wiki_risk") { $0.wikiRisk = RiskSteps([RiskStep(above: 3, points: 5), RiskStep(above: 2, points: 15)]) },
    .global(".critical_revert_ratio") { $0.criticalRevertRatio = 1.01 },
    .global(": the revert ratios") { $0.warningRevertRatio = 0.5 },
    .global(": the z-scores") { $0.elevatedZScore = 5 },
    .baselines(".days") { $0.days = 0 },
    .baselines(".minimum_windows") { $0.minimumWindows = 0 },
    .baselines(".fixed.user events_stddev") { $0.fixedUser.events.deviation = 0 },
    .baselines(".fixed.entity revert_ratio") { $0.fixedEntity.revertRatio = 2 },
    BadRules(name: "severity") {
      var rules = SeverityRules()
      rules.medium = 40
      return try DetectionRules(severity: rules)
    },
    BadRules(name: "allowed_lateness") { try DetectionRules(allowedLatenessSeconds: -1) },
  ]

  @Test(arguments: bad) func senselessValuesAreRefusedByName(_ rules: BadRules) {
    let failure = #expect(throws: Failure.self) { _ = try rules.make() }
    #expect(failure?.kind == .configuration)
    #expect(failure?.message.hasPrefix(rules.name) == true, "\(failure?.message ?? "")")
  }

  @Test func theStandardIsTheDefault() throws {
    #expect(try DetectionRules(severity: SeverityRules()) == .standard)
    #expect(DetectionRules.standard.allowedLatenessSeconds == 3600)
  }

  static let severities: [(risk: Int, severity: Severity)] = [
    (0, .normal), (1, .low), (14, .low), (15, .medium), (29, .medium), (30, .high), (49, .high), (50, .critical),
  ]

  @Test(arguments: severities) func severityOfRisk(risk: Int, severity: Severity) {
    #expect(SeverityRules().severity(of: risk) == severity)
  }

  @Test func stepsCountAlone() {
    let steps = RiskSteps([RiskStep(above: 3, points: 25), RiskStep(above: 1, points: 5)])
    #expect([0, 1, 1.5, 3, 3.1, .infinity].map { steps.points(for: $0) } == [0, 0, 5, 5, 25, 25])
    #expect(steps.points(for: .nan) == 0)
    #expect(RiskSteps([RiskStep]()).points(for: 9) == 0)
  }
}
