import Ingest
import Testing

private let far = Int64.max

@Suite struct ResumePointTests {
  private let id =
    #"[{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":1706461297001},{"topic":"codfw.mediawiki.recentchange","partition":0,"offset":-1}]"#

  private func point(_ eqiad: Int64, _ codfw: Int64? = nil) -> ResumePoint {
    let other = codfw.map { #"{"topic":"codfw","partition":0,"timestamp":\#($0)}"# }
    let parts = [#"{"topic":"eqiad","partition":0,"timestamp":\#(eqiad)}"#] + [other].compactMap { $0 }
    return ResumePoint(id: "[" + parts.joined(separator: ",") + "]")
  }

  @Test func timesAreSetBackAndAllElseIsKept() {
    #expect(
      ResumePoint(id: id).lastEventID(overlap: 5000, now: far)
        == id.replacing("1706461297001", with: "1706461292001"))
  }

  @Test func timesDoNotGoBelowZero() {
    #expect(point(3).lastEventID(overlap: 5000, now: far) == point(0).id)
  }

  @Test(
    "Ids of another form are sent as they came",
    arguments: ["", "42", "abc", "{}", "[1,2]", "[{]", #"[{"offset":7}]"#, "\u{0}"])
  func otherForms(_ id: String) {
    #expect(ResumePoint(id: id).lastEventID(overlap: 5000, now: far) == id)
    #expect(ResumePoint(id: id).since(overlap: 5000, now: far) == nil)
    #expect(point(5).advanced(to: ResumePoint(id: id), now: far) == ResumePoint(id: id))
  }

  @Test func eventsThatComeAgainDoNotLeadBack() {
    #expect(point(9000, 500).advanced(to: point(4000, 700), now: far) == point(9000, 700))
  }

  @Test func partitionsThatAreGoneAreForgotten() {
    #expect(point(9000, 500).advanced(to: point(9500), now: far) == point(9500))
    #expect(point(9500).advanced(to: point(9000, 100), now: far) == point(9500, 100))
  }

  @Test("A time to come is no promise that everything before it has come")
  func future() {
    #expect(point(1_000_000).advanced(to: point(4000), now: 5000) == point(5000))
    #expect(point(1_000_000).lastEventID(overlap: 1000, now: 5000) == point(4000).id)
  }

  @Test func sinceIsTheNewestTime() {
    #expect(point(9000, 20_000).since(overlap: 5000, now: far) == 15_000)
    #expect(point(9000).since(overlap: 5000, now: 6000) == 1000)
  }
}
