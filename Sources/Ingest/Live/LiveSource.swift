import Columns
public import EventLog
import Failures
import HTTP
public import Log
import ServerSentEvents

/// Reads the live stream for ever: resumes where the log ends, reconnects after every cut.
public final class LiveSource {
  private let settings: LiveSettings
  private let intake: EventIntake
  private let counters: IngestCounters
  private let clock: () -> Int64
  private let random: () -> UInt64
  private let isStopping: () -> Bool
  private let log: Logger
  private var backoff: Backoff
  private var resume: ResumePoint?
  private var parser = ServerSentEventParser()
  private var pending = BinaryColumn()
  private var pendingID: String?
  private var pendingSince: Int64 = 0

  /// A source whose position is stored in the log of `writer` under its URL. `clock` gives microseconds.
  public init(
    _ settings: LiveSettings, intake: EventIntake, writer: any EventLogWriter, counters: IngestCounters,
    clock: @escaping () -> Int64, random: @escaping () -> UInt64, isStopping: @escaping () -> Bool, log: Logger
  ) throws {
    self.settings = settings
    self.intake = intake
    self.counters = counters
    self.clock = clock
    self.random = random
    self.isStopping = isStopping
    self.log = log
    backoff = Backoff(
      firstMilliseconds: settings.firstWaitMilliseconds, longestMilliseconds: settings.longestWaitMilliseconds,
      jitter: settings.jitter)
    resume = try writer.position(of: settings.url).map(ResumePoint.init(id:))
  }

  /// Reads until asked to stop; what was received whole is durable then. Throws when the log cannot be written or the server refuses for good.
  public func run() throws {
    while !isStopping() {
      do {
        try readConnection()
      } catch let failure as Failure where failure.isRetryable {
        log.warning("\(failure)")
      }
      try flush()
      parser.finish()
      guard !isStopping() else { return }
      wait(backoff.next(minimum: Int64(parser.retryMilliseconds ?? 0), random: random))
    }
  }

  private func readConnection() throws {
    var request = HTTPRequest(
      url: settings.url, headers: [(name: "Accept", value: "text/event-stream")], userAgent: settings.userAgent,
      connectTimeoutMilliseconds: settings.connectTimeoutMilliseconds, idleTimeoutSeconds: settings.idleTimeoutSeconds)
    if let resume {
      request.headers.append(
        (name: "Last-Event-ID", value: resume.lastEventID(overlapMilliseconds: settings.overlapMilliseconds)))
    }
    counters.update { $0.connections += 1 }
    parser = ServerSentEventParser()
    var flushFailure: (any Error)?
    let end = try HTTPStream.get(
      request,
      isStopping: {
        if flushFailure == nil { do { try self.flushIfOld() } catch { flushFailure = error } }
        return self.isStopping() || flushFailure != nil
      },
      receive: { bytes in
        try self.receive(bytes)
        return true
      })
    if let flushFailure { throw flushFailure }
    log.info(end == .complete ? "the server closed the stream" : "stopping")
  }

  private func receive(_ bytes: UnsafeRawBufferPointer) throws {
    let broken = parser.oversizedFrames
    for event in parser.feed(bytes) {
      backoff.reset()
      if pending.count == 0 { pendingSince = clock() }
      pending.append(event.data[...])
      if !event.id.isEmpty { pendingID = String(decoding: event.id, as: UTF8.self) }
      if pending.count >= settings.flushEvents || pending.bytes.count >= settings.flushBytes { try flush() }
    }
    let more = parser.oversizedFrames - broken
    if more > 0 { counters.update { $0.brokenFrames += more } }
    try flushIfOld()
  }

  private func flushIfOld() throws {
    if pending.count > 0, clock() - pendingSince >= settings.flushMilliseconds * 1000 { try flush() }
  }

  private func flush() throws {
    guard pending.count > 0 else { return }
    try intake.take(pending, position: pendingID.map { SourcePosition(source: settings.url, position: $0) })
    if let pendingID { resume = ResumePoint(id: pendingID) }
    pending = BinaryColumn()
  }

  private func wait(_ milliseconds: Int64) {
    var left = milliseconds
    while left > 0, !isStopping() {
      Sleep.milliseconds(min(left, 100))
      left -= 100
    }
  }
}
