import Log

extension IngestCounters.Values {
  /// The counts in Prometheus' text format.
  public var prometheus: String {
    var metrics = PrometheusText()
    let fates = [
      ("accepted", accepted), ("filtered", filtered), ("canary", canary), ("repeated", repeated),
      ("malformed", malformed),
    ]
    metrics.add(
      "wikiguard_ingest_events_total", .counter, "Events received, by what became of them.",
      fates.map { PrometheusText.Sample($0.1, [("outcome", $0.0)]) })
    metrics.add("wikiguard_ingest_received_bytes_total", .counter, "Bytes of events received.", [.init(bytes)])
    metrics.add(
      "wikiguard_ingest_connections_total", .counter, "Connections opened to the stream.", [.init(connections)])
    metrics.add(
      "wikiguard_ingest_cut_frames_total", .counter, "Frames that the end of a connection cut off.",
      [.init(cutFrames)])
    metrics.add(
      "wikiguard_ingest_oversized_frames_total", .counter, "Frames that were skipped, being too large.",
      [.init(oversizedFrames)])
    metrics.add(
      "wikiguard_ingest_newest_event_timestamp_seconds", .gauge, "Time of the newest event.",
      [.init(newestEventTime / 1_000_000)])
    metrics.add(
      "wikiguard_ingest_last_received_timestamp_seconds", .gauge, "When the last event was received.",
      [.init(lastReceived / 1_000_000)])
    return metrics.text
  }
}
