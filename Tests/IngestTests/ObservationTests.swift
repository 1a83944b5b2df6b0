import HTTP
import Ingest
import Testing

@Suite struct ObservationTests {
  private let counters = IngestCounters()

  private func fill() {
    counters.update {
      $0.accepted = 1
      $0.filtered = 2
      $0.canary = 3
      $0.repeated = 4
      $0.malformed = 5
      $0.bytes = 6
      $0.connections = 7
      $0.cutFrames = 8
      $0.oversizedFrames = 9
      $0.newestEventTime = 10_999_999
      $0.lastReceived = 11_000_000
    }
  }

  @Test func everyCountIsAMetric() {
    fill()
    let lines = counters.values.prometheus.split(separator: "\n").map(String.init)
    let samples = lines.filter { !$0.hasPrefix("#") }.map { $0.replacing("wikiguard_ingest_", with: "") }
    #expect(
      samples == [
        #"events_total{outcome="accepted"} 1"#, #"events_total{outcome="filtered"} 2"#,
        #"events_total{outcome="canary"} 3"#, #"events_total{outcome="repeated"} 4"#,
        #"events_total{outcome="malformed"} 5"#, "received_bytes_total 6", "connections_total 7",
        "cut_frames_total 8", "oversized_frames_total 9", "newest_event_timestamp_seconds 10",
        "last_received_timestamp_seconds 11",
      ])
    #expect(counters.values.received == 15)
  }

  @Test func everyMetricHasHelpAndTypeOnce() {
    let lines = counters.values.prometheus.split(separator: "\n").map(String.init)
    let names = Set(lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split { $0 == " " || $0 == "{" }.first })
    for name in names {
      #expect(lines.count { $0.hasPrefix("# HELP \(name) ") } == 1)
      #expect(lines.count { $0.hasPrefix("# TYPE \(name) ") } == 1)
    }
    #expect(counters.values.prometheus.hasSuffix("\n"))
  }

  @Test func healthIsAnEventWithinTheSilenceThatIsBorne() {
    let time = FakeTime()
    let endpoints = HealthEndpoints(counters: counters, silenceSeconds: 10, clock: { time.now * 1000 })
    #expect(endpoints.answer("/healthz")?.status == 200)
    time.advance(10_000)
    #expect(endpoints.answer("/healthz")?.status == 200)
    time.advance(1)
    let answer = endpoints.answer("/healthz")
    #expect(answer?.status == 503)
    #expect(answer?.body == "no event for 10 s\n")
    counters.update { $0.lastReceived = time.now * 1000 }
    #expect(endpoints.answer("/healthz")?.status == 200)
  }

  @Test func thereIsNothingElse() {
    let endpoints = HealthEndpoints(counters: counters, clock: { 0 })
    #expect(endpoints.answer("/") == nil)
    #expect(endpoints.answer("/metrics")?.contentType == "text/plain; version=0.0.4; charset=utf-8")
  }
}
