import CommandLine
import Failures
import Testing

@Suite struct ParsingTests {
  private let job = ProgramDescription.job(version: "1.2.3")
  private let ingest = ProgramDescription.ingest(version: "1.2.3")

  private func run(_ line: String) throws -> ParsedCommand {
    guard case .run(let command) = try job.parse(line.split(separator: " ").map(String.init)) else {
      throw Failure.internalError("\(line) shows something")
    }
    return command
  }

  private func message(_ program: ProgramDescription, _ line: String) -> String {
    do {
      return "\(try program.parse(line.split(separator: " ").map(String.init)))"
    } catch let failure as Failure {
      #expect(ExitCode(failure) == .usage)
      return failure.description
    } catch {
      return "\(error)"
    }
  }

  @Test func optionsMayStandAnywhere() throws {
    for line in [
      "--env lab silver --drain --waive freshness --waive=event_type_in",
      "silver --waive freshness --waive event_type_in --drain --env=lab",
    ] {
      let command = try run(line)
      #expect(command.path == ["silver"] && command.arguments.isEmpty)
      #expect(command.value("env") == "lab" && command.flag("drain") && !command.flag("verbose"))
      #expect(command.values("waive") == ["freshness", "event_type_in"])
      #expect(command.value("timeout") == nil && command.values("timeout").isEmpty)
    }
  }

  @Test func commandsBelowCommands() throws {
    #expect(try run("batches").path == ["batches"])
    let retry = try run("batches retry silver-000042 --waive freshness -v")
    #expect(retry.path == ["batches", "retry"] && retry.arguments == ["silver-000042"])
    #expect(retry.values("waive") == ["freshness"] && retry.flag("verbose"))
    #expect(try run("batches show -- --odd-id").arguments == ["--odd-id"])
    #expect(try run("batches show -").arguments == ["-"])
  }

  @Test func valuesAreChecked() throws {
    let command = try run("silver --max-batches 3 --timeout -1")
    #expect(try command.integer("max-batches", in: 1...10) == 3)
    #expect(try command.integer("wait", in: 1...10) == nil)
    #expect { try command.integer("timeout", in: 1...10) } throws: {
      "\($0)" == "--timeout must be an integer from 1 to 10, not \"-1\""
    }
    let speed = ParsedCommand(path: [], options: ["speed": ["2.5"], "rate": ["nan"]])
    #expect(try speed.number("speed", in: 0...10) == 2.5)
    #expect(try speed.number("other", in: 0...10) == nil)
    #expect(throws: Failure.self) { try speed.number("rate", in: 0...10) }
  }

  static let refused: [(String, String)] = [
    ("silver --drian", "unknown option --drian (did you mean \"--drain\"?); see wikiguard-job silver --help"),
    ("silver --drian 5", "unknown option --drian (did you mean \"--drain\"?); see wikiguard-job silver --help"),
    ("silvre", "unknown command \"silvre\" (did you mean \"silver\"?); see wikiguard-job --help"),
    ("batches retyr x", "unknown command \"retyr\" (did you mean \"retry\"?); see wikiguard-job batches --help"),
    (
      "",
      "a command is needed: init, bronze, silver, gold, run, status, batches, quarantine, alerts, report; see wikiguard-job --help"
    ),
    ("silver --check", "option --check belongs to \"status\", not here; see wikiguard-job silver --help"),
    ("silver --drain --drain", "option --drain was given twice; see wikiguard-job silver --help"),
    ("silver --drain=yes", "option --drain takes no value; see wikiguard-job silver --help"),
    ("silver --waive", "option --waive needs a value; see wikiguard-job silver --help"),
    ("silver --waive --drain", "option --waive needs a value; see wikiguard-job silver --help"),
    ("silver --env=", "option --env needs a value; see wikiguard-job silver --help"),
    (
      "silver --output jsn",
      "option --output must be text, json, not \"jsn\" (did you mean \"json\"?); see wikiguard-job silver --help"
    ),
    ("silver extra", "unexpected word \"extra\"; see wikiguard-job silver --help"),
    ("batches retry", "ID is missing; see wikiguard-job batches retry --help"),
    ("batches retry a b", "unexpected word \"b\"; see wikiguard-job batches retry --help"),
    ("silver -x", "unknown option -x; see wikiguard-job silver --help"),
    ("help slver", "no help for \"slver\" (did you mean \"silver\"?); see wikiguard-job --help"),
  ]

  @Test(arguments: refused)
  func refuses(_ line: String, _ words: String) {
    #expect(message(job, line) == words)
  }

  @Test func sourcesOfTheIngest() throws {
    let end = "; see wikiguard-ingest --help"
    #expect(message(ingest, "--replay a --generate 5") == "--replay and --generate exclude each other\(end)")
    #expect(message(ingest, "--speed 2") == "--speed needs --replay\(end)")
    #expect(message(ingest, "--seed 2 --url http://x") == "--seed needs --generate\(end)")
    #expect(message(ingest, "bronze") == "unexpected word \"bronze\"\(end)")
    guard case .run(let command) = try ingest.parse(["--replay", "-", "--retime", "--speed=1e3"]) else {
      Issue.record("replay does not run")
      return
    }
    #expect(command.value("replay") == "-" && command.flag("retime") && command.path.isEmpty)
    #expect(try ingest.parse([]) == .run(ParsedCommand(path: [])))
  }

  @Test func showing() throws {
    #expect(try job.parse(["--version"]) == .show("wikiguard-job 1.2.3\n"))
    #expect(try job.parse(["silver", "--version"]) == .show("wikiguard-job 1.2.3\n"))
    #expect(try job.parse(["--help"]) == .show(job.help(for: [])))
    #expect(try job.parse(["help"]) == .show(job.help(for: [])))
    #expect(try job.parse(["silver", "-h"]) == .show(job.help(for: ["silver"])))
    #expect(try job.parse(["help", "batches", "retry"]) == .show(job.help(for: ["batches", "retry"])))
    #expect(try job.parse(["--man"]) == .show(job.manualPage))
    #expect(try job.parse(["--completions", "fish"]) == .show(job.completions(for: .fish)))
  }

  static let kinds: [(Failure.Kind, Int32)] = [
    (.malformedInput, 65), (.unsupported, 78), (.invalidArgument, 64), (.limitExceeded, 65), (.notFound, 65),
    (.conflict, 73), (.commitStateUnknown, 73), (.unavailable, 69), (.busy, 75), (.qualityGate, 65),
    (.configuration, 78), (.internalError, 70),
  ]

  @Test(arguments: kinds)
  func exitCodes(_ kind: Failure.Kind, _ code: Int32) {
    #expect(ExitCode(Failure(kind, "x")).rawValue == code)
    #expect(Self.kinds.count == Failure.Kind.allCases.count)
    #expect(ExitCode(CancellationError()) == .internalError)
  }
}
