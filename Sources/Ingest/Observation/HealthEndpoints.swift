public import HTTP

/// What `/healthz` and `/metrics` answer.
public struct HealthEndpoints: Sendable {
  private let counters: IngestCounters
  private let clock: @Sendable () -> Int64
  private let silence: Int64

  /// Endpoints over `counters`. Without an event for `silenceSeconds` the process counts as unhealthy.
  public init(counters: IngestCounters, silenceSeconds: Int64 = 300, clock: @escaping @Sendable () -> Int64) {
    self.counters = counters
    self.clock = clock
    silence = silenceSeconds * 1_000_000
    started = clock()
  }

  private let started: Int64

  /// The answer for a path, nil where there is none.
  public func answer(_ path: String) -> HTTPAnswer? {
    let values = counters.values
    switch path {
    case "/metrics":
      return HTTPAnswer(contentType: "text/plain; version=0.0.4; charset=utf-8", body: values.prometheus)
    case "/healthz":
      let quiet = clock() - max(values.lastReceived, started)
      if quiet <= silence { return HTTPAnswer(body: "ok\n") }
      return HTTPAnswer(status: 503, body: "no event for \(quiet / 1_000_000) s\n")
    default:
      return nil
    }
  }
}
