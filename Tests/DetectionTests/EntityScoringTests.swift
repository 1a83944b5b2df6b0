import Detection
import Testing

/// One page's window and what the standard rules make of it.
struct EntityCase: Sendable, CustomTestStringConvertible {
  var name: String
  var humanEdits: Int64 = 5
  var botEdits: Int64 = 0
  var editors: Int64 = 3
  var reverts: Int64 = 0
  var anonymous: Int64 = 0
  var bytes: Int64 = 0
  var failed: Int64 = 0
  var risk = 0
  var types: String?
  var severity = Severity.normal

  var testDescription: String { name }

  var activity: EntityActivity {
    var activity = EntityActivity()
    activity.edits = humanEdits + botEdits
    activity.events = activity.edits
    activity.botEdits = botEdits
    activity.editors = editors
    activity.reverts = reverts
    activity.anonymousEdits = anonymous
    activity.absoluteBytes = bytes
    activity.failed = failed
    return activity
  }
}

@Suite struct EntityScoringTests {
  /// 5 ± 3 edits, reverts 12%, anonymous 25%.
  static let baseline = BaselineRules().fixedEntity

  static let cases = [
    EntityCase(name: "usual"),
    // z-score: 5 + 3z edits.
    EntityCase(name: "z is 1", humanEdits: 8),
    EntityCase(name: "z above 1", humanEdits: 9, risk: 5, severity: .low),
    EntityCase(name: "z is 2", humanEdits: 11, risk: 5, severity: .low),
    EntityCase(name: "z above 2", humanEdits: 12, risk: 15, types: "BURST", severity: .medium),
    EntityCase(name: "z is 3", humanEdits: 14, risk: 15, types: "BURST", severity: .medium),
    EntityCase(name: "z above 3", humanEdits: 15, risk: 25, types: "BURST", severity: .medium),
    EntityCase(name: "bots do not burst", humanEdits: 5, botEdits: 50),
    // Reverts.
    EntityCase(name: "reverts 20%", reverts: 1),
    EntityCase(name: "reverts 25%", humanEdits: 4, reverts: 1, risk: 10, severity: .low),
    EntityCase(name: "reverts 30%, z above 1", humanEdits: 10, reverts: 3, risk: 15, severity: .medium),
    EntityCase(name: "reverts 33%", humanEdits: 6, reverts: 2, risk: 20, types: "HIGH_REVERT", severity: .medium),
    EntityCase(name: "reverts 50%", humanEdits: 6, reverts: 3, risk: 20, types: "HIGH_REVERT", severity: .medium),
    EntityCase(name: "reverts 60%", reverts: 3, risk: 30, types: "HIGH_REVERT", severity: .high),
    EntityCase(name: "shares are of all edits", botEdits: 5, reverts: 3, risk: 10, severity: .low),
    // Anonymous.
    EntityCase(name: "anonymous 35%", humanEdits: 7, botEdits: 13, anonymous: 7),
    EntityCase(name: "anonymous 40%", anonymous: 2, risk: 5, severity: .low),
    EntityCase(name: "anonymous 50%", humanEdits: 6, anonymous: 3, risk: 5, severity: .low),
    EntityCase(name: "anonymous 60%", anonymous: 3, risk: 15, types: "ANON_SURGE", severity: .medium),
    EntityCase(
      name: "anonymous 70%", humanEdits: 7, botEdits: 3, anonymous: 7, risk: 15, types: "ANON_SURGE",
      severity: .medium),
    EntityCase(name: "anonymous 80%", anonymous: 4, risk: 25, types: "ANON_SURGE", severity: .medium),
    // Size and quality.
    EntityCase(name: "51200 bytes", bytes: 51_200),
    EntityCase(name: "51201 bytes", bytes: 51_201, risk: 15, types: "LARGE_CHANGE", severity: .medium),
    EntityCase(name: "quality 90%", botEdits: 4, failed: 1),
    EntityCase(name: "quality 89%", humanEdits: 8, failed: 1, risk: 5, severity: .low),
    // Together.
    EntityCase(
      name: "everything", humanEdits: 20, editors: 9, reverts: 12, anonymous: 15, bytes: 90_000, failed: 5, risk: 100,
      types: "BURST,HIGH_REVERT,ANON_SURGE,LARGE_CHANGE", severity: .critical),
    EntityCase(
      name: "risk 50", humanEdits: 12, editors: 9, reverts: 4, anonymous: 7, risk: 50,
      types: "BURST,HIGH_REVERT,ANON_SURGE", severity: .critical),
    EntityCase(
      name: "risk 45", humanEdits: 15, editors: 9, reverts: 5, risk: 45, types: "BURST,HIGH_REVERT", severity: .high),
    // Minima.
    EntityCase(name: "2 edits by people", humanEdits: 2, reverts: 2, anonymous: 2, bytes: 90_000),
    EntityCase(name: "1 editor", humanEdits: 30, editors: 1, reverts: 20),
    EntityCase(
      name: "3 edits by 2", humanEdits: 3, editors: 2, reverts: 2, risk: 30, types: "HIGH_REVERT", severity: .high),
    EntityCase(name: "bots only", humanEdits: 0, botEdits: 90, reverts: 90, bytes: 1_000_000),
  ]

  @Test(arguments: cases) func flagsTermsAndSeverity(_ item: EntityCase) {
    let score = DetectionRules.standard.score(item.activity, against: Self.baseline)
    #expect(score.risk == item.risk)
    #expect(score.flags.names == item.types)
    #expect(score.severity == item.severity)
    #expect((score.explanation != nil) == (item.risk > 0 || item.types != nil))
  }

  @Test func withoutBaselineThereIsNoZScoreAndNothingFromIt() {
    let activity = EntityCase(name: "", humanEdits: 100, reverts: 60).activity
    let score = DetectionRules.standard.score(activity, against: nil)
    #expect(score.zScore == nil && score.revertDeviation == nil && score.anonymousDeviation == nil)
    #expect(score.risk == 30 && score.flags == .highRevert)
    #expect(score.explanation == "HIGH, risk 30: many reverts: 60 of 100 edits undo others' work (60%, +30).")
  }

  @Test func deviationsAreReportedBelowTheMinima() {
    let activity = EntityCase(name: "", humanEdits: 2, reverts: 1).activity
    let score = DetectionRules.standard.score(activity, against: Self.baseline)
    #expect(score.zScore == -1)
    #expect(score.revertDeviation == 0.5 - 0.12)
    #expect(score.anonymousDeviation == -0.25)
    #expect(score.explanation == nil)
  }

  @Test func theExplanationNamesEachPartWithItsNumbers() {
    let item = EntityCase(
      name: "", humanEdits: 20, editors: 9, reverts: 12, anonymous: 15, bytes: 90_000, failed: 5)
    let score = DetectionRules.standard.score(item.activity, against: Self.baseline)
    #expect(
      score.explanation == """
        CRITICAL, risk 100: burst: 20 edits by people where 5 ± 3 are usual (z 5, +25); \
        many reverts: 12 of 20 edits undo others' work (60%, usually 12%, +30); \
        anonymous surge: 15 of 20 edits (75%, usually 25%, +25); \
        large change: 90 kB added and removed (+15); \
        poor data: 5 of 25 events failed the checks (+5).
        """)
  }

  @Test func aTermWithoutItsFlagIsExplainedToo() {
    let item = EntityCase(name: "", humanEdits: 10, reverts: 3, anonymous: 4)
    let score = DetectionRules.standard.score(item.activity, against: Self.baseline)
    #expect(
      score.explanation == """
        MEDIUM, risk 20: busier than usual: 10 edits by people where 5 ± 3 are usual (z 1.7, +5); \
        more reverts than most: 3 of 10 edits undo others' work (30%, usually 12%, +10); \
        many anonymous edits: 4 of 10 edits (40%, usually 25%, +5).
        """)
  }

  @Test func ratiosOfNothing() {
    let nothing = EntityActivity()
    #expect(nothing.revertRatio == 0 && nothing.anonymousRatio == 0 && nothing.botRatio == 0)
    #expect(nothing.qualityRatio == 1)
  }

  @Test func numbersAreWrittenForPeople() throws {
    let item = EntityCase(name: "", humanEdits: 1_234_567, bytes: 2_345_678_901)
    let baseline = Baseline(events: Spread(average: 1234.56, deviation: 12.34))
    #expect(
      DetectionRules.standard.score(item.activity, against: baseline).explanation == """
        HIGH, risk 40: burst: 1,234,567 edits by people where 1,235 ± 12.3 are usual (z 99,946, +25); \
        large change: 2,346 MB added and removed (+15).
        """)
  }

  @Test func thresholdsAreTheRulesOwn() throws {
    var rules = EntityRules()
    rules.minEdits = 1
    rules.minEditors = 1
    rules.largeChangeBytes = 10
    rules.largeChangeRisk = 0
    let item = EntityCase(name: "", humanEdits: 1, editors: 1, bytes: 11)
    let score = try DetectionRules(entity: rules).score(item.activity, against: nil)
    #expect(score.flags == .largeChange && score.severity == .normal)
    #expect(score.explanation == "NORMAL, risk 0: large change: 11 bytes added and removed (not scored).")
  }
}
