import CommandLine
import Ingest

/// What an ingest says when it ends.
struct IngestSummary {
  private let values: IngestCounters.Values

  init(_ values: IngestCounters.Values) { self.values = values }

  /// One line; as JSON with a version, so that it can be read by programs.
  func text(asJSON: Bool) -> String { asJSON ? json : words }

  private var json: String {
    """
    {"version":1,"accepted":\(values.accepted),"filtered":\(values.filtered),"canary":\(values.canary),\
    "repeated":\(values.repeated),"malformed":\(values.malformed),"bytes":\(values.bytes),\
    "connections":\(values.connections),"cut_frames":\(values.cutFrames),"oversized_frames":\(values.oversizedFrames)}

    """
  }

  private var words: String {
    var parts = ["\(Grouped.number(values.accepted)) accepted"]
    for (name, count) in [
      ("filtered", values.filtered), ("canary", values.canary), ("repeated", values.repeated),
      ("malformed (to the dead letters)", values.malformed),
    ] where count > 0 { parts.append("\(Grouped.number(count)) \(name)") }
    return "\(Grouped.number(values.received)) events: \(parts.joined(separator: ", "))\n"
  }
}
