import CommandLine
import Failures
import Host
import Testing

@Suite struct HostTests {
  private func host(_ variables: [String: String] = [:]) throws -> Host {
    try Host(variables: variables, workingDirectory: "/")
  }

  @Test func theClockCanBeFixed() throws {
    let fixed = try host(["WIKIGUARD_NOW": "2026-01-16T12:00:00Z"])
    #expect(fixed.clock() == 1_768_564_800_000_000)
    #expect(fixed.clock() == fixed.clock())
    let now = try host().clock()
    #expect(now > 1_700_000_000_000_000)
  }

  @Test("What is no time is an error of the configuration", arguments: ["", "now", "2026-01-16"])
  func noTime(_ text: String) {
    #expect { try host(["WIKIGUARD_NOW": text]) } throws: { ($0 as? Failure)?.kind == .configuration }
  }

  @Test func theRealEnvironmentIsRead() throws {
    let host = try Host()
    #expect(host.variables["PATH"]?.isEmpty == false)
    #expect(host.workingDirectory.hasPrefix("/"))
    #expect(!Host.name.isEmpty)
    #expect((1...8).contains(Host.threads))
  }

  @Test func theMonotonicClockGoesOnAndSleepTakesItsTime() {
    let start = Host.monotonicSeconds()
    Host.sleep(milliseconds: 30)
    Host.sleep(milliseconds: -1)
    #expect(Host.monotonicSeconds() - start >= 0.03)
  }

  @Test func randomNumbersDiffer() {
    #expect(Host.random() != Host.random())
  }
}

@Suite struct ProgramTests {
  private let program = Program(.ingest(version: "9.9"))

  @Test func helpAndVersionRunNothing() {
    for option in ["--help", "--version"] {
      let code = program.run([option]) { _, _ in
        Issue.record("ran")
        return 1
      }
      #expect(code == 0)
    }
  }

  @Test func aWrongCommandLineIsUsage() {
    #expect(program.run(["--nonsense"]) { _, _ in 0 } == 64)
  }

  @Test func theBodysCodeIsThePrograms() {
    #expect(program.run([]) { _, _ in 75 } == 75)
  }

  @Test(
    "An error is an exit code",
    arguments: [
      (Failure.Kind.malformedInput, Int32(65)), (.unavailable, 69), (.internalError, 70), (.conflict, 73), (.busy, 75),
      (.configuration, 78), (.invalidArgument, 64),
    ])
  func errors(_ kind: Failure.Kind, _ code: Int32) {
    #expect(program.run([]) { _, _ in throw Failure(kind, "on purpose") } == code)
  }
}
