import CommandLine
import Configuration
import EventLog
import Failures
import Fixtures
import Host
import Iceberg
import Runner
import Testing

@Suite struct SessionTests {
  private let directory = TemporaryDirectory()

  private func session(_ arguments: [String] = [], _ variables: [String: String] = [:]) throws -> Session {
    guard case .run(let command) = try ProgramDescription.ingest(version: "1").parse(arguments) else {
      throw Failure.internalError("no command")
    }
    var variables = variables
    variables["WIKIGUARD_HOME"] = directory.file("home")
    return try Session(command, host: Host(variables: variables, workingDirectory: "/"), program: "test")
  }

  @Test func defaultsAreOfTheHome() throws {
    let session = try session()
    #expect(session.home.path == directory.file("home"))
    #expect(!session.wantsJSON)
    let events = try session.path(session.configuration.environment.log.embeddedPath)
    #expect(events == directory.file("home/events"))
  }

  @Test func theOutputsFormIsChosen() throws {
    #expect(try session(["--output", "json"]).wantsJSON)
  }

  @Test func theConfigurationsHashFollowsItsValues() throws {
    let plain = try session().configurationHash
    #expect(try session().configurationHash == plain)
    #expect(try session([], ["WIKIGUARD_INGEST_RESUME_OVERLAP": "10s"]).configurationHash != plain)
    #expect(plain.count == 64)
  }

  @Test func anUnknownVariableIsAnErrorOfTheConfiguration() {
    #expect { try session([], ["WIKIGUARD_INGEST_NONSENSE": "1"]) } throws: {
      ($0 as? Failure)?.kind == .configuration
    }
  }

  @Test func theLogsOptionsAreTheConfigurations() throws {
    let session = try session(
      [], ["WIKIGUARD_INGEST_TOPICS_PARTITIONS": "3", "WIKIGUARD_INGEST_LOG_SEGMENT_AGE": "2h"])
    #expect(session.logOptions.partitions == 3)
    #expect(session.logOptions.segmentMilliseconds == 7_200_000)
  }

  @Test func aHomeIsMadeWithItsTablesAndOpenedOnlyWhereItIs() throws {
    let opening = WorkspaceOpening(session: try session())
    #expect { try opening.open() } throws: { ($0 as? Failure)?.kind == .configuration }
    #expect(directory.names().isEmpty)
    let made = try opening.create()
    try made.createTables()
    let tables = try made.catalog.listTables([made.namespace])
    #expect(tables.map(\.name).contains("bronze_events"))
    let opened = try opening.open()
    #expect(try opened.eventLog.logID() == made.eventLog.logID())
    #expect(try opened.catalog.listTables([made.namespace]) == tables)
  }
}
