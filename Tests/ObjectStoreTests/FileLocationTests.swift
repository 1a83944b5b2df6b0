import Failures
import ObjectStore
import Testing

@Suite struct FileLocationTests {
  @Test(arguments: ["file:///a/b", "file:/a/b", "file://localhost/a/b", "/a/b"])
  func spellingsOfOnePlace(location: String) throws {
    let parsed = try FileLocation(location)
    #expect(parsed.path == "/a/b")
    #expect(parsed.uri == "file:///a/b")
  }

  @Test(arguments: ["file:///a%20b", "file:/a%20b"])
  func nothingIsDecoded(location: String) throws {
    #expect(try FileLocation(location).path == "/a%20b")
  }

  @Test(arguments: [
    "", "a/b", "file:a/b", "file:", "file://", "file://host/a", "s3://bucket/a", "FILE:///a", "http://a/b", "//a/b",
    "file:////a", "file:///a\u{0}b",
  ])
  func otherLocationsAreRefused(location: String) {
    let failure = #expect(throws: Failure.self) { try FileLocation(location) }
    #expect(failure?.kind == .invalidArgument)
  }
}
