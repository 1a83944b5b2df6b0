import Failures
import Testing

@Suite struct FailuresTests {
  private struct Other: Error, CustomStringConvertible {
    let description = "two\nlines"
  }

  @Test func isOneLineFromTheOutsideIn() {
    let failure = Failure(.malformedInput, "ends early\nat 3", underlying: Other()).within("page 2").within("file x")
    #expect(failure.description == "file x: page 2: ends early at 3 (two lines)")
    #expect(failure.context == ["file x", "page 2"])
  }

  @Test func contextIsAddedOnTheWayUp() {
    let failure = #expect(throws: Failure.self) {
      try within("outer") { try within("inner") { throw Failure.notFound("no column a") } }
    }
    #expect(failure?.description == "outer: inner: no column a")
    #expect(failure?.kind == .notFound)
  }

  @Test func otherErrorsAreOurs() {
    let failure = #expect(throws: Failure.self) { try within("reading") { throw Other() } }
    #expect(failure?.kind == .internalError)
    #expect(failure?.underlying is Other)
  }

  @Test(arguments: Failure.Kind.allCases)
  func whatMayBeTriedAgain(_ kind: Failure.Kind) {
    #expect(Failure(kind, "x").isRetryable == [.conflict, .unavailable, .busy].contains(kind))
    #expect(Failure(kind, "x", isRetryable: false).isRetryable == false)
  }

  @Test func suggestsWhatIsClose() {
    #expect(suggestion(for: "fresness", among: ["freshness", "unique"]) == "freshness")
    #expect(suggestion(for: "zzzz", among: ["freshness", "unique"]) == nil)
  }
}
