package import Failures
package import HTTP
import RecentChange

/// Decides how the stream is asked for, and what the end of a connection means. No sockets, no clock.
package struct Reconnection: Sendable {
  /// What to do after a connection has ended.
  package enum Decision: Sendable {
    /// Connect again after so many milliseconds; `warning` says what is given up by it.
    case again(afterMilliseconds: Int64, warning: String? = nil)
    /// Give up: the same request would fail for ever.
    case fail(Failure)
  }

  /// How the next request says where to begin.
  private enum Start {
    case lastEventID
    /// The server did not take the id.
    case since
  }

  /// A server cannot keep us away for longer.
  private static let longestWish: Int64 = 3_600_000

  private let settings: LiveSettings
  private var backoff: Backoff
  private var start = Start.lastEventID
  private var overlap: Int64
  /// Whether events have come since the process began: a refusal is a fault of the configuration only before.
  private var hasWorked = false
  private var hasEvents = false
  private var hasAdvanced = false
  /// Where the stream is resumed; nil for a stream that has not been read before.
  package private(set) var resume: ResumePoint?

  /// A stream that was read up to `resume`.
  package init(_ settings: LiveSettings, resume: ResumePoint?) {
    self.settings = settings
    self.resume = resume
    overlap = settings.overlapMilliseconds
    backoff = Backoff(
      firstMilliseconds: settings.firstWaitMilliseconds, longestMilliseconds: settings.longestWaitMilliseconds,
      jitter: settings.jitter)
  }

  /// The request of the next connection. `now` in milliseconds since 1970-01-01 UTC.
  package mutating func request(now: Int64) -> HTTPRequest {
    hasEvents = false
    hasAdvanced = false
    var request = HTTPRequest(
      url: settings.url, accept: "text/event-stream", userAgent: settings.userAgent,
      connectTimeoutMilliseconds: settings.connectTimeoutMilliseconds, idleTimeoutSeconds: settings.idleTimeoutSeconds)
    guard let resume else { return request }
    switch start {
    case .lastEventID:
      request.headers = [(name: "Last-Event-ID", value: resume.lastEventID(overlap: overlap, now: now))]
    case .since:
      if let time = resume.since(overlap: overlap, now: now) {
        request.url += Self.query(since: time, of: settings.url)
      }
    }
    return request
  }

  private static func query(since time: Int64, of url: String) -> String {
    var text: [UInt8] = []
    EventTime.append(microseconds: time * 1000, fractionDigits: 3, to: &text)
    return (url.contains("?") ? "&" : "?") + "since=" + String(decoding: text, as: UTF8.self)
  }

  /// Events have come, the last of them under `id` (nil: the server sends none). Returns the position to store with them.
  package mutating func received(id: String?, now: Int64) -> ResumePoint? {
    backoff.reset()
    hasWorked = true
    hasEvents = true
    guard let id else { return nil }
    start = .lastEventID
    let before = resume
    let point = ResumePoint(id: id)
    resume = before?.advanced(to: point, now: now) ?? point
    if resume != before {
      hasAdvanced = true
      overlap = settings.overlapMilliseconds
    }
    return resume
  }

  /// The connection has ended, refused or not. `retry` is the wait in milliseconds that the stream asked for.
  package mutating func ended(
    refusal: HTTPRefusal? = nil, retry: Int?, random: () -> UInt64
  ) -> Decision {
    // A server that cuts before the overlap is behind us would show us the same events for ever.
    if hasEvents && !hasAdvanced { overlap = max(1, overlap / 2) }
    var warning: String?
    if let refusal {
      if refusal.status == 400 && resume != nil {
        warning = fallBack()
      } else if !hasWorked, let failure = fatal(refusal) {
        return .fail(failure)
      }
    }
    let wishes = [Int64(retry ?? 0), Int64(min(refusal?.retryAfterSeconds ?? 0, 1 << 32)) * 1000]
    let wait = backoff.next(minimum: min(Self.longestWish, wishes.max() ?? 0), random: random)
    return .again(afterMilliseconds: wait, warning: warning)
  }

  /// What cannot be mended by asking again. Only before the first event: later a refusal is the server's trouble, not ours.
  private func fatal(_ refusal: HTTPRefusal) -> Failure? {
    switch refusal.status {
    case 403:
      .configuration(
        "\(settings.url) \(refusal): Wikimedia asks for a User-Agent that names a contact, and \"\(settings.userAgent)\" was "
          + "sent; set source.contact in ingest.yaml")
    case 400...407, 409...424, 426, 428, 431, 451:
      .configuration("\(settings.url) \(refusal): check source.url in ingest.yaml, or --url")
    default: nil
    }
  }

  /// The server does not take the id (it may be another's, or of topics that are gone): its time will do, else we begin anew.
  private mutating func fallBack() -> String {
    if start == .lastEventID, resume?.since(overlap: overlap, now: .max) != nil {
      start = .since
      return "the server does not take our Last-Event-ID; the stream is read from the time in it"
    }
    resume = nil
    start = .lastEventID
    return
      "the server takes neither our Last-Event-ID nor its time; the stream is read from now on, events may be missing"
  }
}
