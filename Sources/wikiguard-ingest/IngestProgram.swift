import Configuration
import CommandLine
import EventLog
import Failures
import Hashing
import Host
import Ingest
import Log

/// Opens the log, takes events in from the chosen source, and says what became of them.
struct IngestProgram {
  let session: Session
  private let counters = IngestCounters()

  init(session: Session) { self.session = session }

  /// Runs until the source ends or SIGTERM comes, and returns the exit code.
  func run() throws -> Int32 {
    let log = try openLog()
    let clock = session.host.clock
    let writer = try log.writer(clock: { clock() / 1000 })
    defer { writer.close() }
    let health = try server()
    defer { withExtendedLifetime(health) {} }
    let trimming = Trimming(log: log, session: session)
    try trimming.run()
    do {
      try source(log: log, writer: writer, trimming: trimming)
    } catch let failure as Failure where StopSignal.wasRaised() && failure.kind == .unavailable {
      session.logger.info("\(failure)")
    }
    summarize()
    return 0
  }

  private func openLog() throws -> EmbeddedEventLog {
    let environment = session.configuration.environment
    let folder = try session.path(environment.log.embeddedPath)
    for path in [session.home.path, folder, try session.path(environment.warehouse)] {
      try FileWriting.makeFolder(path)
    }
    let id = UUID(randomHigh: Host.random(), randomLow: Host.random()).description
    return try EmbeddedEventLog.create(directory: folder, id: id, options: session.logOptions)
  }

  /// The server of `/healthz` and `/metrics`, nil when none is configured.
  private func server() throws -> HTTPHealth? {
    guard let listen = session.configuration.ingest.listen else { return nil }
    return try HTTPHealth(listen: listen, counters: counters, session: session)
  }

  private func source(log: EmbeddedEventLog, writer: EmbeddedLogWriter, trimming: Trimming) throws {
    let command = session.command
    if let path = command.value("replay") {
      let shifts = RetimeShifts(read: { try log.metadata($0) }, write: { try log.setMetadata($1, for: $0) })
      let options = ReplaySource.Options(
        isRetimed: command.flag("retime"), speed: try command.number("speed", in: 0.001...1_000_000))
      var progress = ProgressReport(session: session, label: "replay")
      try ReplaySource(
        RecordingFile(path: path), options: options, intake: intake(writer, source: "replay", remembers: false),
        shifts: shifts, clock: session.host.clock, isStopping: StopSignal.wasRaised, log: session.logger
      ).run { progress.show($0, of: nil) }
      progress.end()
    } else if command.value("generate") != nil {
      var progress = ProgressReport(session: session, label: "generate")
      try GeneratedSource(session: session, intake: intake(writer, source: "generator", remembers: false)).run {
        progress.show($0, of: $1)
      }
      progress.end()
    } else {
      try live(writer: writer, trimming: trimming)
    }
  }

  private func live(writer: EmbeddedLogWriter, trimming: Trimming) throws {
    let settings = LiveSettings(session)
    let source = try LiveSource(
      settings, intake: intake(writer, source: "eventstreams", remembers: true), writer: writer, counters: counters,
      clock: session.host.clock, random: Host.random,
      isStopping: {
        trimming.runIfDue()
        return StopSignal.wasRaised()
      }, log: session.logger)
    session.logger.info("reading \(settings.url)")
    try source.run()
  }

  private func intake(_ writer: EmbeddedLogWriter, source: String, remembers: Bool) throws -> EventIntake {
    let configuration = session.configuration.ingest
    return EventIntake(
      IntakeSettings(
        topic: configuration.topics.events, deadLetterTopic: configuration.topics.deadLetters,
        allowlist: try session.configuration.allowlist.allowlist(), source: source, version: "0.1.0",
        recentIdentifiers: remembers ? configuration.recentIDs : 0, eventBytes: configuration.eventBytes),
      writer: writer, counters: counters, clock: session.host.clock)
  }

  private func summarize() {
    let values = counters.values
    if session.wantsJSON {
      Host.print(
        """
        {"version":1,"accepted":\(values.accepted),"filtered":\(values.filtered),"canary":\(values.canary),\
        "repeated":\(values.repeated),"malformed":\(values.malformed),"bytes":\(values.bytes)}\n
        """)
      return
    }
    var parts = ["\(Grouped.number(values.accepted)) accepted"]
    for (name, count) in [
      ("filtered", values.filtered), ("canary", values.canary), ("repeated", values.repeated),
      ("malformed (to the dead letters)", values.malformed),
    ] where count > 0 { parts.append("\(Grouped.number(count)) \(name)") }
    Host.print("\(Grouped.number(values.received)) events: \(parts.joined(separator: ", "))\n")
  }
}
