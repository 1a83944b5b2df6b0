import CommandLine
import Configuration
import EventLog
import Failures
import Hashing
import Host
import Ingest
import Log
import Runner

/// Opens the log, takes events in from the chosen source, and says what became of them.
struct IngestProgram {
  private let session: Session
  private let version: String
  private let counters = IngestCounters()

  init(session: Session, version: String) {
    self.session = session
    self.version = version
  }

  /// Runs until the source ends or SIGTERM comes, and returns the exit code.
  func run() throws -> Int32 {
    // Before anything is made: a second ingest on the same port shall leave no trace.
    let health = try isLive ? server() : nil
    defer { withExtendedLifetime(health) {} }
    let log = try openLog()
    let clock = session.host.clock
    let writer = try log.writer(clock: { clock() / 1000 })
    defer { writer.close() }
    let trimming = Trimming(log: log, session: session)
    trimming.runIfDue()
    do {
      if case .stopped(let taken) = try runSource(log: log, writer: writer, trimming: trimming) {
        session.logger.warning("asked to stop after \(taken) events; the rest is not in the log")
      }
    } catch {
      // What was taken in before the failure is said, too.
      if counters.values.received > 0 { summarize() }
      throw error
    }
    summarize()
    return 0
  }

  private func summarize() { Host.print(IngestSummary(counters.values).text(asJSON: session.wantsJSON)) }

  private var isLive: Bool { session.command.value("replay") == nil && session.command.value("generate") == nil }

  /// The log, with the home around it where there was none: catalog and tables included, so that readers find them from the start.
  private func openLog() throws -> EmbeddedEventLog {
    let folder = try session.path(session.configuration.environment.log.embeddedPath)
    if !FileWriting.folderExists(folder) { try WorkspaceOpening(session: session).create().createTables() }
    // Another ingest may have made the folder this moment, and nothing in it yet.
    let id = UUID(randomHigh: Host.random(), randomLow: Host.random()).description
    return try EmbeddedEventLog.create(directory: folder, id: id, options: session.logOptions)
  }

  /// The server of `/healthz` and `/metrics`, nil when none is configured.
  private func server() throws -> HTTPHealth? {
    guard let listen = session.configuration.ingest.listen else { return nil }
    return try HTTPHealth(listen: listen, counters: counters, session: session)
  }

  // MARK: Sources

  private func runSource(
    log: EmbeddedEventLog, writer: EmbeddedLogWriter, trimming: Trimming
  ) throws -> IngestEnd {
    let surroundings = IngestSurroundings(
      clock: session.host.clock,
      interval: IntervalClock(now: { Int64(Host.monotonicSeconds() * 1000) }, sleep: Host.sleep(milliseconds:)),
      random: Host.random,
      isStopping: {
        trimming.runIfDue()
        return StopSignal.wasRaised()
      }, log: session.logger)
    if let path = session.command.value("replay") {
      return try replay(path, log: log, writer: writer, surroundings: surroundings)
    }
    if session.command.value("generate") != nil { return try generate(writer: writer, surroundings: surroundings) }
    try live(writer: writer, surroundings: surroundings)
    return .finished
  }

  private func replay(
    _ path: String, log: EmbeddedEventLog, writer: EmbeddedLogWriter, surroundings: IngestSurroundings
  ) throws -> IngestEnd {
    let command = session.command
    let shifts = RetimeShifts(read: { try log.metadata($0) }, write: { try log.setMetadata($1, for: $0) })
    let options = ReplaySource.Options(
      isRetimed: command.flag("retime"), speed: try command.number("speed", in: 0.001...1_000_000),
      spoolFolder: session.home.path)
    var progress = ProgressReport(session: session, label: "replay")
    defer { progress.end() }
    return try ReplaySource(
      RecordingFile(path: path, isStopping: surroundings.isStopping), options: options,
      intake: intake(writer, source: "replay"), shifts: shifts, counters: counters, surroundings: surroundings
    ).run { progress.show($0, of: nil) }
  }

  private func generate(writer: EmbeddedLogWriter, surroundings: IngestSurroundings) throws -> IngestEnd {
    var progress = ProgressReport(session: session, label: "generate")
    defer { progress.end() }
    return try GeneratedSource(
      session: session, intake: intake(writer, source: "generator"), isStopping: surroundings.isStopping
    ).run { progress.show($0, of: $1) }
  }

  private func live(writer: EmbeddedLogWriter, surroundings: IngestSurroundings) throws {
    let settings = LiveSettings(session)
    let recent = session.configuration.ingest.recentIDs
    let source = try LiveSource(
      settings, intake: intake(writer, source: "eventstreams", remembering: recent), writer: writer,
      counters: counters, surroundings: surroundings)
    session.logger.info("reading \(settings.url)")
    try source.run()
  }

  private func intake(_ writer: EmbeddedLogWriter, source: String, remembering recent: Int = 0) throws -> EventIntake {
    let configuration = session.configuration.ingest
    return EventIntake(
      IntakeSettings(
        topic: configuration.topics.events, deadLetterTopic: configuration.topics.deadLetters,
        rawTopic: configuration.topics.raw, allowlist: try session.configuration.allowlist.allowlist(), source: source,
        version: version, recentIdentifiers: recent, eventBytes: configuration.eventBytes),
      writer: writer, counters: counters, clock: session.host.clock)
  }
}
