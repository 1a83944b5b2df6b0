import Configuration
import Failures
import Testing

@Suite struct HomeDirectoryTests {
  static let homes: [([String: String], String, String)] = [
    (["WIKIGUARD_HOME": "/data/w", "STATE_DIRECTORY": "/s", "HOME": "/h"], "/data/w", "WIKIGUARD_HOME"),
    (["WIKIGUARD_HOME": "demo-home"], "/work/dir/demo-home", "WIKIGUARD_HOME"),
    (["WIKIGUARD_HOME": "./a/../b//c/"], "/work/dir/b/c", "WIKIGUARD_HOME"),
    (["STATE_DIRECTORY": "/var/lib/wikiguard:/var/lib/other", "HOME": "/h"], "/var/lib/wikiguard", "STATE_DIRECTORY"),
    (["STATE_DIRECTORY": "", "HOME": "/home/me"], "/home/me/.local/state/wikiguard", "HOME"),
  ]

  @Test(arguments: homes)
  func chooses(_ variables: [String: String], _ path: String, _ origin: String) throws {
    let home = try HomeDirectory(variables: variables, workingDirectory: "/work/dir")
    #expect(home.path == path && home.origin == origin)
  }

  @Test(arguments: [["WIKIGUARD_HOME": ""], ["HOME": ""], [:], ["WIKIGUARD_HOME": "/"], ["WIKIGUARD_HOME": "../../.."]])
  func refuses(_ variables: [String: String]) {
    #expect {
      try HomeDirectory(variables: variables, workingDirectory: "/work/dir")
    } throws: {
      ($0 as? Failure)?.kind == .configuration
    }
  }

  @Test func layout() throws {
    let home = HomeDirectory(path: "/data/w/")
    let environment = try load().environment
    #expect(environment.warehouse.uri(in: home) == "file:///data/w/warehouse")
    #expect(environment.catalog.sqlPath.path(in: home) == "/data/w/catalog.sqlite")
    #expect(environment.log.embeddedPath.path(in: home) == "/data/w/events")
    #expect(environment.state.path(in: home) == "/data/w/state.sqlite")
    #expect(environment.locks.path(in: home) == "/data/w/locks")
    #expect(home.appending("metrics") == "/data/w/metrics")
  }

  static let places: [(String, String, String, String?)] = [
    ("warehouse/", "file", "file:///h/warehouse", "/h/warehouse"),
    ("/abs/./x", "file", "file:///abs/x", "/abs/x"),
    ("file:///abs/x/", "file", "file:///abs/x", "/abs/x"),
    ("s3://bucket/prefix/", "s3", "s3://bucket/prefix", nil),
    ("S3://bucket", "s3", "S3://bucket", nil),
  ]

  @Test(arguments: places)
  func locations(_ text: String, _ scheme: String, _ uri: String, _ path: String?) {
    let location = ConfiguredLocation(text)
    let home = HomeDirectory(path: "/h")
    #expect(location.scheme == scheme && location.uri(in: home) == uri && location.path(in: home) == path)
  }

  @Test func userAgentNamesTheContact() throws {
    #expect(try load().ingest.source.userAgent(fallbackContact: "me@host") == "wikiguard-ingest (me@host)")
    let configured = try load([:], ["WIKIGUARD_INGEST_SOURCE_CONTACT": "ops@example.org"])
    #expect(configured.ingest.source.userAgent(fallbackContact: "me@host") == "wikiguard-ingest (ops@example.org)")
  }

  @Test func quietHours() throws {
    let night = try #require(try load(["alerts.yaml": "quiet_hours: 22-06\n"]).alerts.quietHours)
    #expect((0..<24).filter { night.contains(hour: $0) } == [0, 1, 2, 3, 4, 5, 22, 23])
    let noon = try #require(try load(["alerts.yaml": "quiet_hours: 12-14\n"]).alerts.quietHours)
    #expect((0..<24).filter { noon.contains(hour: $0) } == [12, 13])
  }
}
