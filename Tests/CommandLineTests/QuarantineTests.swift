import CommandLine
import Failures
import Testing

/// The command line of `wikiguard-job quarantine`.
@Suite struct QuarantineTests {
  private let job = ProgramDescription.job(version: "1.2.3")

  private func run(_ line: String) throws -> ParsedCommand {
    guard case .run(let command) = try job.parse(line.split(separator: " ").map(String.init)) else {
      throw Failure.internalError("\(line) shows something")
    }
    return command
  }

  @Test func filters() throws {
    let command = try run(
      "quarantine list --layer silver --status all --reason freshness --check=parse --since 2026-01-16 "
        + "--until 2026-01-17T00:00:00Z --batch silver-000001 --entity enwiki:A --wiki enwiki --user Bob --limit 5")
    #expect(command.path == ["quarantine", "list"] && command.arguments.isEmpty)
    for (name, value) in [
      ("layer", "silver"), ("status", "all"), ("reason", "freshness"), ("check", "parse"), ("since", "2026-01-16"),
      ("until", "2026-01-17T00:00:00Z"), ("batch", "silver-000001"), ("entity", "enwiki:A"), ("wiki", "enwiki"),
      ("user", "Bob"), ("limit", "5"),
    ] {
      #expect(command.value(name) == value, "\(name)")
    }
  }

  /// The name takes a value here and none at `status`: the command before it decides.
  @Test func checkIsAFilterHereAndASwitchThere() throws {
    #expect(try run("quarantine release --check freshness").value("check") == "freshness")
    #expect(try run("status --check").flag("check"))
    #expect(throws: Failure.self) { try run("quarantine list --check") }
    #expect(throws: Failure.self) { try run("status --check freshness") }
  }

  @Test func decisions() throws {
    let release = try run("quarantine release 0a1b 2c3d --waive freshness --waive parse --dry-run --wait 5")
    #expect(release.arguments == ["0a1b", "2c3d"] && release.values("waive") == ["freshness", "parse"])
    #expect(release.flag("dry-run") && release.value("wait") == "5" && !release.flag("all"))
    #expect(try run("quarantine discard --all --layer gold").flag("all"))
    #expect(try run("quarantine show 0a 1b").arguments == ["0a", "1b"])
  }

  static let refused = [
    "quarantine", "quarantine show", "quarantine list 0a1b", "quarantine list --layer golden",
    "quarantine list --status shut", "quarantine release --status released", "quarantine discard --status open",
    "quarantine discard --waive freshness", "quarantine list --all", "quarantine release --limit 5", "quarantine free",
  ]

  @Test(arguments: refused)
  func refuses(_ line: String) {
    let failure = #expect(throws: Failure.self) { try run(line) }
    #expect(failure.map { ExitCode($0) } == .usage)
  }
}
