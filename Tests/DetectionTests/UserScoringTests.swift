import Detection
import Testing

/// One user's window and what rules make of it, with the revert terms off and on.
struct UserCase: Sendable, CustomTestStringConvertible {
  var name: String
  var edits: Int64 = 3
  var entities: Int64 = 1
  var reverts: Int64 = 0
  var wikis: Int64 = 1
  var isBot = false
  var risk = 0
  var riskWithReverts: Int?
  var types: String?

  var testDescription: String { name }

  var activity: UserActivity {
    var activity = UserActivity()
    activity.isBot = isBot
    activity.edits = edits
    activity.entities = entities
    activity.reverts = reverts
    activity.countedWikis = wikis
    return activity
  }
}

@Suite struct UserScoringTests {
  /// 2 ± 1.5 edits, 1.5 ± 1 pages, reverts 10%.
  static let baseline = BaselineRules().fixedUser

  static let cases = [
    UserCase(name: "usual"),
    // z-score: 2 + 1.5z edits.
    UserCase(name: "z is 2", edits: 5, entities: 4),
    UserCase(name: "z above 2 on 3 pages", edits: 6, entities: 3, risk: 10),
    UserCase(name: "z above 2 on 4 pages", edits: 6, entities: 4, risk: 25, types: "BLITZ"),
    UserCase(name: "z is 4", edits: 8, entities: 4, risk: 25, types: "BLITZ"),
    UserCase(name: "z above 4", edits: 9, entities: 4, risk: 35, types: "BLITZ"),
    UserCase(name: "z above 4 on one page", edits: 9, entities: 1, risk: 35),
    // Reverts; 12 edits have z 6.7, which is 35.
    UserCase(name: "3 reverts of 12", edits: 12, reverts: 3, risk: 35),
    UserCase(
      name: "4 reverts of 12", edits: 12, reverts: 4, risk: 35, riskWithReverts: 65, types: "MASS_REVERT,HIGH_REVERT"),
    UserCase(name: "4 reverts of 20", edits: 20, reverts: 4, risk: 35, riskWithReverts: 55, types: "MASS_REVERT"),
    UserCase(name: "5 reverts of 20", edits: 20, reverts: 5, risk: 35, riskWithReverts: 55, types: "MASS_REVERT"),
    UserCase(name: "6 reverts of 20", edits: 20, reverts: 6, risk: 35, riskWithReverts: 65, types: "MASS_REVERT"),
    UserCase(name: "1 revert of 3", reverts: 1, riskWithReverts: 10, types: "HIGH_REVERT"),
    UserCase(name: "2 reverts of 4", edits: 4, reverts: 2, riskWithReverts: 10, types: "HIGH_REVERT"),
    UserCase(name: "2 reverts of 3", reverts: 2, riskWithReverts: 20, types: "HIGH_REVERT"),
    // Wikis.
    UserCase(name: "2 wikis", wikis: 2),
    UserCase(name: "3 wikis", wikis: 3, risk: 10, types: "CROSS_WIKI"),
    UserCase(name: "4 wikis", wikis: 4, risk: 15, types: "CROSS_WIKI"),
    // Minima and bots.
    UserCase(name: "2 edits", edits: 2, reverts: 2, wikis: 9),
    UserCase(name: "a bot", edits: 900, entities: 900, reverts: 90, wikis: 9, isBot: true),
    UserCase(
      name: "everything", edits: 12, entities: 9, reverts: 8, wikis: 5, risk: 50, riskWithReverts: 100,
      types: "BLITZ,MASS_REVERT,CROSS_WIKI,HIGH_REVERT"),
  ]

  @Test(arguments: cases) func flagsAndTerms(_ item: UserCase) throws {
    let score = DetectionRules.standard.score(item.activity, against: Self.baseline)
    #expect(score.risk == item.risk)
    #expect(score.flags.names == item.types)
    #expect(score.severity == SeverityRules().severity(of: item.risk))
    var rules = UserRules()
    rules.revertTerms = true
    let strict = try DetectionRules(user: rules).score(item.activity, against: Self.baseline)
    #expect(strict.risk == item.riskWithReverts ?? item.risk)
    #expect(strict.flags == score.flags)
  }

  @Test func withoutBaselineThereIsNoZScoreAndNothingFromIt() {
    let activity = UserCase(name: "", edits: 90, entities: 50, wikis: 3).activity
    let score = DetectionRules.standard.score(activity, against: nil)
    #expect(score.editsZScore == nil && score.entitiesZScore == nil)
    #expect(score.risk == 10 && score.flags == .crossWiki)
  }

  @Test func botsHaveScoresAndRaiseNothing() {
    let activity = UserCase(name: "", edits: 5, entities: 4, isBot: true).activity
    let score = DetectionRules.standard.score(activity, against: Self.baseline)
    #expect(score.editsZScore == 2)
    #expect(score.entitiesZScore == 2.5)
    #expect(score.severity == .normal && score.explanation == nil && score.flags.isEmpty)
  }

  @Test func flagsWithoutRiskAreExplained() {
    let activity = UserCase(name: "", edits: 5, reverts: 4).activity
    let score = DetectionRules.standard.score(activity, against: Self.baseline)
    #expect(score.severity == .normal)
    #expect(
      score.explanation == """
        NORMAL, risk 0: mass reverts: 4 of 5 edits undo others' work (not scored); \
        mostly reverting: 80% of the edits are reverts (usually 10%, not scored).
        """)
  }

  @Test func theExplanationNamesEachPartWithItsNumbers() {
    let activity = UserCase(name: "", edits: 12, entities: 9, wikis: 5).activity
    let score = DetectionRules.standard.score(activity, against: Self.baseline)
    #expect(
      score.explanation == """
        CRITICAL, risk 50: blitz: 12 edits on 9 pages where 2 ± 1.5 edits are usual (z 6.7, +35); \
        across projects: edits on 5 wikis, shared ones aside (+15).
        """)
  }
}
