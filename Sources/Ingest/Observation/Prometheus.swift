extension IngestCounters.Values {
  /// The counts in Prometheus' text format (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
  public var prometheus: String {
    var text = "# HELP wikiguard_ingest_events_total Events received, by what became of them.\n"
    text += "# TYPE wikiguard_ingest_events_total counter\n"
    let fates = [
      ("accepted", accepted), ("filtered", filtered), ("canary", canary), ("repeated", repeated),
      ("malformed", malformed),
    ]
    for (name, count) in fates { text += "wikiguard_ingest_events_total{outcome=\"\(name)\"} \(count)\n" }
    text += metric("received_bytes_total", "counter", "Bytes of events received.", bytes)
    text += metric("connections_total", "counter", "Connections opened to the stream.", connections)
    text += metric("cut_frames_total", "counter", "Frames that the end of a connection cut off.", cutFrames)
    text += metric("oversized_frames_total", "counter", "Frames that were skipped, being too large.", oversizedFrames)
    text += metric(
      "newest_event_timestamp_seconds", "gauge", "Time of the newest event.", Int(newestEventTime / 1_000_000))
    text += metric(
      "last_received_timestamp_seconds", "gauge", "When the last event was received.", Int(lastReceived / 1_000_000))
    return text
  }

  private func metric(_ name: String, _ type: String, _ help: String, _ value: Int) -> String {
    "# HELP wikiguard_ingest_\(name) \(help)\n# TYPE wikiguard_ingest_\(name) \(type)\nwikiguard_ingest_\(name) \(value)\n"
  }
}
