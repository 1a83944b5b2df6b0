import Detection
import Testing

/// One window of the platform, and its health against 150 ± 50 events.
struct GlobalCase: Sendable, CustomTestStringConvertible {
  var name: String
  var events: Int64 = 150
  var reverts: Int64 = 0
  var anonymous: Int64 = 0
  var lag: Double?
  var health = PlatformHealth.healthy
  var score = 100

  var testDescription: String { name }

  /// Always of a hundred edits.
  var activity: GlobalActivity {
    var activity = GlobalActivity()
    activity.events = events
    activity.edits = 100
    activity.reverts = reverts
    activity.anonymousEdits = anonymous
    activity.averageLag = lag
    return activity
  }
}

@Suite struct GlobalHealthTests {
  static let baseline = BaselineRules().fixedGlobal

  static let cases = [
    GlobalCase(name: "usual"),
    GlobalCase(name: "reverts 12%", reverts: 12),
    GlobalCase(name: "reverts 13%", reverts: 13, score: 90),
    GlobalCase(name: "reverts 15%", reverts: 15, score: 90),
    GlobalCase(name: "reverts 16%", reverts: 16, health: .elevated, score: 90),
    GlobalCase(name: "reverts 18%", reverts: 18, health: .elevated, score: 90),
    GlobalCase(name: "reverts 19%", reverts: 19, health: .warning, score: 80),
    GlobalCase(name: "reverts 25%", reverts: 25, health: .warning, score: 80),
    GlobalCase(name: "reverts 26%", reverts: 26, health: .critical, score: 70),
    GlobalCase(name: "z is 1", events: 200),
    GlobalCase(name: "z above 1", events: 201, health: .elevated, score: 95),
    GlobalCase(name: "z is 2", events: 250, health: .elevated, score: 95),
    GlobalCase(name: "z above 2", events: 251, health: .warning, score: 85),
    GlobalCase(name: "z is 3", events: 300, health: .warning, score: 85),
    GlobalCase(name: "z above 3", events: 301, health: .critical, score: 75),
    GlobalCase(name: "silence costs, and is no attack", events: 40, score: 85),
    GlobalCase(name: "anonymous 35%", anonymous: 35),
    GlobalCase(name: "anonymous 36%", anonymous: 36, score: 90),
    GlobalCase(name: "anonymous 50%", anonymous: 50, score: 90),
    GlobalCase(name: "anonymous 51%", anonymous: 51, score: 80),
    GlobalCase(name: "lag 120 s", lag: 120),
    GlobalCase(name: "lag 121 s", lag: 121, score: 95),
    GlobalCase(name: "lag 300 s", lag: 300, score: 95),
    GlobalCase(name: "lag 301 s", lag: 301, score: 85),
    GlobalCase(name: "everything", events: 900, reverts: 90, anonymous: 90, lag: 900, health: .critical, score: 10),
  ]

  @Test(arguments: cases) func healthAndScore(_ item: GlobalCase) {
    let score = DetectionRules.standard.score(item.activity, against: Self.baseline, kind: .fixed)
    #expect(score.health == item.health)
    #expect(score.healthScore == item.score)
  }

  @Test func lagCountsOnlyWithFixedBaselines() {
    let activity = GlobalCase(name: "", lag: 900).activity
    #expect(DetectionRules.standard.score(activity, against: Self.baseline, kind: .adaptive).healthScore == 100)
    #expect(DetectionRules.standard.score(activity, against: nil, kind: .none).healthScore == 100)
  }

  @Test func withoutBaselineOnlyRatiosCount() {
    let activity = GlobalCase(name: "", events: 1_000_000, reverts: 16).activity
    let score = DetectionRules.standard.score(activity, against: nil, kind: .none)
    #expect(score.zScore == nil && score.revertDeviation == nil && score.anonymousDeviation == nil)
    #expect(score.health == .elevated && score.healthScore == 90)
    #expect(
      score.explanation == """
        ELEVATED, health 90 of 100: 1,000,000 events, and not yet known how many are usual; \
        16% of edits are reverts (−10); 0% of edits are anonymous.
        """)
  }

  @Test func theExplanationNamesEachPartWithItsNumbers() {
    let activity = GlobalCase(name: "", events: 900, reverts: 9, anonymous: 40, lag: 130).activity
    let score = DetectionRules.standard.score(activity, against: Self.baseline, kind: .fixed)
    #expect(
      score.explanation == """
        CRITICAL, health 60 of 100: 900 events where 150 ± 50 are usual (z 15, −25); \
        9% of edits are reverts (usually 12%); 40% of edits are anonymous (usually 25%, −10); \
        events come 130 s late on average (−5).
        """)
  }

  @Test func theScoreStaysAboveZero() throws {
    var rules = GlobalRules()
    rules.revertPenalty = RiskSteps([RiskStep(above: 0.1, points: 400)])
    let activity = GlobalCase(name: "", reverts: 50).activity
    let score = try DetectionRules(global: rules).score(activity, against: nil, kind: .none)
    #expect(score.healthScore == 0)
  }
}
