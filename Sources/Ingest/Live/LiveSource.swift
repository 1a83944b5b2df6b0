import Columns
public import EventLog
import Failures
public import HTTP
import Log
import ServerSentEvents

/// Reads the live stream for ever: resumes where the log ends, reconnects after every cut.
public final class LiveSource {
  /// Sends a request and hands out the body of its response; see `HTTPStream.get`.
  public typealias Transport = (
    _ request: HTTPRequest, _ tick: () throws -> Bool, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> HTTPStreamEnd

  private let settings: LiveSettings
  private let intake: EventIntake
  private let counters: IngestCounters
  private let surroundings: IngestSurroundings
  private let transport: Transport
  private var reconnection: Reconnection
  private var pending: PendingEvents
  private var parser: ServerSentEventParser
  /// The log could not be written. No connection is to be blamed for it, and none helps.
  private var logFailure: (any Error)?

  /// A source whose position is stored in the log of `writer` under its URL. Throws what reading the position throws.
  public init(
    _ settings: LiveSettings, intake: EventIntake, writer: any EventLogWriter, counters: IngestCounters,
    surroundings: IngestSurroundings,
    transport: @escaping Transport = { try HTTPStream.get($0, tick: $1, receive: $2) }
  ) throws {
    self.settings = settings
    self.intake = intake
    self.counters = counters
    self.surroundings = surroundings
    self.transport = transport
    reconnection = Reconnection(settings, resume: try writer.position(of: settings.url).map(ResumePoint.init(id:)))
    pending = PendingEvents(limits: settings.flush)
    parser = ServerSentEventParser(limits: .init(frameBytes: settings.frameBytes))
  }

  /// Reads until asked to stop; what was received whole is durable then.
  ///
  /// Throws when the log cannot be written, and `.configuration` when the server refuses for good.
  public func run() throws {
    while !surroundings.isStopping() {
      let refusal = try readConnection()
      try flush()
      finishFrames()
      guard !surroundings.isStopping() else { break }
      switch reconnection.ended(refusal: refusal, retry: parser.retryMilliseconds, random: surroundings.random) {
      case .fail(let failure): throw failure
      case .again(let wait, let warning):
        if let warning { surroundings.log.warning(warning) }
        surroundings.interval.wait(wait, isStopping: surroundings.isStopping)
      }
    }
    surroundings.log.info("stopped")
  }

  /// Reads one connection to its end; returns the server's answer where that was no stream.
  private func readConnection() throws -> HTTPRefusal? {
    counters.update { $0.connections += 1 }
    do {
      let end = try transport(reconnection.request(now: now), tick, receive)
      if logFailure == nil { return note(end) }
    } catch let failure as Failure where failure.isRetryable {
      if logFailure == nil { surroundings.log.warning("\(failure)") }
    }
    if let logFailure { throw logFailure }
    return nil
  }

  private func note(_ end: HTTPStreamEnd) -> HTTPRefusal? {
    switch end {
    case .complete: surroundings.log.info("the server closed the stream")
    case .stopped: break
    case .refused(let refusal):
      surroundings.log.warning("\(settings.url) \(refusal)")
      return refusal
    }
    return nil
  }

  private func tick() -> Bool {
    guard !surroundings.isStopping() else { return false }
    flushIfDue()
    return logFailure == nil
  }

  private func receive(_ bytes: UnsafeRawBufferPointer) {
    let lost = parser.oversizedFrames
    for event in parser.feed(bytes) where logFailure == nil && !event.data.isEmpty {
      pending.append(event.data, id: event.id, now: surroundings.interval.now())
      flushIfDue()
    }
    countLost(parser.oversizedFrames - lost)
  }

  private func flushIfDue() {
    guard logFailure == nil, pending.isDue(now: surroundings.interval.now()) else { return }
    do { try flush() } catch { logFailure = error }
  }

  private func flush() throws {
    guard pending.events.count > 0 else { return }
    let point = reconnection.received(id: pending.id, now: now)
    try intake.take(
      pending.events, position: point.map { SourcePosition(source: settings.url, position: $0.id) })
    pending.removeAll()
  }

  /// A frame that the end of the connection cut off comes again, since the position is before it.
  private func finishFrames() {
    let incomplete = parser.incompleteFrames
    parser.finish()
    let cut = parser.incompleteFrames - incomplete
    if cut > 0 { counters.update { $0.cutFrames += cut } }
  }

  private func countLost(_ frames: Int) {
    guard frames > 0 else { return }
    counters.update { $0.oversizedFrames += frames }
    surroundings.log.warning("\(frames) events of more than \(settings.frameBytes) bytes were skipped")
  }

  /// Milliseconds since 1970-01-01 UTC.
  private var now: Int64 { surroundings.clock() / 1000 }
}
