import Ingest
import Testing

@Suite struct RecentIdentifiersTests {
  /// Whether each of `ids` is a new one.
  private func areNew(_ ids: String..., to recent: inout RecentIdentifiers) -> [Bool] {
    ids.map { recent.isNew(Array($0.utf8)) }
  }

  @Test func onlyTheNewestAreRemembered() {
    var recent = RecentIdentifiers(limit: 2)
    for id in ["a", "b", "c"] {
      let isNew = areNew(id, to: &recent)
      #expect(isNew == [true])
      recent.keepNew()
    }
    let again = areNew("b", "c", "a", to: &recent)
    #expect(again == [false, false, true])
  }

  @Test func whatIsNotKeptIsNewAgain() {
    var recent = RecentIdentifiers(limit: 5)
    let first = areNew("a", "a", to: &recent)
    #expect(first == [true, false])
    recent.forgetNew()
    let second = areNew("a", to: &recent)
    #expect(second == [true])
    recent.keepNew()
    recent.forgetNew()
    let third = areNew("a", to: &recent)
    #expect(third == [false])
  }

  @Test func aBatchLargerThanTheLimitIsOneRound() {
    var recent = RecentIdentifiers(limit: 3)
    let first = areNew("0", "1", "2", "3", "4", "5", to: &recent)
    #expect(first == [Bool](repeating: true, count: 6))
    recent.keepNew()
    let again = areNew("5", "4", "3", "2", to: &recent)
    #expect(again == [false, false, false, true])
  }

  @Test func withoutALimitEverythingIsNew() {
    var recent = RecentIdentifiers(limit: 0)
    let looks = areNew("a", "a", to: &recent)
    #expect(looks == [true, true])
  }
}
